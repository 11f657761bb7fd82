"""The confidence sequence: its formula, and how often it misses."""

from __future__ import annotations

from math import inf, isinf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.search.sequential import EFFECT, Evidence, half_width


def ratio(t: float, n: int, c: float) -> float:
    """E_n(t), written out as in the docstring."""
    g, nu = 1.0 + n * c * c, n - 1
    shape: float = ((1 + t * t / nu) / (1 + t * t / (g * nu))) ** ((nu + 1) / 2)
    return shape / sqrt(g)


@pytest.mark.parametrize("n", [5, 6, 10, 40, 400])
@pytest.mark.parametrize("alpha", [0.3, 0.1, 0.01])
def test_at_its_end_the_ratio_is_one_over_alpha(n: int, alpha: float) -> None:
    half = half_width(n, 1.0, alpha)
    if isinf(half):
        assert ratio(1e9, n, EFFECT) < 1 / alpha
    else:
        assert ratio(half, n, EFFECT) == pytest.approx(1 / alpha, rel=1e-9)


def test_nothing_is_said_of_fewer_than_two_blocks() -> None:
    assert Evidence().and_also([3.0]).interval(0.1) == (-inf, inf)


@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=40), st.integers(1, 39))
def test_evidence_adds_up_however_it_is_cut(differences: list[float], cut: int) -> None:
    whole = Evidence().and_also(differences)
    parts = Evidence().and_also(differences[:cut]).and_also(differences[cut:])
    assert parts == whole
    assert whole.mean == pytest.approx(np.mean(differences), abs=1e-6)
    assert whole.error == pytest.approx(np.std(differences, ddof=1) / sqrt(len(differences)), abs=1e-6)


def test_blocks_without_a_value_are_left_out() -> None:
    assert Evidence().and_also([1.0, float("nan"), 3.0]) == Evidence().and_also([1.0, 3.0])


def test_looking_after_every_block_misses_no_more_often_than_stated() -> None:
    rng = np.random.default_rng(1)
    runs, alpha, missed = 400, 0.2, 0
    for _ in range(runs):
        found = Evidence()
        for d in rng.normal(0.3, 1.7, 60):
            found = found.and_also([d])
            low, high = found.interval(alpha)
            if not low <= 0.3 <= high:
                missed += 1
                break
    # Three standard errors above the level; the plain t-interval misses some 50 % here.
    assert missed / runs <= alpha + 3 * sqrt(alpha * (1 - alpha) / runs)


def test_a_clear_difference_is_soon_clear() -> None:
    rng = np.random.default_rng(2)
    assert Evidence().and_also(rng.normal(1.0, 0.5, 12)).interval(0.1)[0] > 0.0
