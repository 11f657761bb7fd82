from __future__ import annotations

import math
from dataclasses import replace

from beredt.dispatch.world import ACUTE, ORDINARY, URGENT
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Hvalstad": 8, "Nesbru": 10, "Sandvika": 20},
    units={"A": UnitOf("Asker"), "B": UnitOf("Sandvika")},
    calls={"fall": Call(0, "Nesbru", urgency=URGENT), "chest": Call(5, "Blakstad", urgency=ACUTE)},
    divert=((ACUTE, URGENT),),
    divert_margin_min=2,
)
"""Asker 0 ── Blakstad 4 ── Hvalstad 8 ── Nesbru 10 ── Sandvika 20; A in Asker, B in Sandvika, one centre."""


def test_the_bumped_patient_gets_another_unit(simulate: Simulate) -> None:
    """An acute call takes the unit that is about to pass the door; the urgent one is decided anew at once.

    fall    A: 2 + (10 + 1) = 13 (B the same: lowest number on the tie). Rolls at 2, on the road at 2.5.
    chest   At 5, A is 1.5 minutes from Blakstad: 1.5 + (0 + ½) = 2, with the margin for diverting 4.
            B: 2 + (16 + 1) = 19. A is taken: on the road in Blakstad at 6.5, there at 7, free at 27. Of the 4 km to
            Blakstad 2.5 were driven for the fall, the rest for the chest.
    fall    Decided anew at 5: B, 13 minutes, there at 18.
    """
    told = tell(STORY, simulate)
    broken, acute, again = told.rides()
    assert (broken.unit, broken.call, broken.diverted, broken.roll, broken.free) == ("A", "fall", True, 2, 5)
    assert math.isinf(broken.scene)
    assert broken.km == 2.5
    assert (acute.unit, acute.call, acute.cause, acute.start_at) == ("A", "chest", 3, "Blakstad")
    assert (acute.assign, acute.roll, acute.scene, acute.free) == (5, 5, 7, 27)
    assert acute.km == 1.5
    assert (again.unit, again.call, again.cause, again.assign, again.scene) == ("B", "fall", 0, 5, 18)
    assert told.mark("bumped", "fall") == 1


def test_the_margin_protects_the_patient_on_the_way(simulate: Simulate) -> None:
    """With a margin of 17 minutes A is valued 2 + 17 = 19, as B is: the lowest number wins the tie, and A is taken.

    With 17.5 minutes B goes, and is there at 5 + 19 = 24.
    """
    assert tell(replace(STORY, divert_margin_min=17), simulate).server("chest") == ("A", 7)
    told = tell(replace(STORY, divert_margin_min=17.5), simulate)
    assert told.server("chest") == ("B", 24)
    assert told.server("fall") == ("A", 13)


def test_only_for_something_more_urgent(simulate: Simulate) -> None:
    """An urgent call takes nobody from another: B goes, and is there at 24."""
    calls = {**STORY.calls, "chest": Call(5, "Blakstad", urgency=URGENT)}
    told = tell(replace(STORY, calls=calls), simulate)
    assert told.server("chest") == ("B", 24)
    assert told.server("fall") == ("A", 13)


def test_a_bumped_ordinary_patient_waits_when_the_reserve_is_reached(simulate: Simulate) -> None:
    """With one unit to be kept free, the ordinary patient is decided anew by the rule for new calls: held.

    A is sent at 0 (2 free, more than 1). At 5 the acute call takes it: there at 7, free at 27, when only A itself and B
    are free: 2, more than 1. A is out in Blakstad: rolls at 28, drives 6 + 1, there at 35.
    """
    calls = {"visit": Call(0, "Nesbru", urgency=ORDINARY), "chest": Call(5, "Blakstad")}
    told = tell(replace(STORY, calls=calls, divert=((ACUTE, ORDINARY),), reserve=1), simulate)
    assert told.server("chest") == ("A", 7)
    assert told.server("visit") == ("A", 35)
    assert (told.mark("held", "visit"), told.mark("queued", "visit"), told.mark("bumped", "visit")) == (1, 0, 1)
