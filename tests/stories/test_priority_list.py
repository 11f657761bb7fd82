from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.policies import PRIORITY_LIST
from beredt.dispatch.world import HOME, MOVE
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Nesbru": 10, "Hvalstad": 12},
    units={"A": UnitOf("Asker"), "B": UnitOf("Asker")},
    stations=["Nesbru"],
    calls={"fall": Call(0, "Blakstad"), "chest": Call(40, "Hvalstad")},
    policy=Policy(relocation=PRIORITY_LIST, ranked=["Nesbru", "Asker"]),
)
"""Asker 0 ── Blakstad 4 ── Nesbru 10 ── Hvalstad 12; A and B at home in Asker, Nesbru a station without units."""


def test_the_first_place_that_nobody_fills(simulate: Simulate) -> None:
    """Nesbru comes first in the list: A, the first to be free, moves there, and belongs there from then on.

    fall    A: 2 + (4 + 1) = 7, there at 7, free at 27. B, free, belongs to Asker; nobody to Nesbru: A drives 6 + 1.
    chest   A at its base in Nesbru: 2 + (2 + 1) = 5, there at 45, free at 65. Nesbru is still first: back, 2 + 1.
    """
    told = tell(STORY, simulate)
    _, moved, back = told.rests("A")
    assert (moved.kind, moved.start, moved.arrive, moved.to, moved.km) == (MOVE, 27, 34, "Nesbru", 6)
    assert told.server("chest") == ("A", 45)
    assert (back.kind, back.start, back.arrive, back.to) == (HOME, 65, 68, "Nesbru")


def test_a_place_that_is_filled_is_passed_over(simulate: Simulate) -> None:
    """With Asker first and third, B fills the first place; Nesbru, second, is nobody's: A goes there.

    With Asker first and second A finds the second place open, and drives home, 4 + 1. With Asker alone every place is
    filled, and A stays with its base.
    """
    for ranked, goes_to in (
        (["Asker", "Nesbru", "Asker"], "Nesbru"),
        (["Asker", "Asker"], "Asker"),
        (["Asker"], "Asker"),
    ):
        story = replace(STORY, policy=Policy(relocation=PRIORITY_LIST, ranked=ranked))
        rest = tell(story, simulate).rests("A")[1]
        assert (rest.to, rest.kind) == (goes_to, MOVE if goes_to == "Nesbru" else HOME)


def test_the_base_is_the_own_station_again_after_the_shift(simulate: Simulate) -> None:
    """A goes off duty at 36 in Nesbru and drives home to Asker, 10 + 1, there at 47; on again at 60 it stands there.

    Coming on duty it is released: Nesbru is open, and it drives there again, 10 + 1, there at 71.
    """
    units = {**STORY.units, "A": UnitOf("Asker", duty=((36, False), (60, True)))}
    told = tell(replace(STORY, units=units, calls={"fall": Call(0, "Blakstad")}), simulate)
    _, _, home, again = told.rests("A")
    assert (home.start, home.end, home.to) == (36, 47, "Asker")
    assert (again.kind, again.start, again.arrive, again.to) == (MOVE, 60, 71, "Nesbru")
