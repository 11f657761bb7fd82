"""Daskin's expected cover, and its extreme case of units that are never busy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.cover_sets import CoverSets
from beredt.coverage.expected_cover import expected_cover, marginal_cover


def sets_of(*rows: tuple[set[int], float], bases: int) -> CoverSets:
    covers = np.array([[b in row[0] for b in range(bases)] for row in rows], np.bool_)
    return CoverSets(covers, np.array([row[1] for row in rows]))


TOWN = sets_of(({0}, 10.0), ({0, 1}, 6.0), ({1}, 5.0), ({2}, 4.0), bases=3)


def test_the_objective_of_mexclp_for_a_fixed_deployment() -> None:
    # Two units at base 0 and one at base 1, busy 30 % of the time: k is 2, 3, 1, 0.
    expected = 10 * (1 - 0.3**2) + 6 * (1 - 0.3**3) + 5 * (1 - 0.3)
    assert expected_cover(TOWN, np.array([2, 1, 0]), 0.3) == pytest.approx(expected, rel=1e-14)


def test_units_that_are_never_busy_cover_what_they_reach() -> None:
    assert expected_cover(TOWN, np.array([3, 0, 0]), 0.0) == 16.0
    assert expected_cover(TOWN, np.array([0, 1, 1]), 0.0) == 15.0
    assert expected_cover(TOWN, np.array([0, 0, 0]), 0.0) == 0.0


def test_units_that_are_always_busy_cover_nothing() -> None:
    assert expected_cover(TOWN, np.array([5, 5, 5]), 1.0) == 0.0


@given(st.floats(0.0, 0.999))
def test_expected_cover_is_the_mean_over_which_units_are_free(q: float) -> None:
    at = [0, 0, 1, 2]  # base of each of four units
    mean = 0.0
    for free in itertools.product([False, True], repeat=len(at)):
        chance = np.prod([1 - q if is_free else q for is_free in free])
        bases = {base for base, is_free in zip(at, free, strict=True) if is_free}
        covered = sum(w for row, w in zip(TOWN.covers, TOWN.weight, strict=True) if bases & set(np.flatnonzero(row)))
        mean += float(chance * covered)
    assert expected_cover(TOWN, np.array([2, 1, 1]), q) == pytest.approx(mean, rel=1e-9, abs=1e-9)


@given(st.floats(0.0, 0.999), st.integers(0, 30))
def test_marginal_covers_add_up_to_the_chance_that_one_of_k_is_free(q: float, units: int) -> None:
    added = marginal_cover(q, units)
    assert added.shape == (units + 2,)
    total = np.concatenate([[0.0], np.cumsum(added)])
    assert total == pytest.approx(1.0 - q ** np.arange(units + 3), rel=1e-9, abs=1e-12)
    assert (np.diff(added) <= 0.0).all()
