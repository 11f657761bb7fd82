from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import HOME, STANDBY
from tests.stories.telling import Call, Simulate, Standby, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Nesbru": 10, "Hvalstad": 12},
    units={"A": UnitOf("Asker"), "B": UnitOf("Asker")},
    calls={"fall": Call(0, "Blakstad"), "chest": Call(40, "Hvalstad")},
    standby=(Standby("Nesbru", keep_home=1, max_drive_min=15),),
)
"""Asker 0 ── Blakstad 4 ── Nesbru 10 ── Hvalstad 12; A and B in Asker, a standby point in Nesbru."""


def test_a_unit_waits_where_the_next_call_may_come(simulate: Simulate) -> None:
    """A, free at 27 in Blakstad, moves to Nesbru, since B keeps the station.

    fall    A: 2 + (4 + 1) = 7, there at 7, free at 27. To Nesbru: 6 + 1 = 7 minutes, not more than 15: there at 34.
    chest   A at the standby point is out: 1 + (2 + 1) = 4, there at 44, from Nesbru. (B: 2 + 13 = 15.)
    """
    told = tell(STORY, simulate)
    _, moved, *_ = told.rests("A")
    assert (moved.kind, moved.start, moved.arrive, moved.end) == (STANDBY, 27, 34, 40)
    assert (moved.start_at, moved.to, moved.km) == ("Blakstad", "Nesbru", 6)
    assert told.server("chest") == ("A", 44)
    assert told.ride("A", "chest").start_at == "Nesbru"


def test_the_station_is_not_left_empty(simulate: Simulate) -> None:
    """With two others to be kept at home A goes home, there at 27 + 4 + 1 = 32.

    chest   A: 2 + (12 + 1) = 15, there at 55.
    """
    told = tell(replace(STORY, standby=(Standby("Nesbru", keep_home=2),)), simulate)
    _, home, *_ = told.rests("A")
    assert (home.kind, home.arrive) == (HOME, 32)
    assert told.server("chest") == ("A", 55)


def test_a_point_too_far_is_not_gone_to(simulate: Simulate) -> None:
    """From Blakstad it is 7 minutes to Nesbru: 7 is near enough, 6.9 is not."""
    near = tell(replace(STORY, standby=(Standby("Nesbru", max_drive_min=7),)), simulate)
    far = tell(replace(STORY, standby=(Standby("Nesbru", max_drive_min=6.9),)), simulate)
    assert near.rests("A")[1].kind == STANDBY
    assert far.rests("A")[1].kind == HOME


def test_one_unit_at_each_point(simulate: Simulate) -> None:
    """A goes to Nesbru at 27; B, free from its own mission later, finds it taken and goes home.

    knee    At 1 in Blakstad: B, 2 + (4 + 1) = 7, there at 8, free at 28.
    """
    calls = {"fall": Call(0, "Blakstad"), "knee": Call(1, "Blakstad")}
    told = tell(replace(STORY, calls=calls, standby=(Standby("Nesbru"),)), simulate)
    assert told.rests("A")[1].kind == STANDBY
    assert told.rests("B")[1].kind == HOME
