"""What cleaning found and corrected in a log, as tables that tell no small count and no single row."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.indicators.suppress import ALL, protect_counts
from beredt.missions.checks.rule import load_rules
from beredt.missions.store import Store

HAS_MARK = ("suppressed", "left_out")
"""Columns that say whether something of a row was left out, in one table or another."""


def findings_table(store: Store, threshold: int) -> pl.DataFrame:
    """The table `log_findings`: counts by rule, column and, for rules about codes, value.

    Rows, times and places of single findings stand in the store's own list, which stays where the log is.
    """
    rules = load_rules()
    by_value = [name for name, rule in rules.items() if rule.by_value]
    shown = pl.when(pl.col("rule").is_in(by_value)).then(pl.col("value").fill_null("")).otherwise(pl.lit(""))
    found = store.findings.with_columns(pl.col("field").fill_null(""), value=shown)
    single = found.group_by("rule", "field", "value").agg(pl.col("count").sum().cast(pl.Int64))
    parted = single.filter(pl.col("value") != "")
    whole = parted.group_by("rule", "field").agg(pl.col("count").sum()).with_columns(value=pl.lit(ALL))
    rows = pl.concat([single, whole.select(single.columns)])
    rows = rows.group_by("rule", "field", "value").agg(pl.col("count").sum()).sort("rule", "field", "value")
    parts = [_without_small(part, threshold) for part in rows.partition_by("rule", "field", maintain_order=True)]
    table = pl.concat(parts) if parts else rows
    number = pl.col("rule").replace_strict({name: rule.number for name, rule in rules.items()}, default=0)
    return report_table(
        "log_findings",
        table.sort(number, "field", pl.col("value") != ALL, pl.col("count").fill_null(0) * -1, "value").with_columns(
            action=pl.col("rule").replace_strict({name: rule.action for name, rule in rules.items()}, default="mark"),
            suppressed=pl.col("count").is_null(),
        ),
    )


def _without_small(part: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """The findings of a rule in a column without small counts.

    Nothing adds up those of several rules or columns, so that most stand alone: only values of a column have a total.
    """
    if part.height > 1:
        return protect_counts(part, ["field", "value"], "count", threshold=threshold).table
    small = pl.col("count").is_between(1, threshold - 1)
    return part.with_columns(count=pl.when(~small).then("count"))


def corrections_table(store: Store, threshold: int) -> pl.DataFrame:
    """The table `log_corrections`: how many values each rule has changed, by column."""
    rows = (
        store.corrections.group_by("rule", "field")
        .agg(values=pl.len().cast(pl.Int64))
        .collect(engine="streaming")
        .sort("rule", "field")
        .with_columns(pl.col("rule", "field").cast(pl.String))
    )
    small = pl.col("values") < threshold
    return report_table(
        "log_corrections",
        rows.with_columns(suppressed=small).with_columns(values=pl.when(~small).then("values")),
    )


def left_out_table(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The table `left_out`: of every table how many rows it has, and in how many something was left out."""
    rows = [(name, table.height, _left_out_rows(table)) for name, table in sorted(tables.items())]
    schema = {"table": pl.String, "rows": pl.Int64, "suppressed": pl.Int64}
    return report_table("left_out", pl.DataFrame(rows, schema=schema, orient="row"))


def _left_out_rows(table: pl.DataFrame) -> int:
    for name in HAS_MARK:
        if name in table.columns:
            column = table[name]
            return int((column.fill_null(False) if column.dtype == pl.Boolean else column != "no").sum())
    return 0


def notes_without_small(notes: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Notes of the service whose counts are not small; what was assumed seldom is not told."""
    return notes.filter(~pl.col("count").is_between(1, threshold - 1))
