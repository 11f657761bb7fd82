"""Count the rows of an indicator: by period, by whatever it is parted by, and by why rows are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import polars as pl

from beredt.indicators.catalogue.expression.compile import compile_condition, compile_duration
from beredt.indicators.catalogue.expression.names import Value, names_of
from beredt.indicators.catalogue.indicator import PER_DAY, Indicator
from beredt.indicators.catalogue.periods import Days, list_periods
from beredt.missions.checks.rule import marks_of
from beredt.missions.intervals import local
from beredt.missions.marks import has_mark
from beredt.missions.schema import STAMP, WORD
from beredt.missions.store import Store, is_unit_response

UNKNOWN = "unknown"
"""Key of rows that do not tell it."""

ROWS_AT_ONCE = 1_000_000
MERGED_AT = 16
"""So many parts of counts are put together at a time."""

_KEYS = ("start", "reason", "second")


class Log(NamedTuple):
    """The two tables of a store, perhaps with columns that a study has added, and what names may be asked beside them.

    `extra` adds names, such as `urban`, that both tables can tell. `tells_call` is false where the store holds the
    first alert in the place of the call, so that nobody knows how long calls were handled.
    """

    incidents: pl.LazyFrame
    missions: pl.LazyFrame
    zone: str
    extra: Mapping[str, Value] = {}
    tells_call: bool = True


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
    return Log(store.incidents(), store.missions(), store.info.zone, tells_call=store.info.call_from == "call_t")


def first_and_last_day(log: Log) -> Days | None:
    """Days of the first and the last call on the clocks of the log; None without any call."""
    ends = [local(end, log.zone).dt.date() for end in ("first", "last")]
    call = pl.col("call_t")
    found = log.incidents.select(first=call.min(), last=call.max()).collect().select(ends).row(0)
    return None if found[0] is None else (found[0], found[1])


def count_rows(
    log: Log,
    indicators: Sequence[Indicator],
    by: Sequence[str] = (),
    days: Days | None = None,
    *,
    responders_stop_the_clock: bool = False,
) -> list[Counted]:
    """Count the rows of every indicator in one go through the log, which may be larger than memory.

    Of missions those count that are a unit's response and repeat no other row.

    Args:
        log: Its tables.
        indicators: Whose names are all known.
        by: Columns by which they are parted; a table that lacks one is not parted by it.
        days: First and last day of the log; None without any call.
        responders_stop_the_clock: As in `incident_interval_s`.
    """
    found: dict[int, Counted] = {}
    for counting, rows in (("incident", log.incidents), ("mission", _responses(log.missions))):
        places = [place for place, one in enumerate(indicators) if one.counting == counting]
        if places:
            of_table = [indicators[place] for place in places]
            counted = _count_table(log, rows, of_table, by, days, responders_stop_the_clock)
            found.update(zip(places, counted, strict=True))
    return [found[place] for place in range(len(indicators))]


def _responses(missions: pl.LazyFrame) -> pl.LazyFrame:
    return missions.filter(is_unit_response() & ~has_mark(marks_of("duplicate", "near_duplicate")))


def _count_table(
    log: Log,
    rows: pl.LazyFrame,
    indicators: Sequence[Indicator],
    by: Sequence[str],
    days: Days | None,
    responders: bool,
) -> list[Counted]:
    columns = rows.collect_schema()
    own = tuple(name for name in by if name in columns)
    names = {
        **names_of(indicators[0].counting, log.zone, responders_stop_the_clock=responders),
        **log.extra,
    }
    readings = [_reading(one, names) for one in indicators]
    needed = {"call_t", *own, *(root for reading in readings for expr in reading for root in expr.meta.root_names())}
    periods = sorted({one.period for one in indicators})
    starts = {period: list_periods(period, days) if days else [] for period in periods}
    parts: list[list[pl.DataFrame]] = [[] for _ in indicators]
    for batch in rows.select(sorted(needed & set(columns))).collect_batches(chunk_size=ROWS_AT_ONCE):
        placed = batch.with_columns(
            *(_place(starts[period], log.zone).alias(f"@{period}") for period in periods),
            *(pl.col(name).cast(WORD) for name in own),
        )
        counted = pl.collect_all(
            [_counted(placed.lazy(), one, r, own) for one, r in zip(indicators, readings, strict=True)]
        )
        for part, new in zip(parts, counted, strict=True):
            part.append(new)
            if len(part) >= MERGED_AT:
                part[:] = [_together(part, own)]
    return [
        Counted(own, _named(_together(part, own), own, starts[one.period]))
        for part, one in zip(parts, indicators, strict=True)
    ]


def _place(starts: Sequence[date], zone: str) -> pl.Expr:
    """Number of the period in which a call lies, looked up among the moments at which they begin; null without one."""
    # Python's own clock: a midnight that is leapt over is the moment of the leap, one that comes twice the first.
    begins = [datetime.combine(start, time(), ZoneInfo(zone)).astimezone(UTC) for start in starts]
    moments = pl.Series("begins", begins, dtype=STAMP)
    found = pl.lit(moments).search_sorted(pl.col("call_t"), side="right").cast(pl.Int32) - 1
    return pl.when(pl.col("call_t").is_not_null()).then(found)


def _counted(rows: pl.LazyFrame, indicator: Indicator, reading: _Reading, own: Sequence[str]) -> pl.LazyFrame:
    return (
        rows.filter(reading.among)
        .select(
            *own,
            start=f"@{indicator.period}",
            reason=reading.reason,
            second=pl.when(reading.reason.is_null()).then(reading.second),
            counts=reading.counts,
            total_ms=reading.total_ms,
        )
        .group_by([*own, *_KEYS])
        .agg(n=pl.len().cast(pl.Int64), cases=pl.col("counts").sum().cast(pl.Int64), total_ms=pl.col("total_ms").sum())
    )


def _together(parts: Sequence[pl.DataFrame], own: Sequence[str]) -> pl.DataFrame:
    """The same counts with every key once."""
    sums = [pl.col(name).sum() for name in ("n", "cases", "total_ms")]
    return pl.concat(parts).group_by([*own, *_KEYS]).agg(sums) if parts else pl.DataFrame(schema=_schema(own))


def _named(cells: pl.DataFrame, own: Sequence[str], starts: Sequence[date]) -> pl.DataFrame:
    """Numbers of periods as their first days, and empty keys by the word for them."""
    first = pl.col("start").replace_strict(dict(enumerate(starts)), default=None, return_dtype=pl.Date)
    keys = [pl.col(name).cast(pl.String).replace("", None).fill_null(UNKNOWN) for name in own]
    return cells.with_columns(first.alias("start"), *keys)


def _schema(own: Sequence[str]) -> pl.Schema:
    counts = dict.fromkeys(("n", "cases", "total_ms"), pl.Int64())
    return pl.Schema(
        {**dict.fromkeys(own, WORD), "start": pl.Int32(), "reason": pl.Int8(), "second": pl.Int32(), **counts}
    )


class _Reading(NamedTuple):
    """What is read of each row: whether it is among them, the reason for which it is left out, whether it counts, its
    second, and what is summed.
    """

    among: pl.Expr
    reason: pl.Expr
    counts: pl.Expr
    second: pl.Expr
    total_ms: pl.Expr


def _reading(indicator: Indicator, names: Mapping[str, Value]) -> _Reading:
    counts, second, total_ms, known = _read(indicator, names)
    reasons = [compile_condition(reason.when, names) for reason in indicator.left_out]
    reason: pl.Expr = pl.when(~known).then(pl.lit(len(reasons), pl.Int8))
    for place, when in reversed(list(enumerate(reasons))):
        reason = pl.when(when).then(pl.lit(place, pl.Int8)).otherwise(reason)
    return _Reading(compile_condition(indicator.among, names), reason, counts, second, total_ms)


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
