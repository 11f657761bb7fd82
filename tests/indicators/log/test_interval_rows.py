"""Durations are kept in few bytes a row, and are gone when their interval has been taken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.log.cells import Cells
from beredt.indicators.log.dimensions import DimensionCodes
from beredt.indicators.log.interval_rows import IntervalRows
from beredt.indicators.log.spread.durations import LONGEST_S, NO_DURATION

EIGHTEEN_HOURS_S = 65_535
CELLS = Cells(((), ("hour",)), ((), (2,)), (0, 4, 12))
"""All together, and by two hours; each by three urgencies and unknown."""

SECONDS = st.one_of(
    st.just(NO_DURATION), st.integers(0, 5_000), st.integers(EIGHTEEN_HOURS_S - 2, EIGHTEEN_HOURS_S + 2),
    st.just(LONGEST_S),
)  # fmt: skip


def kept(parts: list[list[tuple[int, int, int]]], *intervals: str) -> IntervalRows:
    """Rows of seconds, hour and urgency, the same for each interval, added part by part."""
    rows = IntervalRows(CELLS, intervals, rows=3)
    for part in parts:
        second, hour, urgency = np.array(part, np.int64).reshape(-1, 3).T
        codes = DimensionCodes({"hour": hour.astype(np.int32)})
        rows.add_rows(codes, urgency.astype(np.int8))
        cells = CELLS.of_rows(codes, urgency.astype(np.int8))
        for name in intervals:
            rows.add_durations(name, np.where(second < 0, NO_DURATION, second * 1_000), cells)
    return rows


@settings(max_examples=40)
@given(st.lists(st.lists(st.tuples(SECONDS, st.integers(0, 1), st.integers(0, 3)), max_size=20), max_size=3))
def test_no_duration_is_changed_by_being_kept(parts: list[list[tuple[int, int, int]]]) -> None:
    counted = kept(parts, "response").take("response")
    rows = [(second, hour) for part in parts for second, hour, _ in part if second != NO_DURATION]
    everybody = np.array([second for second, _ in rows])
    assert counted.number[3] == len(rows)
    assert counted.number[[7, 11]].tolist() == [sum(own == hour for _, own in rows) for hour in (0, 1)]
    assert counted.within[720][3] == (everybody <= 720).sum()
    if rows:
        assert counted.mean.value[3] == pytest.approx(everybody.mean())
        assert counted.quantiles[0.5].value[3] == pytest.approx(np.quantile(everybody, 0.5))
        assert counted.quantiles[0.9].value[3] == pytest.approx(np.quantile(everybody, 0.9))


def test_an_interval_is_taken_once() -> None:
    rows = kept([[(60, 0, 0), (NO_DURATION, 1, 3)]], "response", "travel")
    assert list(rows) == ["response", "travel"]
    assert rows.take("response").number[3] == 1
    with pytest.raises(KeyError, match="response"):
        rows.take("response")
    assert rows.take("travel").number[3] == 1
    assert list(rows) == ["response", "travel"]
