from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 3, "Blakstad": 5},
    units={"A": UnitOf("Asker"), "A2": UnitOf("Asker"), "B": UnitOf("Blakstad")},
    calls={"chest": Call(0, "Vollen", target_min=8)},
    policy=Policy(least_loss=True, demand=((1, ["Asker"]), (1, ["Blakstad"])), busy_share=0.5),
)
"""Asker 0 ── Vollen 3 ── Blakstad 5; two units in Asker, one in Blakstad; each town is covered by its own station."""


def test_of_those_in_time_the_one_that_is_missed_least(simulate: Simulate) -> None:
    """A and A2: 2 + (3 + 1) = 6, B: 2 + (2 + 1) = 5, all in time for 8.

    When B goes, Blakstad loses ½. When one of two goes from Asker, Asker loses ½ · ½ = ¼: A, the lower number.
    """
    assert tell(STORY, simulate).server("chest") == ("A", 6)


@pytest.mark.parametrize("target_min", [5.5, 4, float("inf")])
def test_the_target_comes_first(target_min: float, simulate: Simulate) -> None:
    """Only B is in time for 5½ minutes. Nobody is in time for 4, and without a target nobody can be: the nearest, B."""
    calls = {"chest": Call(0, "Vollen", target_min=target_min)}
    assert tell(replace(STORY, calls=calls), simulate).server("chest") == ("B", 5)


def test_the_last_unit_of_two_towns(simulate: Simulate) -> None:
    """Without A2 each station has one unit and loses ½: of equal losses the lower value, B with 5."""
    units = {name: unit for name, unit in STORY.units.items() if name != "A2"}
    assert tell(replace(STORY, units=units), simulate).server("chest") == ("B", 5)
