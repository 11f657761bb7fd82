from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import PRIMARY, RESPONDER, URGENT
from tests.stories.telling import RESPONDER_ONLY, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 6, "Hvalstad": 8},
    units={"A": UnitOf("Asker"), "R": UnitOf("Blakstad", roles=RESPONDER_ONLY)},
    calls={"chest": Call(0, "Hvalstad")},
    responder_release_min=5,
)
"""Asker 0 ── Blakstad 6 ── Hvalstad 8; ambulance A in Asker, single responder R in Blakstad."""

FALL_FIRST = {"fall": Call(0, "Hvalstad", urgency=URGENT), "chest": Call(1, "Blakstad")}


def test_the_responder_stops_the_clock(simulate: Simulate) -> None:
    """R is there first, and stays for 5 minutes after the ambulance has come.

    A: 2 + (8 + 1) = 11. R: 2 + (2 + 1) = 5 < 11, so it is sent as well: there at 5, free at max(5, 11) + 5 = 16.
    """
    told = tell(STORY, simulate)
    ambulance, responder = told.rides()
    assert (ambulance.unit, ambulance.role, ambulance.scene, ambulance.free) == ("A", PRIMARY, 11, 31)
    assert (responder.unit, responder.role, responder.scene, responder.free) == ("R", RESPONDER, 5, 16)
    assert told.clock_stopped("chest") == 5


def test_the_ambulance_stops_the_clock_where_the_responder_may_not(simulate: Simulate) -> None:
    """The same missions; but without the right to stop the clock R's arrival does not count: 11."""
    units = {**STORY.units, "R": UnitOf("Blakstad", roles=RESPONDER_ONLY, stops_clock=False)}
    told = tell(replace(STORY, units=units), simulate)
    assert told.ride("R", "chest").scene == 5
    assert told.clock_stopped("chest") == 11


def test_it_stays_at_home_when_it_saves_nothing(simulate: Simulate) -> None:
    """From Asker R would take as long as the ambulance, 11 minutes: not strictly less, so it is not sent."""
    units = {**STORY.units, "R": UnitOf("Asker", roles=RESPONDER_ONLY)}
    told = tell(replace(STORY, units=units), simulate)
    assert [ride.unit for ride in told.rides()] == ["A"]


def test_it_is_sent_to_acute_calls_only(simulate: Simulate) -> None:
    """An urgent call is the ambulance's alone, and without one it waits: a responder does not take a mission."""
    told = tell(replace(STORY, calls=FALL_FIRST), simulate)
    assert [ride.unit for ride in told.rides(call="fall")] == ["A"]
    assert told.mark("queued", "chest") == 1


def test_it_goes_along_when_the_queue_is_served(simulate: Simulate) -> None:
    """Support belongs to the first dispatch, even from the queue: R is sent when A becomes free.

    fall    A: there at 11, free at 31 in Hvalstad.
    chest   Queue, in Blakstad, with R beside it all the time. At 31 A is out: 1 + (2 + 1) = 4, there at 35.
            R: 2 + (0 + 1) = 3 < 4: there at 34, free at max(34, 35) + 5 = 40.
    """
    told = tell(replace(STORY, calls=FALL_FIRST), simulate)
    assert told.server("chest") == ("A", 35)
    responder = told.ride("R", "chest")
    assert (responder.assign, responder.scene, responder.free) == (31, 34, 40)
