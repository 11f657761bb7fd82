from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import HOME, ORDINARY, OWN_FIRST
from tests.stories.telling import EAST, Border, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 3, "Blakstad": 6, "Hvalstad": 8, "Nesbru": 10},
    units={"A": UnitOf("Asker"), "B": UnitOf("Nesbru")},
    calls={
        "visit": Call(0, "Vollen", urgency=ORDINARY),
        "transfer": Call(1, "Hvalstad", urgency=ORDINARY),
        "chest": Call(2, "Blakstad"),
    },
    reserve=1,
)
"""Asker 0 ── Vollen 3 ── Blakstad 6 ── Hvalstad 8 ── Nesbru 10; A in Asker, B in Nesbru; one unit is kept free."""


def test_an_ordinary_mission_waits_for_the_reserve(simulate: Simulate) -> None:
    """The last free unit is kept for something urgent, and one comes.

    visit       2 free, more than 1. A: 2 + (3 + 1) = 6; there at 6, free at 26 in Vollen.
    transfer    1 free, not more than 1: held, though B stands three minutes away.
    chest       Acute: B, 2 + (4 + 1) = 7; there at 9, free at 29 in Blakstad.
    transfer    At 26 A is the only free one: it goes home (until 30). At 29 B is free, and A: 2, more than 1.
                B rolls at 30, drives 2 + 1, there at 33.
    """
    told = tell(STORY, simulate)
    assert told.server("visit") == ("A", 6)
    assert told.server("chest") == ("B", 9)
    assert told.server("transfer") == ("B", 33)
    assert told.outcome.held == [0, 1, 0]
    assert told.outcome.queued == [0, 0, 0]
    on_the_way_home = told.rests("A")[1]
    assert (on_the_way_home.kind, on_the_way_home.start, on_the_way_home.arrive) == (HOME, 26, 30)


def test_without_a_reserve_the_acute_patient_waits(simulate: Simulate) -> None:
    """The transfer takes B at 1: 2 + (2 + 1) = 5, there at 6. Now the acute call finds nobody until A is free at 26.

    chest   A rolls at 27, drives 3 + 1, there at 31 (with the reserve: 9).
    """
    told = tell(replace(STORY, reserve=0), simulate)
    assert told.server("transfer") == ("B", 6)
    assert told.server("chest") == ("A", 31)
    assert told.outcome.held == [0, 0, 0]
    assert told.outcome.queued == [0, 0, 1]


def test_an_answered_question_is_not_held_back(simulate: Simulate) -> None:
    """The reserve is looked at before asking, not again when the other centre has said yes.

    Asker 0 ── Vollen 3 ── Blakstad 6 ── Hvalstad 8 ── Nesbru 10; A and B in Asker, E of the other centre in Nesbru.

    visit   2 free, more than 1. A: 2 + (8 + 1) = 11. E: 2 + (2 + 1) = 5, with asking 7 < 11: asked.
    chest   At 1 A: 2 + (3 + 1) = 6, there at 7. (E: 2 + (7 + 1) = 10, with asking 12.)
    visit   At 2 only B is free, but the answer is there: E, 5 minutes, there at 7.
    """
    story = replace(
        STORY,
        units={"A": UnitOf("Asker"), "B": UnitOf("Asker"), "E": UnitOf("Nesbru", centre=EAST)},
        calls={"visit": Call(0, "Hvalstad", urgency=ORDINARY), "chest": Call(1, "Vollen")},
        border=Border(OWN_FIRST, ask_min=2),
    )
    told = tell(story, simulate)
    assert told.server("chest") == ("A", 7)
    assert told.server("visit") == ("E", 7)
    assert told.outcome.held == [0, 0]
