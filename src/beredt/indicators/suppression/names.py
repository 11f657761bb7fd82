"""What counts are called, so that the same count in two tables is known to be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from beredt.indicators.suppression.sums import ALL

PLACE = "place"
"""Dimension of a name: a municipality, a district, or a zone that is one of them."""

MISSIONS, INCIDENTS = "missions", "incidents"
"""What is counted."""


class Names(NamedTuple):
    """How the counts of a table are called.

    A name says what is counted, where and when, and how many: counts that differ have different names.
    """

    dimensions: Mapping[str, str]  # of key columns; one that is not here has no part in the name
    counts: Mapping[str, tuple[str, Mapping[str, str]]]  # by column: what is counted, and values of other dimensions

    def of(self, table: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
        """The names of all counts, row by row; null where a column has none, or nothing is counted."""
        called = table.select(pl.concat_list(self._of_count(column) for column in columns).alias("name"))
        return called["name"].explode(empty_as_null=False)

    def _of_count(self, column: str) -> pl.Expr:
        if column not in self.counts:
            return pl.lit(None, pl.String)
        what, values = self.counts[column]
        parts = {name: pl.lit(f";{name}={value}") for name, value in values.items() if value != ALL}
        for key, name in self.dimensions.items():
            one = pl.when(pl.col(key) != ALL).then(pl.format(";{}={}", pl.lit(name), pl.col(key))).otherwise(pl.lit(""))
            parts[name] = parts[name] + one if name in parts else one
        called = pl.concat_str(pl.lit(what), *(parts[one] for one in sorted(parts)), pl.lit(" "), pl.col(column))
        return pl.when(pl.col(column) > 0).then(called)


def pairs_of(names: pl.Series) -> list[tuple[int, int]]:
    """Places of the first count of every name, with each other one of it."""
    found = (
        pl.DataFrame({"name": names})
        .with_row_index("at")
        .drop_nulls()
        .with_columns(first=pl.col("at").min().over("name"))
        .filter(pl.col("at") != pl.col("first"))
        .sort("at")
    )
    return list(zip(found["first"].to_list(), found["at"].to_list(), strict=True))
