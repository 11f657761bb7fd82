from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import OWN_FIRST, SEAMLESS, STALE
from tests.stories.telling import EAST, WEST, Border, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 1, "Nesbru": 14, "Sandvika": 20, "Lysaker": 26},
    units={"W": UnitOf("Asker", centre=WEST), "E": UnitOf("Sandvika", centre=EAST)},
    calls={
        "crash": Call(3, "Lysaker", centre=EAST),
        "chest": Call(10, "Nesbru"),
        "stroke": Call(11, "Vollen"),
    },
    border=Border(OWN_FIRST, ask_min=2, margin_min=1, view=STALE, view_age_min=30),
)
"""Asker 0 ── Vollen 1 ── Nesbru 14 ── Sandvika 20 ── Lysaker 26; pictures of the neighbour at minutes 0, 30, …"""


def test_a_question_in_vain_costs_the_own_unit(simulate: Simulate) -> None:
    """The west believes that E stands in Sandvika, as it did at minute 0; but E has left.

    crash   E: 2 + (6 + 1) = 9, there at 12, free at 32 in Lysaker. (W is believed 2 + 27, with asking more.)
    chest   W would take 2 + (14 + 1) = 17. E as at minute 0: 2 + (6 + 1) = 9, with asking and margin 12 < 17: asked.
    stroke  At 11, while the answer is awaited, W goes: 2 + (1 + 1) = 4, there at 15, free at 35 in Vollen.
            (E is believed 2 + 20, with asking and margin 25.)
    chest   At 12 the answer is no, and W has gone: queue. E is free at 32: asked until 34, rolls at 35, drives
            12 + 1, there at 48.
    """
    told = tell(STORY, simulate)
    assert told.server("crash") == ("E", 12)
    assert told.server("stroke") == ("W", 15)
    assert told.server("chest") == ("E", 48)
    assert told.outcome.asked == [-1, EAST, -1]
    assert told.outcome.queued == [0, 1, 0]
    assert told.ride("E", "chest").roll == 35


def test_seamless_would_have_sent_the_own_unit_at_once(simulate: Simulate) -> None:
    """E is seen to be on its way to Lysaker, so W goes to Nesbru at 10 and is there at 10 + 17 = 27.

    stroke  Queue. E is free at 32 in Lysaker, before W at 47: rolls at 33, drives 25 + 1, there at 59.
    """
    told = tell(replace(STORY, border=Border(SEAMLESS)), simulate)
    assert told.server("crash") == ("E", 12)
    assert told.server("chest") == ("W", 27)
    assert told.server("stroke") == ("E", 59)
    assert told.outcome.queued == [0, 0, 1]


def test_a_newer_picture_shows_that_the_unit_has_left(simulate: Simulate) -> None:
    """With pictures at minutes 0, 5, 10, … the one of minute 10 shows E gone: nobody is asked, W goes to Nesbru.

    stroke  At 11 the picture is still that of minute 10: nobody is asked, and it joins the queue. E is free at 32 with
            no call of its own: asked until 34, rolls at 35, drives 25 + 1, there at 61.
    """
    border = Border(OWN_FIRST, ask_min=2, margin_min=1, view=STALE, view_age_min=5)
    told = tell(replace(STORY, border=border), simulate)
    assert told.server("chest") == ("W", 27)
    assert told.server("stroke") == ("E", 61)
    assert told.outcome.asked == [-1, -1, -1]


def test_a_unit_is_believed_where_the_picture_showed_it_moving(simulate: Simulate) -> None:
    """The picture of minute 32 shows E close by on its way home; by minute 45 it is back in Sandvika.

    Asker 0 ── Hvalstad 10 ── Nesbru 12 ── Slependen 14 ── Sandvika 20; pictures at minutes 0, 32, 64, …

    fall    E: 2 + (8 + 1) = 11, there at 11, free at 31 in Nesbru. On the road home at 31.5, past Slependen at 33.5,
            home at 40.
    chest   W: 2 + (10 + 1) = 13. E as at 32, 1.5 minutes from Slependen: 1 + 1.5 + (4 + ½) = 7, with asking and margin
            10 < 13: asked. At 47 E is seen to be at home, 2 + (10 + 1) = 13, no better than W, which goes: there at 60.
            (Seen live E is worth 13 + 3 = 16: W goes at 45, and is there at 58.)
    """
    story = Story(
        places={"Asker": 0, "Hvalstad": 10, "Nesbru": 12, "Slependen": 14, "Sandvika": 20},
        units={"W": UnitOf("Asker", centre=WEST), "E": UnitOf("Sandvika", centre=EAST)},
        calls={"fall": Call(0, "Nesbru", centre=EAST), "chest": Call(45, "Hvalstad")},
        border=Border(OWN_FIRST, ask_min=2, margin_min=1, view=STALE, view_age_min=32),
    )
    told = tell(story, simulate)
    assert told.server("fall") == ("E", 11)
    assert told.server("chest") == ("W", 60)
    assert told.ride("W", "chest").cause == 1
    assert told.outcome.asked == [-1, EAST]
    live = tell(replace(story, border=Border(OWN_FIRST, ask_min=2, margin_min=1)), simulate)
    assert live.server("chest") == ("W", 58)
