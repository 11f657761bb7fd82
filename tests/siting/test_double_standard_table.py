"""The table of the dynamic double standard model, held against all there is to try."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from beredt.coverage.cover_sets import CoverSets
from beredt.siting.double_standard_table import SHORT_WEIGHT, double_standard_table

SHARE = 0.7


def value(sets: CoverSets, outer: CoverSets, units: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[float, float]:
    """What is reached within the outer standard; then what is covered twice, less what falls short of the share."""
    reached = outer.weight[outer.covers.astype(np.int64) @ units >= 1].sum()
    times = sets.covers.astype(np.int64) @ units
    short = max(0.0, SHARE * sets.weight.sum() - sets.weight[times >= 1].sum())
    return float(reached), float(sets.weight[times >= 2].sum() - SHORT_WEIGHT * short)


@pytest.mark.parametrize("seed", range(3))
def test_no_other_place_for_the_units_is_better(seed: int) -> None:
    """Of all ways to place them, none reaches more; of those that reach as much, none covers more twice."""
    random = np.random.default_rng(seed)
    bases, most = 4, 5
    near = random.random((12, bases)) < 0.3
    weight = random.integers(1, 9, 12).astype(np.float64)
    sets = CoverSets(near, weight)
    outer = CoverSets(near | (random.random((12, bases)) < 0.2), weight)
    table = double_standard_table(sets, outer, np.ones(bases, np.bool_), most, SHARE)
    assert table.sum(axis=1).tolist() == list(range(1, most + 1))
    for n, units in enumerate(table, start=1):
        ways = [np.bincount(way, minlength=bases) for way in combinations_with_replacement(range(bases), n)]
        assert value(sets, outer, units) == pytest.approx(max(value(sets, outer, way) for way in ways), abs=1e-6)


def test_somebody_far_is_reached_before_many_are_covered_twice() -> None:
    """Nine live by the town's base, one far off: two units cover the nine twice, or reach all ten. They reach all."""
    town = CoverSets(np.array([[True, False]]), np.array([9.0]))
    all_ten = CoverSets(np.array([[True, False], [False, True]]), np.array([9.0, 1.0]))
    anywhere = np.ones(2, np.bool_)
    assert double_standard_table(town, town, anywhere, 2, SHARE).tolist() == [[1, 0], [2, 0]]
    assert double_standard_table(town, all_ten, anywhere, 3, SHARE).tolist() == [[1, 0], [1, 1], [2, 1]]


def test_a_base_that_is_not_offered_stays_empty() -> None:
    sets = CoverSets(np.array([[True, False], [True, True]]), np.array([5.0, 1.0]))
    table = double_standard_table(sets, sets, np.array([False, True]), 2, SHARE)
    assert table.tolist() == [[0, 1], [0, 2]]


def test_units_stay_where_a_move_gains_nothing() -> None:
    """All bases cover everything: whoever comes is put anywhere, and the others stay."""
    sets = CoverSets(np.ones((1, 3), np.bool_), np.ones(1))
    table = double_standard_table(sets, sets, np.ones(3, np.bool_), 4, SHARE)
    assert (np.diff(table, axis=0) >= 0).all()
