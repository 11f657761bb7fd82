"""A centre with incidents that wait opens its border, and holds ordinary ones back until it is over."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.world import NO_END, ORDINARY, OWN_ONLY, SEAMLESS, Crises
from tests.stories.telling import EAST, WEST, Border, Call, Simulate, Story, Told, UnitOf, incidents_of, tell, world_of

STORY = Story(
    places={"West": 0, "Mid": 10, "East": 20},
    units={"W": UnitOf("West", centre=WEST), "E": UnitOf("East", centre=EAST)},
    calls={"first": Call(0, "West"), "second": Call(5, "Mid"), "third": Call(30, "West", urgency=ORDINARY)},
    border=Border(OWN_ONLY),
)
"""West 0 ── Mid 10 ── East 20; all calls are the west's, and neither side ever sends the other's unit."""


class When(NamedTuple):
    begins_free: int = -1
    begins_waiting: int = NO_END


def in_crisis(simulate: Simulate, when: When) -> Told:
    world = world_of(STORY)
    policy = world.policy.copy()
    policy[WEST] = SEAMLESS
    both = np.ones(2, np.int8)
    rules = Crises(
        begins_free=np.array([when.begins_free, -1], np.int32),
        begins_waiting=np.array([when.begins_waiting, NO_END], np.int32),
        ends_free=np.array([1, 1], np.int32),
        least_s=np.array([1800.0, 60.0]),
        policy=policy,
        margin_s=world.margin_s,
        ask_s=world.ask_s,
        reserve=np.array([NO_END, 0], np.int32),
        lends=both,
        tasks=both,
        standby=both,
    )
    return Told(STORY, simulate(world._replace(crises=rules), incidents_of(STORY)))


def test_without_rules_for_it_the_second_waits(simulate: Simulate) -> None:
    """W is at the first at 3 and works for 20 minutes: at 23 it goes on to the second. East's unit stands still."""
    told = tell(STORY, simulate)
    assert told.server("second")[0] == "W"
    assert told.ride("W", "second").assign == 23
    assert told.rides("E") == []


def test_what_waits_is_decided_anew_when_a_crisis_begins(simulate: Simulate) -> None:
    """At 5 the second waits, which is a crisis: E is sent at once, and there at 5 + 2 + (10 + 1) = 18, free at 38.

    Since 23 W is free, but the third, which is ordinary, is held from 30 on. The border is open: E takes it at 38, as
    it becomes free. That is the first thing that happens after 35, and ends the crisis.
    """
    told = in_crisis(simulate, When(begins_waiting=1))
    assert (told.ride("E", "second").assign, told.ride("E", "second").scene) == (5, 18)
    assert told.mark("queued", "second") == told.mark("held", "third") == 1
    assert told.ride("E", "third").assign == 38
    assert told.outcome.crises == [(1, 33 * 60.0), (0, 0.0)]


def test_a_crisis_begins_when_nobody_is_free(simulate: Simulate) -> None:
    """At 0 W is sent, and nobody is left: the second does not wait at all.

    At 30 the third is held. That is something that happens, W is free, and half an hour is over: the crisis ends, W is
    sent to the third at once, nobody is left, and the next crisis begins. Nothing ends it before the story does.
    """
    told = in_crisis(simulate, When(begins_free=0))
    assert told.ride("E", "second").assign == 5
    assert told.mark("queued", "second") == 0
    assert told.mark("held", "third") == 1
    assert told.ride("W", "third").assign == 30
    assert told.outcome.crises[0] == (2, 600 * 60.0)
