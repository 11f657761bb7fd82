from __future__ import annotations

import math
from dataclasses import replace

from beredt.dispatch.world import HOME, OFF_HOME
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 5, "Nesbru": 10, "Hvalstad": 12, "Sandvika": 20},
    units={"A": UnitOf("Asker"), "B": UnitOf("Sandvika")},
    calls={"fall": Call(0, "Hvalstad"), "chest": Call(25, "Nesbru")},
    policy=Policy(rebook_gain_min=2),
)
"""Asker 0 ── Vollen 5 ── Nesbru 10 ── Hvalstad 12 ── Sandvika 20; A in Asker, B in Sandvika."""


def test_a_freed_unit_takes_a_mission_over(simulate: Simulate) -> None:
    """B, free next door, spares the patient three minutes, and A turns back.

    fall    B: 2 + (8 + 1) = 11, there at 11, free at 31 in Hvalstad.
    chest   At 25 A: 2 + (10 + 1) = 13: it rolls at 27, is on the road at 27.5, and would be there at 38.
            At 31 B: 1 + (2 + 1) = 4. The gain is (38 − 31) − 4 = 3, at least 2: B rolls at 32, there at 35.
            A has driven 3.5 km, is 1.5 minutes from Vollen, turns there, and is home at 31 + 1.5 + 5 + ½ = 38.
    """
    told = tell(STORY, simulate)
    left, taken = told.rides(call="chest")
    assert (left.unit, left.diverted, left.roll, left.free, left.km) == ("A", True, 27, 31, 3.5)
    assert math.isinf(left.scene)
    assert (taken.unit, taken.cause, taken.assign, taken.roll, taken.scene) == ("B", 4, 31, 32, 35)
    home = told.rests("A")[1]
    assert (home.kind, home.start, home.arrive, home.start_at, home.km) == (HOME, 31, 38, "Vollen", 6.5)
    assert told.mark("bumped", "chest") == 0


def test_the_gain_must_be_worth_it(simulate: Simulate) -> None:
    """Three minutes are a gain of three: enough for 3, not for 3½, when A goes on and is there at 38."""
    assert tell(replace(STORY, policy=Policy(rebook_gain_min=3)), simulate).server("chest") == ("B", 35)
    assert tell(replace(STORY, policy=Policy(rebook_gain_min=3.5)), simulate).server("chest") == ("A", 38)


def test_a_price_lowers_the_gain(simulate: Simulate) -> None:
    """A price of 1½ minutes on B leaves a gain of 1½, less than 2."""
    policy = Policy(rebook_gain_min=2, price_min={("B", 0): 1.5})
    assert tell(replace(STORY, policy=policy), simulate).server("chest") == ("A", 38)


def test_who_turns_back_after_the_shift_goes_off_duty(simulate: Simulate) -> None:
    """A's shift ends at 30: it is home, and off duty, at 38."""
    units = {**STORY.units, "A": UnitOf("Asker", duty=((30, False),))}
    told = tell(replace(STORY, units=units), simulate)
    home = told.rests("A")[1]
    assert (home.kind, home.start, home.end) == (OFF_HOME, 31, 38)
