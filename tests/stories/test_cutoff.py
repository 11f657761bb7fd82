from __future__ import annotations

from dataclasses import replace

from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Sandvika": 20},
    units={"A": UnitOf("Asker"), "B": UnitOf("Sandvika")},
    calls={"knee": Call(0, "Blakstad"), "chest": Call(20, "Blakstad")},
    policy=Policy(cutoff_min=10, cutoff_wait_min=30),
)
"""Asker 0 ── Blakstad 4 ── Sandvika 20; A in Asker, B in Sandvika. More than 10 minutes are too far."""


def test_a_call_waits_for_a_nearer_unit(simulate: Simulate) -> None:
    """B is too far away; A, soon free next door, is not.

    knee    A: 2 + (4 + 1) = 7, there at 7, free at 27 in Blakstad.
    chest   At 20 B: 2 + (16 + 1) = 19, more than 10: the call waits, until 50 at most. At 27 A: 1 + (0 + 1) = 2, not
            more than 10: it rolls at 28, there at 29.
    """
    told = tell(STORY, simulate)
    assert told.server("chest") == ("A", 29)
    assert (told.ride("A", "chest").assign, told.ride("A", "chest").cause) == (27, 2)
    assert told.mark("queued", "chest") == 1


def test_it_does_not_wait_for_ever(simulate: Simulate) -> None:
    """After 5 minutes whoever there is is sent: B at 25, there at 25 + 19 = 44."""
    told = tell(replace(STORY, policy=Policy(cutoff_min=10, cutoff_wait_min=5)), simulate)
    assert told.server("chest") == ("B", 44)
    assert (told.ride("B", "chest").assign, told.ride("B", "chest").cause) == (25, 0)


def test_19_minutes_are_not_more_than_19(simulate: Simulate) -> None:
    """With a cut-off of just 19 minutes B is sent at once, there at 39."""
    told = tell(replace(STORY, policy=Policy(cutoff_min=19, cutoff_wait_min=30)), simulate)
    assert told.server("chest") == ("B", 39)
    assert told.mark("queued", "chest") == 0


def test_a_unit_that_is_still_too_far_goes_elsewhere(simulate: Simulate) -> None:
    """The knee is in Asker now: A is free there at 23, and for the chest 1 + (4 + 1) = 6 minutes are more than 5.

    It goes home; when the wait is over at 50 it is the best all the same: 2 + 5 = 7, there at 57.
    """
    calls = {**STORY.calls, "knee": Call(0, "Asker")}
    told = tell(replace(STORY, calls=calls, policy=Policy(cutoff_min=5, cutoff_wait_min=30)), simulate)
    assert told.ride("A", "knee").free == 23
    assert told.rests("A")[1].end == 50
    assert told.server("chest") == ("A", 57)
