"""Count the rows of an indicator: by period, by whatever it is parted by, and by why rows are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from beredt.indicators.catalogue.expression.compile import compile_condition, compile_duration
from beredt.indicators.catalogue.expression.names import Value, names_of
from beredt.indicators.catalogue.indicator import PER_DAY, Indicator, Period
from beredt.missions.checks.rule import marks_of
from beredt.missions.intervals import local
from beredt.missions.marks import has_mark
from beredt.missions.store import Store, is_unit_response

UNKNOWN = "unknown"
"""Key of rows that do not tell it."""

_STEP: Mapping[Period, str] = {"week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}


class Log(NamedTuple):
    """The two tables of a store, perhaps with columns that a study has added, and what names may be asked beside them.

    `extra` adds names, such as `urban`, that both tables can tell.
    """

    incidents: pl.LazyFrame
    missions: pl.LazyFrame
    zone: str
    extra: Mapping[str, Value] = {}


class Counted(NamedTuple):
    """The rows of one indicator.

    `cells` has the keys it is parted by, `start` (date on which the period begins, null without a call), `reason`
    (place of the reason for which rows are left out, null where they count), `second` (of a duration, rounded up;
    null of other kinds), `n` (rows), `cases` (those that count) and `total_ms` (of durations, or of what a rate is
    per). Whole numbers add up to the same in any order.
    """

    by: tuple[str, ...]
    cells: pl.DataFrame


def log_of(store: Store) -> Log:
    """The tables of a store as they are."""
    return Log(store.incidents(), store.missions(), store.info.zone)


def first_and_last_day(log: Log) -> tuple[date, date] | None:
    """Days of the first and the last call on the clocks of the log; None without any call."""
    day = local("call_t", log.zone).dt.date()
    first, last = log.incidents.select(day.min().alias("first"), day.max().alias("last")).collect().row(0)
    return None if first is None else (first, last)


def count_rows(
    log: Log, indicators: Sequence[Indicator], by: Sequence[str] = (), *, responders_stop_the_clock: bool = False
) -> list[Counted]:
    """Count the rows of every indicator in one go through the log.

    Of missions those count that are a unit's response and repeat no other row.

    Args:
        log: Its tables.
        indicators: Whose names are all known.
        by: Columns by which they are parted; a table that lacks one is not parted by it.
        responders_stop_the_clock: As in `incident_interval_s`.
    """
    queries = [_query(log, one, by, responders_stop_the_clock) for one in indicators]
    found = pl.collect_all([query for _, query in queries], engine="streaming")
    return [Counted(own, cells) for (own, _), cells in zip(queries, found, strict=True)]


def _query(log: Log, indicator: Indicator, by: Sequence[str], responders: bool) -> tuple[tuple[str, ...], pl.LazyFrame]:
    rows = log.incidents if indicator.counting == "incident" else log.missions
    columns = rows.collect_schema()
    own = tuple(name for name in by if name in columns)
    names = {**names_of(indicator.counting, log.zone, responders_stop_the_clock=responders), **log.extra}
    if indicator.counting == "mission":
        rows = rows.filter(is_unit_response() & ~has_mark(marks_of("duplicate", "near_duplicate")))
    counts, second, total, known = _read(indicator, names)
    reasons = [compile_condition(reason.when, names) for reason in indicator.left_out]
    reason: pl.Expr = pl.when(~known).then(pl.lit(len(reasons), pl.Int8))
    for place, when in reversed(list(enumerate(reasons))):
        reason = pl.when(when).then(pl.lit(place, pl.Int8)).otherwise(reason)
    start = local("call_t", log.zone).dt.date().dt.truncate(_STEP[indicator.period])
    keys = [*own, "start", "reason", "second"]
    return own, (
        rows.filter(compile_condition(indicator.among, names))
        .select(*own, start=start, reason=reason, second=second, counts=counts, total_ms=total)
        .with_columns(pl.when(pl.col("reason").is_null()).then("second").alias("second"))
        .group_by(keys)
        .agg(n=pl.len().cast(pl.Int64), cases=pl.col("counts").sum().cast(pl.Int64), total_ms=pl.col("total_ms").sum())
        .with_columns(pl.col(name).cast(pl.String).replace("", None).fill_null(UNKNOWN) for name in own)
    )


def _read(indicator: Indicator, names: Mapping[str, Value]) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Whether a row counts, its second, what is summed, and whether all that is known."""
    none = pl.lit(None, pl.Int32)
    if indicator.value is not None:
        seconds = compile_duration(indicator.value, names)
        return pl.lit(False), seconds.ceil().cast(pl.Int32), _ms(seconds), seconds.is_not_null()
    assert indicator.counts is not None
    counts = compile_condition(indicator.counts, names)
    if indicator.per is None or indicator.per == PER_DAY:
        return counts, none, pl.lit(0, pl.Int64), counts.is_not_null()
    seconds = compile_duration(indicator.per, names)
    return counts, none, _ms(seconds), counts.is_not_null() & seconds.is_not_null()


def _ms(seconds: pl.Expr) -> pl.Expr:
    return (seconds * 1000.0).round().cast(pl.Int64)
