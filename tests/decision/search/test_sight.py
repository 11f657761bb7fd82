"""The cover model's compiled part beside plain arrays; neighbours and what is foretold of them; duty hours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from beredt.coverage.erlang import erlang_b
from beredt.decision.search.cover_kernel import blocked_sites, served_worth
from beredt.decision.search.duty import DutyHours
from beredt.decision.search.layout import Layout
from beredt.decision.search.moves import JOINED, list_moves
from beredt.decision.search.neighbourhood import Sight
from beredt.decision.search.space import Space
from tests.decision.search.test_layouts import all_layouts

F8 = NDArray[np.float64]


@given(st.integers(0, 2**20))
@settings(max_examples=40, deadline=None)
def test_the_compiled_part_is_what_the_formulas_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    areas, sites, ranked = 7, 5, 4
    order = np.array([rng.permutation(sites)[:ranked] for _ in range(areas)])
    load, worth = rng.exponential(0.3, areas), rng.random((areas, ranked))
    units = rng.integers(0, 3, sites)
    units[0] = 1
    blocked = np.where(units > 0, min(0.9, load.sum() / units.sum()) ** np.maximum(units, 1), 1.0)
    for _ in range(3):
        offered = np.zeros(sites)
        for a in range(areas):
            for j in range(ranked):
                offered[order[a, j]] += load[a] * np.prod(blocked[order[a, :j]])
        blocked = np.array([erlang_b(int(u), o) if u else 1.0 for o, u in zip(offered, units, strict=True)])
    assert blocked_sites(order, load, units, 3) == pytest.approx(blocked, abs=1e-8)
    there = blocked[order]
    before = np.array([[np.prod(there[a, :j]) for j in range(ranked + 1)] for a in range(areas)])
    expected = (before[:, :-1] * (1.0 - there) * worth).sum(axis=1) - 9.0 * before[:, -1]
    assert served_worth(order, worth, blocked, -9.0) == pytest.approx(expected, abs=1e-7)


def by_site(layout: Layout) -> float:
    """A made-up worth that is linear in units, so that single slots tell all."""
    return sum(n * (len(slot.site) + 10.0 * (slot.roster == "all-day")) for slot, n in layout.units)


def test_neighbours_of_a_linear_guess_are_foretold_exactly(free: Space) -> None:
    sight = Sight(free, by_site)
    around = sight.neighbours(free.today)
    assert around.layouts == [layout for _, layout in list_moves(free, free.today)]
    whole = sight.known(around.layouts)
    assert around.known.guessed == pytest.approx(whole.guessed)
    assert around.known.duty == pytest.approx(whole.duty)
    assert sight.typical_gain() == pytest.approx(np.std(whole.guessed))


def test_looking_closer_sets_a_neighbour_right(free: Space) -> None:
    def square(layout: Layout) -> float:
        return by_site(layout) ** 2

    sight = Sight(free, square)
    around = sight.neighbours(free.today)
    sight.look_closer(around, [0, 2])
    assert around.known.guessed[[0, 2]] == pytest.approx(sight.known([around.layouts[i] for i in (0, 2)]).guessed)
    assert around.whole.tolist() == [i in (0, 2) for i in range(len(around.layouts))]


def test_a_step_has_its_kind_and_a_longer_way_is_several(free: Space) -> None:
    sight = Sight(free, by_site)
    (move, near), *_ = list_moves(free, free.today)
    assert sight.step(free.today, near) == move.kind
    reached = {layout for _, layout in list_moves(free, free.today)}
    far = next(one for one in all_layouts() if one not in reached and one != free.today)
    assert sight.step(free.today, far) == JOINED


def test_duty_hours_add_up_to_those_of_the_week(free: Space) -> None:
    hours = DutyHours(free)
    for layout in all_layouts():
        assert hours.of(layout).sum() * 168.0 == pytest.approx(
            free.budget.cost_in("hours", layout, free.service.rosters)
        )
