from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.policies import DMEXCLP
from beredt.dispatch.world import HOME, MOVE
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell


def story(east: float) -> Story:
    """Asker 0 ── Blakstad 4 ── Nesbru 10; A and B in Asker; 2 calls a day near Asker, some near Nesbru."""
    demand = ((2, ["Asker"]), (east, ["Nesbru"]))
    return Story(
        places={"Asker": 0, "Blakstad": 4, "Nesbru": 10},
        units={"A": UnitOf("Asker"), "B": UnitOf("Asker")},
        stations=["Nesbru"],
        calls={"fall": Call(0, "Blakstad")},
        policy=Policy(relocation=DMEXCLP, demand=demand, busy_share=0.5),
    )


def test_where_one_more_unit_adds_most(simulate: Simulate) -> None:
    """A is free at 27. B covers Asker: one more there adds 2 · ½ · ½ = ½. In Nesbru it adds 1.2 · ½ = 0.6: there.

    It drives 6 + 1. With 0.9 calls a day Nesbru adds 0.45, and A goes home, 4 + 1.
    """
    moved = tell(story(east=1.2), simulate).rests("A")[1]
    assert (moved.kind, moved.start, moved.arrive, moved.to) == (MOVE, 27, 34, "Nesbru")
    home = tell(story(east=0.9), simulate).rests("A")[1]
    assert (home.kind, home.start, home.arrive, home.to) == (HOME, 27, 32, "Asker")


def test_units_on_missions_do_not_count(simulate: Simulate) -> None:
    """B is on a mission too when A is free at 27: nobody covers Asker, 2 · ½ = 1 is more than 0.6.

    knee    B: 2 + (4 + 1) = 7, there at 8, free at 28. Then A covers Asker, 2 · ½ · ½ = ½ < 0.6: B goes to Nesbru.
    """
    told = tell(replace(story(east=1.2), calls={"fall": Call(0, "Blakstad"), "knee": Call(1, "Blakstad")}), simulate)
    assert (told.rests("A")[1].kind, told.rests("A")[1].to) == (HOME, "Asker")
    assert (told.rests("B")[1].kind, told.rests("B")[1].to) == (MOVE, "Nesbru")


def test_of_equal_gains_the_first_station(simulate: Simulate) -> None:
    """With 1 call a day Nesbru adds ½, as Asker does: the first in order, Asker."""
    assert tell(story(east=1.0), simulate).rests("A")[1].to == "Asker"
