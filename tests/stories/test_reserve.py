from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import HOME, ORDINARY, OWN_FIRST
from tests.stories.telling import EAST, Border, Call, Simulate, Story, UnitOf, tell

RARE = UnitOf("Blakstad", roles=0)

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


INFECTED = Story(
    places=STORY.places,
    units={"A": UnitOf("Asker"), "B": UnitOf("Nesbru"), "R": RARE},
    calls={
        "visit": Call(0, "Vollen", urgency=ORDINARY),
        "infected": Call(1, "Hvalstad", urgency=ORDINARY, first=("R",)),
    },
    reserve=1,
)
"""As above, with R in Blakstad, the only unit that may be sent to an infected patient, and to nothing else."""


def test_who_waits_for_the_reserve_waits_no_longer_than_it(simulate: Simulate) -> None:
    """The reserve is restored by a unit that may not serve the patient; the one that may stood free all along.

    visit       2 free, more than 1 (R is not counted: it is no unit for something urgent). A is there at 6, free at 26.
    infected    1 free, not more than 1: held, though R stands there.
    infected    At 26 A is free and may not take it; but 2 are free: R, 2 + (2 + 1) = 5, there at 31.
    """
    told = tell(INFECTED, simulate)
    assert told.server("visit") == ("A", 6)
    assert told.server("infected") == ("R", 31)
    assert (told.outcome.held, told.outcome.queued) == ([0, 1], [0, 0])


def test_who_was_passed_over_for_the_reserve_waits_no_longer_than_it(simulate: Simulate) -> None:
    """The unit that may serve the patient became free when nobody else was, and was not given the ordinary call.

    swab        R: 2 + (0 + 1) = 3, free at 23.
    infected    2 free, more than 1, but R is out: queued.
    chest       A: 2 + (3 + 1) = 6, there at 16, free at 36.
    crash       B: 2 + (0 + 1) = 3, there at 14, free at 34.
    infected    At 23 R is free, the only one: 1, not more than 1. At 34 B: 1 (R is not counted). At 36 A: 2.
                R stands at home: 2 + (2 + 1) = 5, there at 41.
    """
    calls = {
        "swab": Call(0, "Blakstad", urgency=ORDINARY, first=("R",)),
        "infected": Call(1, "Hvalstad", urgency=ORDINARY, first=("R",)),
        "chest": Call(10, "Vollen"),
        "crash": Call(11, "Nesbru"),
    }
    told = tell(replace(INFECTED, calls=calls), simulate)
    assert [told.server(call) for call in calls] == [("R", 3), ("R", 41), ("A", 16), ("B", 14)]
    assert (told.outcome.held, told.outcome.queued) == ([0, 0, 0, 0], [0, 1, 0, 0])


def test_all_that_was_held_is_looked_at_in_order_of_the_calls(simulate: Simulate) -> None:
    """Two wait. At 26 the first has R: there at 31, free at 51; the second finds nobody, and is queued for R.

    At 51 R is free in Hvalstad: 1 + (2 + 1) = 4, there at 55.
    """
    calls = {**INFECTED.calls, "another": Call(2, "Nesbru", urgency=ORDINARY, first=("R",))}
    told = tell(replace(INFECTED, calls=calls), simulate)
    assert (told.server("infected"), told.server("another")) == (("R", 31), ("R", 55))
    assert (told.outcome.held, told.outcome.queued) == ([0, 1, 1], [0, 0, 1])


def test_a_neighbour_is_asked_when_the_reserve_is_restored(simulate: Simulate) -> None:
    """R is the other centre's. At 26 the reserve is restored and R is asked for; at 28 it is sent, there at 33."""
    units = {**INFECTED.units, "R": replace(RARE, centre=EAST)}
    told = tell(replace(INFECTED, units=units, border=Border(OWN_FIRST, ask_min=2)), simulate)
    assert told.server("infected") == ("R", 33)
    assert told.mark("asked", "infected") == EAST
