"""What rules found, in few lines: one for each rule, input, column and, where values matter, value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.missions.checks.rule import get_rule
from beredt.missions.checks.sheet import I8, Found, Sheet
from beredt.missions.schema import FINDINGS, STAMPS

MOST_VALUES = 200
"""Values that are kept apart for one rule, input and column; the rarest beyond that are one line together."""

OTHERS = "…"
"""Value of that line."""

NO_SOURCE = -1
"""The input of rows of which nobody knows it."""


def list_findings(sheet: Sheet) -> pl.DataFrame:
    """All findings of a sheet, with the columns of FINDINGS, by rule, source, field and value."""
    if not sheet.found:
        return pl.DataFrame(schema=FINDINGS)
    source = sheet.rows["source"].fill_null(NO_SOURCE).to_numpy()
    lines = pl.concat(_lines(sheet, found, source) for found in sheet.found)
    at = lines["at"].to_numpy()
    told = lines.with_columns(
        source=sheet.rows["source"].gather(at),
        row=sheet.rows["row"].gather(at),
        remedy=pl.col("rule").replace_strict({rule: get_rule(rule).remedy["en"] for rule in lines["rule"].unique()}),
        lat=pl.Series(sheet.lat[at]).fill_nan(None),
        lon=pl.Series(sheet.lon[at]).fill_nan(None),
    )
    return merge_findings([told.cast({"count": FINDINGS["count"]}).select(FINDINGS.names())])


def merge_findings(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Findings of several parts of a log, or of several rules, as one list; counts are added up.

    The example of a line is the one in the first row of its input.
    """
    lines = pl.concat([pl.DataFrame(schema=FINDINGS), *parts])
    by_value = [rule for rule in lines["rule"].unique() if get_rule(rule).by_value]
    merged = (
        lines.with_columns(kind=pl.when(pl.col("rule").is_in(by_value)).then("value"))
        .sort("rule", "source", "field", "kind", "row", nulls_last=True)
        .group_by("rule", "source", "field", "kind", maintain_order=True)
        .agg(pl.col("row", "value").first(), pl.col("count").sum(), pl.col("remedy", "lat", "lon").first())
    )
    rare = merged.filter(_rarity() > MOST_VALUES)
    if rare.height:
        kept = merged.filter((_rarity() > MOST_VALUES).fill_null(value=False).not_())
        rest = rare.with_columns(value=pl.lit(OTHERS))
        return merge_findings([kept.select(FINDINGS.names()), rest.select(FINDINGS.names())])
    number = pl.col("rule").replace_strict({r: get_rule(r).number for r in merged["rule"].unique()}, default=0)
    merged = merged.sort(number, "source", "field", "kind", maintain_order=True)
    return merged.select(FINDINGS.names()).match_to_schema(FINDINGS)


def _rarity() -> pl.Expr:
    """Rank of a value among those of its rule, input and column, the commonest first; null where none is needed."""
    counted = pl.when(pl.col("kind").is_not_null() & (pl.col("value") != OTHERS)).then(pl.col("count"))
    return counted.rank("ordinal", descending=True).over("rule", "source", "field")


def _lines(sheet: Sheet, found: Found, source: NDArray[Any]) -> pl.DataFrame:
    """The lines of one rule and column: one per input, and per value where the rule asks for it.

    `at` is the first of its rows; `source` [n] the input of every row of the sheet.
    """
    own = source[found.at]
    if get_rule(found.rule).by_value and found.values is not None:
        rows = pl.DataFrame({"at": found.at, "source": own, "value": found.values})
        lines = rows.group_by("source", "value", maintain_order=True).agg(pl.col("at").first(), count=pl.len())
        at, count, value = lines["at"].to_numpy(), lines["count"].to_numpy(), lines["value"]
    else:
        _, first, count = np.unique(own, return_index=True, return_counts=True)
        order = np.argsort(first)
        at, count = found.at[first[order]], count[order]
        value = _shown(sheet, found, at)
    columns = {"at": at, "count": count.astype(np.int64), "value": value}
    return pl.DataFrame(columns).with_columns(rule=pl.lit(found.rule), field=pl.lit(found.field))


def _shown(sheet: Sheet, found: Found, at: I8) -> pl.Series:
    """What stood in these rows, as text, before a rule changed it."""
    field = found.field
    for change in sheet.changes:
        if change.rule == found.rule and change.field == field:
            return change.before.gather(np.searchsorted(change.at, at))
    if field in STAMPS:
        return sheet.clock_text(sheet.stamps[field][at])
    if found.rule.startswith("position_"):
        place = sheet.rows[at].select(pl.coalesce("x", "lon").alias("x"), pl.coalesce("y", "lat").alias("y"))
        return place.select(pl.concat_str(pl.col("x", "y").cast(pl.String), separator=" ")).to_series()
    if field in sheet.rows.columns:
        return sheet.rows[field].gather(at).cast(pl.String)
    return pl.Series([None] * len(at), dtype=pl.String)
