from __future__ import annotations

from beredt.dispatch.world import PRIMARY, SECOND
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Nesbru": 10, "Sandvika": 20},
    units={"A": UnitOf("Asker"), "B": UnitOf("Nesbru"), "C": UnitOf("Sandvika")},
    calls={"arrest": Call(0, "Blakstad", second=True), "crash": Call(1, "Nesbru", second=True)},
)
"""Asker 0 ── Blakstad 4 ── Nesbru 10 ── Sandvika 20; A in Asker, B in Nesbru, C in Sandvika."""


def test_the_second_best_comes_as_second(simulate: Simulate) -> None:
    """A is primary, B second, for 15 minutes at the scene.

    A: 2 + (4 + 1) = 7, there at 7, free at 27. B: 2 + (6 + 1) = 9, there at 9, free at 24.
    """
    told = tell(STORY, simulate)
    first, second = told.rides(call="arrest")
    assert (first.unit, first.role, first.scene, first.free) == ("A", PRIMARY, 7, 27)
    assert (second.unit, second.role, second.scene, second.free) == ("B", SECOND, 9, 24)
    assert told.mark("second_missing", "arrest") == 0


def test_a_second_that_nobody_can_be_is_missing(simulate: Simulate) -> None:
    """C is the only one left for the crash: 2 + (10 + 1) = 13, there at 14. Nobody is sent later, not even B at 24."""
    told = tell(STORY, simulate)
    assert [(ride.unit, ride.role, ride.scene) for ride in told.rides(call="crash")] == [("C", PRIMARY, 14)]
    assert told.mark("second_missing", "crash") == 1
