from __future__ import annotations

from dataclasses import replace

import pytest

from beredt.dispatch.policies import PRIORITY_LIST
from beredt.dispatch.world import HOME, MOVE
from tests.stories.laying_down import Limits, Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell


def story(limits: Limits) -> Story:
    """Asker 0 ── Blakstad 4 ── Nesbru 10 ── Hvalstad 12; A and B in Asker; Nesbru first in the list, then Asker.

    fall    A: 2 + (4 + 1) = 7, there at 7, free at 27 in Blakstad: Nesbru, 6 + 1 = 7 minutes and 6 km away, is open.
    """
    return Story(
        places={"Asker": 0, "Blakstad": 4, "Nesbru": 10, "Hvalstad": 12},
        units={"A": UnitOf("Asker"), "B": UnitOf("Asker")},
        stations=["Nesbru"],
        calls={"fall": Call(0, "Blakstad")},
        policy=Policy(relocation=PRIORITY_LIST, ranked=["Nesbru", "Asker"], limits=limits),
    )


ALLOWED = [
    Limits(),
    Limits(most_moves=1),
    Limits(most_move_min=7),
    Limits(most_move_km=6),
    Limits(most_shift_km=6),
    Limits(quiet_min=(0, 27)),
    Limits(quiet_min=(28, 26)),
]
FORBIDDEN = [
    Limits(most_moves=0),
    Limits(most_move_min=6.9),
    Limits(most_move_km=5.9),
    Limits(most_shift_km=5.9),
    Limits(quiet_min=(27, 28)),
    Limits(quiet_min=(22 * 60, 6 * 60)),
]
"""Hours that begin before midnight end on the next day; the last minute is not in them."""


@pytest.mark.parametrize("limits", ALLOWED)
def test_up_to_the_limit(limits: Limits, simulate: Simulate) -> None:
    """A moves to Nesbru, there at 34. In the last case all day is quiet but the minutes from 26 to 28."""
    moved = tell(story(limits), simulate).rests("A")[1]
    assert (moved.kind, moved.arrive, moved.to) == (MOVE, 34, "Nesbru")


@pytest.mark.parametrize("limits", FORBIDDEN)
def test_beyond_the_limit(limits: Limits, simulate: Simulate) -> None:
    """A goes home, 4 + 1, there at 32."""
    home = tell(story(limits), simulate).rests("A")[1]
    assert (home.kind, home.arrive, home.to) == (HOME, 32, "Asker")


def test_moves_of_a_shift_are_counted(simulate: Simulate) -> None:
    """B fills Nesbru while A is away: A would have to move a second time.

    knee    At 35 B: 2 + (4 + 1) = 7 (A in Nesbru: 2 + (6 + 1) = 9), there at 42, free at 62.
    chest   At 50 A: 2 + (2 + 1) = 5, there at 55, free at 75 in Hvalstad.
    At 62 nobody else is free: B moves to Nesbru, 6 + 1. At 75 Nesbru is B's and Asker open: A moves there, 12 + 1,
    there at 88. With one move in a shift, or with 6 + 11 km, it goes back to Nesbru, 2 + 1, there at 78.
    """
    calls = {"fall": Call(0, "Blakstad"), "knee": Call(35, "Blakstad"), "chest": Call(50, "Hvalstad")}
    for limits, kind, to, arrive in (
        (Limits(most_moves=2, most_shift_km=18), MOVE, "Asker", 88),
        (Limits(most_moves=1), HOME, "Nesbru", 78),
        (Limits(most_shift_km=17), HOME, "Nesbru", 78),
    ):
        told = tell(replace(story(limits), calls=calls), simulate)
        assert (told.rests("B")[1].kind, told.rests("B")[1].arrive) == (MOVE, 69)
        last = told.rests("A")[2]
        assert (last.kind, last.to, last.arrive) == (kind, to, arrive)


def test_a_new_shift_counts_anew(simulate: Simulate) -> None:
    """A, moved once in its first shift, goes off duty at 36 and on again at 60, and may be moved once more."""
    units = {"A": UnitOf("Asker", duty=((36, False), (60, True))), "B": UnitOf("Asker")}
    told = tell(replace(story(Limits(most_moves=1)), units=units), simulate)
    assert [rest.kind for rest in told.rests("A")].count(MOVE) == 2


def test_a_shift_lasts_a_day_at_most(simulate: Simulate) -> None:
    """Units round the clock never begin a shift: their moves are counted from day to day. A has moved at 27.

    knee    At 1440 B: 2 + (4 + 1) = 7 (A in Nesbru: 9), free at 1467 in Blakstad; nobody is free: it moves to Nesbru.
    chest   At 1450 A: 2 + (2 + 1) = 5, free at 1475 in Hvalstad. Nesbru is B's, and Asker open: A moves there, 12 + 1,
            though it may move once in a shift: that was yesterday. All of it forty minutes earlier, it may not, and
            goes back to Nesbru, 2 + 1.
    """
    for begin, kind, to, arrive in ((1440, MOVE, "Asker", 1488), (1400, HOME, "Nesbru", 1438)):
        calls = {"fall": Call(0, "Blakstad"), "knee": Call(begin, "Blakstad"), "chest": Call(begin + 10, "Hvalstad")}
        told = tell(replace(story(Limits(most_moves=1)), calls=calls, end_min=1600), simulate)
        last = told.rests("A")[2]
        assert (last.kind, last.to, last.arrive) == (kind, to, arrive)
