from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.policies import COMPLIANCE
from beredt.dispatch.world import HOME, MOVE
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 2, "Nesbru": 10, "Sandvika": 20},
    units={"A": UnitOf("Asker"), "B": UnitOf("Sandvika")},
    stations=["Nesbru"],
    calls={"fall": Call(5, "Vollen")},
    policy=Policy(relocation=COMPLIANCE, compliance={1: [["Nesbru"]], 2: [["Asker", "Sandvika"]]}),
)
"""Asker 0 ── Vollen 2 ── Nesbru 10 ── Sandvika 20; A in Asker, B in Sandvika, Nesbru a station without units."""


def test_one_unit_in_the_middle_two_at_the_ends(simulate: Simulate) -> None:
    """While A is away B stands in the middle.

    fall    A: 2 + (2 + 1) = 5, there at 10, free at 30. One free unit, B, belongs in Nesbru: it drives 10 + 1, from 5
            to 16.
    At 30 A starts home, there at 33. Two free units: A to Asker 3 and B from Nesbru to Sandvika 11, in all 14; A to
    Sandvika ½ + 18 + ½ = 19 and B to Asker 11, in all 30. So B drives back, from 30 to 41.
    """
    told = tell(STORY, simulate)
    assert told.server("fall") == ("A", 10)
    _, to_the_middle, back = told.rests("B")
    assert (to_the_middle.kind, to_the_middle.start, to_the_middle.arrive, to_the_middle.to) == (MOVE, 5, 16, "Nesbru")
    assert (back.kind, back.start, back.arrive, back.to) == (MOVE, 30, 41, "Sandvika")
    home = told.rests("A")[1]
    assert (home.kind, home.start, home.arrive, home.end) == (HOME, 30, 33, 600)


def test_a_unit_on_the_move_is_turned(simulate: Simulate) -> None:
    """B is a minute and a half out of Sandvika when A is free again.

    fall    The same, but A is sent off again from Vollen: B starts at 5 for Nesbru, on the road at 5½. At 7 the other
            crew, N, comes on duty in Asker: two free units again. N is in Asker, 0. B, on the move, comes to Nesbru at
            15½, and back: 8½ + 10 + ½ = 19 to Sandvika. N to Sandvika 21 and B to Asker 8½ + 10½ = 19 are more.
            B turns in Nesbru, and is back at 7 + 19 = 26; it has driven 1.5 km, and drives 18.5.
    """
    units = {**STORY.units, "N": UnitOf("Asker", on_at_start=False, duty=((7, True),))}
    told = tell(replace(STORY, units=units, end_min=29), simulate)
    _, out, back = told.rests("B")
    assert (out.start, out.end, out.km) == (5, 7, 1.5)
    assert (back.kind, back.start, back.arrive, back.start_at, back.km) == (MOVE, 7, 26, "Nesbru", 18.5)


def test_of_several_the_one_that_takes_the_least_driving(simulate: Simulate) -> None:
    """One free unit may stand in Nesbru or in Sandvika: B stays where it is, for nothing."""
    policy = Policy(relocation=COMPLIANCE, compliance={1: [["Nesbru"], ["Sandvika"]], 2: [["Asker", "Sandvika"]]})
    told = tell(replace(STORY, policy=policy), simulate)
    assert len(told.rests("B")) == 1
