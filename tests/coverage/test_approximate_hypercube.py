from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.all_busy import log_all_busy
from beredt.coverage.approximate_hypercube import approximate_hypercube
from beredt.coverage.dispatch_lists import NOBODY
from beredt.coverage.erlang import erlang_b, erlang_c
from beredt.coverage.hypercube import hypercube
from beredt.errors import OutOfRangeError
from tests.coverage.simulated_queue import simulate_queue
from tests.coverage.town_queues import TownQueue, draw_town, units_one_by_one

RING = [[0, 1, 2], [1, 0, 2], [2, 0, 1]]


def test_one_station_is_erlangs() -> None:
    solved = approximate_hypercube([0.3, 0.9], [[0], [0]], [4], 2.0, queue=False)
    lost = erlang_b(4, 2.4)
    assert solved.nobody == pytest.approx([lost, lost], rel=1e-12)
    assert solved.utilisation == pytest.approx([2.4 * (1 - lost) / 4], rel=1e-9)
    np.testing.assert_allclose(solved.dispatches, [[0.25 * (1 - lost), 0.75 * (1 - lost)]], rtol=1e-9)


def test_units_that_are_all_alike_are_solved_exactly() -> None:
    """Each unit is as often first, second and third: the factor Q makes it right."""
    lists = [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2], [2, 1, 0]]
    for queue in (False, True):
        exact = hypercube([0.4] * 6, lists, 1.0, queue=queue)
        solved = approximate_hypercube([0.4] * 6, lists, [1, 1, 1], 1.0, queue=queue)
        np.testing.assert_allclose(solved.utilisation, exact.utilisation, rtol=1e-9)
        np.testing.assert_allclose(solved.dispatches, exact.dispatches, rtol=1e-9)


def test_the_known_three_units_are_half_a_percentage_point_away() -> None:
    exact = [0.6740890688, 0.6549707603, 0.6324786325]
    solved = approximate_hypercube([1.0, 1.0, 1.0], RING, [1, 1, 1], 1.0, queue=False)
    assert solved.nobody == pytest.approx([9 / 26] * 3, rel=1e-12)
    assert np.abs(solved.utilisation - exact).max() < 0.005


@pytest.mark.parametrize("queue", [False, True])
def test_the_chance_that_given_units_are_busy_is_counted_out(queue: bool) -> None:
    units, load = 4, Fraction(5, 2)
    weight = [load**k / math.factorial(k) for k in range(units + 1)]
    if queue:
        weight[-1] /= 1 - load / units
    for given_units in range(units + 1):
        chance = sum(
            weight[k]
            * sum(set(range(given_units)) <= set(busy) for busy in combinations(range(units), k))
            / math.comb(units, k)
            for k in range(units + 1)
        ) / sum(weight)
        found = math.exp(log_all_busy(units, float(load), queue=queue)[given_units])
        assert found == pytest.approx(float(chance), rel=1e-12)


def test_hundreds_of_units_neither_overflow_nor_cancel() -> None:
    town = draw_town(3, 300, 0.4)
    solved = approximate_hypercube(town.calls, town.lists, town.units, 1.0, queue=False)
    assert solved.change <= 1e-11
    assert solved.dispatches.sum() == pytest.approx(1.0)
    assert solved.utilisation.sum() == pytest.approx(town.calls.sum(), rel=1e-8)


@given(
    seed=st.integers(0, 10_000),
    units=st.integers(1, 10),
    use=st.floats(0.05, 0.9),
    alone=st.booleans(),
    queue=st.booleans(),
    drive=st.sampled_from([0.0, 0.3]),
)
def test_what_is_taken_on_is_worked_off(
    seed: int, units: int, use: float, alone: bool, queue: bool, drive: float
) -> None:
    town = draw_town(seed, units, use if not queue else min(use, 0.6), areas=8, alone=alone, drive=drive)
    try:
        solved = approximate_hypercube(town.calls, town.lists, town.units, town.mission_s, queue=queue)
    except OutOfRangeError:  # far units make missions longer, until nobody keeps up
        assert queue
        assert drive
        return
    assert solved.change <= 1e-11
    assert ((solved.utilisation >= 0) & (solved.utilisation <= 1)).all()
    total = town.calls.sum()
    work = (solved.dispatches * town.mission_s).sum(axis=1) * total
    np.testing.assert_allclose(work, solved.utilisation * town.units, rtol=1e-7, atol=1e-12)
    share = solved.dispatches.sum(axis=0) * total / town.calls
    np.testing.assert_allclose(share, 1.0 if queue else 1.0 - solved.nobody, rtol=1e-9)
    if drive == 0.0:
        lost = erlang_c(units, total) if queue else erlang_b(units, total)
        np.testing.assert_allclose(solved.nobody, lost, rtol=1e-6)


def _exact_of(town: TownQueue, *, queue: bool) -> tuple[np.ndarray, np.ndarray]:
    """Utilisation and dispatches by station, of the exact model of all units."""
    exact = hypercube(town.calls, units_one_by_one(town), 1.0, queue=queue)
    first = np.cumsum(town.units) - town.units
    return (
        np.add.reduceat(exact.utilisation, first) / town.units,
        np.add.reduceat(exact.dispatches, first, axis=0),
    )


@pytest.mark.parametrize("queue", [False, True])
@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("use", [0.2, 0.4, 0.7])
def test_it_is_as_near_to_the_exact_model_as_is_said(alone: bool, use: float, queue: bool) -> None:
    off, off_share = [], []
    for seed in range(6):
        town = draw_town(seed, 8, use, alone=alone)
        solved = approximate_hypercube(town.calls, town.lists, town.units, 1.0, queue=queue)
        utilisation, dispatches = _exact_of(town, queue=queue)
        off.append(np.abs(solved.utilisation - utilisation))
        off_share.append(np.abs(solved.dispatches - dispatches).sum(axis=0) / 2)  # calls given to another station
    assert np.concatenate(off).mean() < 0.015
    assert np.concatenate(off).max() < 0.06
    assert max(share.sum() for share in off_share) < 0.04


def test_halves_that_share_nothing_are_each_on_their_own() -> None:
    lists = [[0, 1, NOBODY, NOBODY], [1, 0, NOBODY, NOBODY], [2, 3, NOBODY, NOBODY], [3, 2, NOBODY, NOBODY]]
    both = approximate_hypercube([0.5, 0.3, 0.9, 1.1], lists, [1, 2, 1, 1], 1.0, queue=False)
    west = approximate_hypercube([0.5, 0.3], [[0, 1], [1, 0]], [1, 2], 1.0, queue=False)
    east = approximate_hypercube([0.9, 1.1], [[0, 1], [1, 0]], [1, 1], 1.0, queue=False)
    np.testing.assert_allclose(both.utilisation, [*west.utilisation, *east.utilisation], rtol=1e-7)
    np.testing.assert_allclose(both.nobody, [*west.nobody, *east.nobody], rtol=1e-7)


def test_stations_without_units_change_nothing() -> None:
    town = draw_town(5, 6, 0.5, alone=False)
    empty = town.units.size
    lists = np.insert(town.lists, 1, empty, axis=1)
    plain = approximate_hypercube(town.calls, town.lists, town.units, 1.0, queue=False)
    more = approximate_hypercube(town.calls, lists, [*town.units, 0], 1.0, queue=False)
    np.testing.assert_allclose(more.utilisation, [*plain.utilisation, 0.0], rtol=1e-12)
    np.testing.assert_allclose(more.dispatches[:-1], plain.dispatches, rtol=1e-12)


def test_a_simulated_queue_agrees_with_the_exact_model() -> None:
    for queue in (False, True):
        town = draw_town(11, 5, 0.5, areas=6, alone=False)
        utilisation, dispatches = _exact_of(town, queue=queue)
        seen = simulate_queue(town.calls.tolist(), town.lists.tolist(), town.units.tolist(), town.mission_s,
                              queue=queue, seed=2)  # fmt: skip
        assert (np.abs(seen.utilisation - utilisation) <= seen.utilisation_half).all()
        if not queue:
            assert (np.abs(seen.dispatches - dispatches) <= seen.dispatches_half + 1e-4).all()
        load = float(town.calls.sum())
        lost = erlang_c(5, load) if queue else erlang_b(5, load)
        assert abs(seen.nobody - lost) <= seen.nobody_half


def test_durations_that_depend_on_who_serves_whom_are_near_a_simulated_queue() -> None:
    """Beyond what the exact model can hold: 24 units, and a mission lasts the longer the farther it is."""
    town = draw_town(4, 24, 0.5, alone=False, drive=0.4)
    solved = approximate_hypercube(town.calls, town.lists, town.units, town.mission_s, queue=False)
    seen = simulate_queue(town.calls.tolist(), town.lists.tolist(), town.units.tolist(), town.mission_s,
                          queue=False, seed=7)  # fmt: skip
    off = np.abs(solved.utilisation - seen.utilisation)
    assert (off <= 0.06 + seen.utilisation_half).all()
    assert off.mean() <= 0.03
    assert np.abs(solved.dispatches - seen.dispatches).sum() / 2 <= 0.06
    assert abs(solved.nobody[0] - seen.nobody) <= 0.01 + seen.nobody_half


def test_nothing_is_answered_outside_the_range() -> None:
    for calls, lists, units, mission, queue in (
        ([1.0, -1.0], [[0, 1], [1, 0]], [1, 1], 1.0, False),
        ([0.0, 0.0], [[0, 1], [1, 0]], [1, 1], 1.0, False),
        ([1.0], [[0, 1], [1, 0]], [1, 1], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 1]], [1, 1], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 2]], [1, 1], 1.0, False),
        ([1.0, 1.0], [[0, 1], [NOBODY, 1]], [1, 1], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 0]], [0, 0], 1.0, False),
        ([1.0, 1.0], [[0, NOBODY], [1, 0]], [0, 1], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 0]], [1, 1], 0.0, False),
        ([1.0, 1.0], [[0, 1], [1, 0]], [1, 1], 1.0, True),
        ([0.1, 0.1], [[0, 1], [1, NOBODY]], [1, 1], 1.0, True),
    ):
        with pytest.raises(OutOfRangeError):
            approximate_hypercube(calls, lists, units, mission, queue=queue)
