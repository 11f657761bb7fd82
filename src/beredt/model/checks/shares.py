"""Shares of a whole must sum to 1."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables

TOLERANCE = 0.001
"""Room for shares that were rounded to four decimals."""


def check_shares(tables: Tables) -> Iterator[Issue]:
    """Age shares by region and year, hospital shares by zone and urgency."""
    if "age_shares" in tables:
        yield from _sums(tables["age_shares"], ["region", "year"])
    if "hospital_choice" in tables:
        yield from _sums(tables["hospital_choice"], ["hospital_zone", "urgency"])


def _sums(table: Table, whole: list[str]) -> Iterator[Issue]:
    """One issue for all wholes that do not sum to 1; wholes with a faulty cell are passed over."""
    rows = table.frame.with_row_index("position")
    sums = rows.group_by(whole, maintain_order=True).agg(
        pl.col("share").sum(), pl.col("share").null_count().alias("faulty"), pl.col("position").first()
    )
    named = pl.all_horizontal(pl.col(name).is_not_null() for name in whole)
    wrong = sums.filter(named & (pl.col("faulty") == 0) & ((pl.col("share") - 1).abs() > TOLERANCE))
    if not wrong.is_empty():
        first = wrong.row(0, named=True)
        text = ", ".join(str(first[name]) for name in whole)
        yield table.issue(
            wrong["position"].to_list(),
            "share",
            f"the shares of {text} sum to {first['share']:.4g}, not to 1",
            "correct the shares; each whole is a " + " and ".join(whole),
            value=f"{first['share']:.6g}",
        )
