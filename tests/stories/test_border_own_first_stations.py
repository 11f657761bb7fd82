from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import OWN_FIRST, SEAMLESS, STATIONS
from tests.stories.telling import EAST, WEST, Border, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 3, "Nesbru": 12, "Billingstad": 13, "Slependen": 14, "Sandvika": 20},
    units={"W": UnitOf("Asker", centre=WEST), "E": UnitOf("Sandvika", centre=EAST)},
    calls={
        "fall": Call(0, "Billingstad", centre=EAST),
        "chest": Call(31, "Nesbru"),
        "stroke": Call(33, "Vollen"),
        "burn": Call(36, "Vollen"),
    },
    border=Border(OWN_FIRST, ask_min=2, margin_min=3, view=STATIONS),
)
"""Asker 0 ── Vollen 3 ── Nesbru 12 ── Billingstad 13 ── Slependen 14 ── Sandvika 20; W in Asker, E in Sandvika."""


def test_only_stations_are_seen(simulate: Simulate) -> None:
    """The west knows who is on shift, and takes everyone to be at the station.

    fall    E: 2 + (7 + 1) = 10, there at 10, free at 30 in Billingstad. On the road home at 30.5, past Slependen at
            31.5, off the road in Sandvika at 37.5, at the station at 38.
    chest   E passes a minute's drive from the patient, but is taken to be in Sandvika: 2 + (8 + 1) = 11, with asking
            and margin 16. W: 2 + (12 + 1) = 15. So W goes: there at 46, free at 66 in Nesbru.
    stroke  No own unit: E is asked at 33. The answer at 35: E goes on to the next place, Sandvika, where it would be at
            37.5: 2.5 minutes. It rolls at 36, is there at 38.5, and drives 17 + ½: there at 56, free at 76.
    burn    E is on shift, so it is asked (36), but is not free (38): queue. W is free at 66: rolls at 67, drives 9 + 1,
            there at 77.
    """
    told = tell(STORY, simulate)
    assert told.server("fall") == ("E", 10)
    assert told.server("chest") == ("W", 46)
    assert told.server("stroke") == ("E", 56)
    assert told.server("burn") == ("W", 77)
    assert told.outcome.asked == [-1, -1, EAST, EAST]
    assert told.outcome.queued == [0, 0, 0, 1]
    sent = told.ride("E", "stroke")
    assert (sent.assign, sent.roll, sent.start_at, sent.cause) == (35, 36, "Sandvika", 1)


def test_seamless_would_have_turned_the_passing_unit(simulate: Simulate) -> None:
    """E at 31: half a minute from Slependen, 1 + ½ + (2 + ½) = 4, there at 35, free at 55 in Nesbru.

    stroke  W: 2 + (3 + 1) = 6, there at 39, free at 59.
    burn    Queue. E at 55: rolls at 56, drives 9 + 1, there at 66.
    """
    told = tell(replace(STORY, border=Border(SEAMLESS)), simulate)
    assert told.server("chest") == ("E", 35)
    assert told.server("stroke") == ("W", 39)
    assert told.server("burn") == ("E", 66)


def test_who_is_off_shift_is_not_asked(simulate: Simulate) -> None:
    """E's shift ends at minute 20, at the scene: it goes home at 30, and the west asks nobody.

    stroke  Queue of the west. W is free at 66 in Nesbru: rolls at 67, drives 9 + 1, there at 77.
    burn    Queue behind it. W is free at 97 in Vollen: rolls at 98, there at 99.
    """
    units = {**STORY.units, "E": UnitOf("Sandvika", centre=EAST, duty=((20, False),))}
    told = tell(replace(STORY, units=units), simulate)
    assert told.server("chest") == ("W", 46)
    assert told.server("stroke") == ("W", 77)
    assert told.server("burn") == ("W", 99)
    assert told.outcome.asked == [-1, -1, -1, -1]
