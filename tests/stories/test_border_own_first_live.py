from __future__ import annotations

from beredt.dispatch.world import OWN_FIRST
from tests.stories.borders import evening
from tests.stories.telling import EAST, WEST, Border, Call, Simulate, Story, UnitOf, tell

LIVE_BORDER = Border(OWN_FIRST, ask_min=2, margin_min=3)


def test_asking_costs_time_and_own_calls_come_first(simulate: Simulate) -> None:
    """The other centre's units are seen as they are; asking takes 2 minutes, and must save 3 more.

    fall    W 5; E is believed to take 2 + (18 + 1) = 21, with asking and margin 26: nobody is asked. Free at 25.
    chest   No own unit. E is free, so the east is asked. Its answer comes at 7: E, 11 minutes, there at 18
            (seamless: 16), free at 38 in Nesbru.
    stroke  Nobody is free, and it can be seen that E is not: queue. W at 25: there at 29, free at 49 in Blakstad.
    burn    Queue of the west.
    fire    Queue of the east. E is free at 38 and takes its own centre's call, though burn called before (seamless:
            burn): rolls at 39, drives 6 + 1, there at 46 (seamless: 65).
    burn    W is free at 49: rolls at 50, drives 8 + 1, there at 59 (seamless: 38).
    """
    told = tell(evening(LIVE_BORDER), simulate)
    assert told.server("fall") == ("W", 5)
    assert told.server("chest") == ("E", 18)
    assert told.server("stroke") == ("W", 29)
    assert told.server("fire") == ("E", 46)
    assert told.server("burn") == ("W", 59)
    assert told.outcome.asked == [-1, EAST, -1, -1, -1]
    assert told.outcome.queued == [0, 0, 1, 1, 1]
    assert told.ride("E", "chest").assign == 7
    assert [ride.cause for ride in told.rides()] == [0, 1, 2, 2, 2]


def test_help_from_a_queue_is_asked_for_too(simulate: Simulate) -> None:
    """A unit that becomes free beside a neighbour's queue comes, after the time of asking.

    Asker 0 ── Nesbru 12 ── Sandvika 20, W in Asker and E in Sandvika.

    first   minute 0 in Asker (west): W, 2 + (0 + 1) = 3; there at 3, free at 23.
    other   minute 0 in Nesbru (east): E, 2 + (8 + 1) = 11; there at 11, free at 31.
    third   minute 4 in Asker (west): queue; W is free at 23, rolls at 24, there at 25, free at 45.
    fourth  minute 5 in Nesbru (west): queue. E is free at 31 with no call of its own: the question takes until 33,
            it rolls at 34, drives 0 + 1, there at 35 (seamless: 33). No centre was asked before sending.
    """
    story = Story(
        places={"Asker": 0, "Nesbru": 12, "Sandvika": 20},
        units={"W": UnitOf("Asker", centre=WEST), "E": UnitOf("Sandvika", centre=EAST)},
        calls={
            "first": Call(0, "Asker"),
            "other": Call(0, "Nesbru", centre=EAST),
            "third": Call(4, "Asker"),
            "fourth": Call(5, "Nesbru"),
        },
        border=LIVE_BORDER,
    )
    told = tell(story, simulate)
    assert told.server("other") == ("E", 11)
    assert told.server("third") == ("W", 25)
    assert told.server("fourth") == ("E", 35)
    helping = told.ride("E", "fourth")
    assert (helping.assign, helping.roll, helping.cause) == (31, 34, 2)
    assert told.outcome.asked == [-1, -1, -1, -1]
