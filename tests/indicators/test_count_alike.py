"""Counting rows that are alike, held against polars' own grouping."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from beredt.errors import OutOfRangeError
from beredt.indicators.count_alike import count_alike

_ROW = st.tuples(
    st.one_of(st.none(), st.integers(-3, 3)),
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), st.sampled_from(["", "a", "b"])),
    st.integers(-(2**40), 2**40),
)
_SCHEMA = {"small": pl.Int8(), "truth": pl.Boolean(), "word": pl.Categorical(), "large": pl.Int64()}


@given(st.lists(_ROW, max_size=40))
def test_rows_are_counted_as_polars_groups_them(drawn: list[tuple[object, ...]]) -> None:
    rows = pl.DataFrame(drawn, schema=_SCHEMA, orient="row")
    expected = rows.group_by(pl.all()).agg(n=pl.len().cast(pl.Int64))
    assert_frame_equal(count_alike(rows), expected, check_row_order=False)


@pytest.mark.parametrize("values", [5, 100_000])
def test_many_rows_are_counted_whether_cells_are_few_or_many(values: int) -> None:
    drawn = np.random.default_rng(3).integers(0, values, (2, 20_000))
    rows = pl.DataFrame({"one": drawn[0].astype(np.int32), "other": drawn[1]})
    expected = rows.group_by(pl.all()).agg(n=pl.len().cast(pl.Int64)).sort("one", "other")
    assert_frame_equal(count_alike(rows), expected)


def test_more_cells_than_a_number_can_tell_apart_are_refused() -> None:
    apart = [0, 2**40]
    with pytest.raises(OutOfRangeError, match="cells of a count"):
        count_alike(pl.DataFrame({"one": apart, "other": apart}))
