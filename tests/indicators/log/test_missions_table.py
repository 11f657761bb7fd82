"""Rows that are nearly all small are left out together, and only where there are many."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.indicators.log import missions_table as module
from beredt.indicators.log.missions_table import _without_mostly_small, with_margins


def rows_of(each: int) -> pl.DataFrame:
    body = pl.DataFrame(
        [("2026", f"m{place}", "A", f"s{station}", each) for place in range(4) for station in range(3)],
        schema={"year": pl.String, "municipality": pl.String, "urgency": pl.String, "station": pl.String,
                "missions": pl.Int64},
        orient="row",
    )  # fmt: skip
    return with_margins(body, ("municipality", "urgency", "station"))


def test_few_rows_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _without_mostly_small(rows_of(3), 5).equals(rows_of(3))


@pytest.mark.parametrize(("each", "left"), [(3, True), (7, False)])
def test_many_rows_go_where_most_are_small(monkeypatch: pytest.MonkeyPatch, each: int, *, left: bool) -> None:
    monkeypatch.setattr(module, "MANY", 10)
    rows = rows_of(each)
    kept = _without_mostly_small(rows, 5)
    both = rows.filter((pl.col("municipality") != "") & (pl.col("station") != ""))
    assert rows.height - kept.height == (both.height if left else 0)
