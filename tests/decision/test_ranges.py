from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import triang

from beredt.decision.ranges import DRAWS, Range, draw, read_ranges, spread_of, triangular


@given(low=st.floats(-5, 5), left=st.floats(0.01, 5), right=st.floats(0.01, 5), share=st.floats(0.001, 0.999))
def test_the_quantiles_are_those_of_the_triangle(low: float, left: float, right: float, share: float) -> None:
    found = triangular(np.array([share]), Range(low, low + left, low + left + right))[0]
    width = left + right
    assert found == pytest.approx(triang(left / width, low, width).ppf(share), abs=1e-9)


def test_draws_stay_in_the_range_and_belong_to_seed_and_name() -> None:
    figure = Range(1.0, 2.0, 5.0)
    one = draw(figure, 7, "price")
    assert len(one) == DRAWS
    assert one.min() >= 1.0
    assert one.max() <= 5.0
    assert one.mean() == pytest.approx((1 + 2 + 5) / 3, abs=0.03)
    assert (one == draw(figure, 7, "price")).all()
    assert (one != draw(figure, 7, "other")).any()
    assert (one != draw(figure, 8, "price")).any()
    assert set(draw(Range(3.0, 3.0, 3.0), 7, "price")) == {3.0}


def test_a_spread_holds_four_of_five() -> None:
    spread = spread_of(np.arange(101.0))
    assert spread == (10.0, 50.0, 90.0)


def test_a_table_without_rows_has_no_figures() -> None:
    assert read_ranges(None) == {}
    assert read_ranges(pl.DataFrame({"figure": ["a"], "low": [1.0], "likely": [2.0], "high": [3.0]})) == {
        "a": Range(1.0, 2.0, 3.0)
    }
