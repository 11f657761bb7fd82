"""When and where incidents come: counts by hour, weekday, month and municipality, small ones left out."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.indicators.count_alike import count_alike
from beredt.indicators.log.codes import UNKNOWN
from beredt.indicators.log.dimensions import NONE_KEY, WEEKDAYS, clock_of
from beredt.indicators.log.report_table import report_table
from beredt.indicators.log.rows import ROWS_AT_ONCE
from beredt.indicators.suppress import ALL, THRESHOLD, protect
from beredt.missions.schema import WORD
from beredt.model.urgency import URGENCIES

BREAKDOWNS = ("municipality", "hour", "weekday", "month")
_KEYS = {"municipality": WORD, **dict.fromkeys(("hour", "weekday", "month"), pl.Int32())}


def incident_counts_table(incidents: pl.LazyFrame, zone: str, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The table `incident_counts`: all incidents, and those of each key of each breakdown, by urgency.

    Those without an urgency have a row of their own only in all together.

    Args:
        incidents: of a store, placed by a study or as they are.
        zone: IANA name of the log's clock.
        threshold: Counts below it are left out, and what would give them away.
    """
    parts = {by: [pl.DataFrame(schema={"urgency": WORD, by: dtype, "n": pl.Int64()})] for by, dtype in _KEYS.items()}
    for some in incidents.select("urgency", "municipality", "call_t").collect_batches(chunk_size=ROWS_AT_ONCE):
        # One thing at a time: all keys at once have as many groups as there are rows.
        clock = clock_of(some["call_t"], zone).select(pl.all().replace(UNKNOWN, None))
        rows = some.hstack(clock)
        for by, own in parts.items():
            own.append(count_alike(rows.select("urgency", by)))
    told = {by: pl.concat(own).group_by("urgency", by).agg(pl.col("n").sum()) for by, own in parts.items()}
    return report_table("incident_counts", _protected(_with_margins(told), threshold))


def _keys() -> dict[str, pl.Expr]:
    """The keys of a count as words."""
    place, urgency = (pl.col(name).cast(pl.String).fill_null("") for name in ("municipality", "urgency"))
    year, month = (pl.col("month") // 12).cast(pl.String), (pl.col("month") % 12 + 1).cast(pl.String)
    return {
        "urgency": pl.when(urgency.is_in(list(URGENCIES))).then(urgency).otherwise(pl.lit(NONE_KEY)),
        "municipality": pl.when(place == "").then(pl.lit(NONE_KEY)).otherwise(place),
        "hour": pl.col("hour").cast(pl.String).str.zfill(2).fill_null(NONE_KEY),
        "weekday": pl.col("weekday")
        .replace_strict(dict(enumerate(WEEKDAYS)), default=None, return_dtype=pl.String)
        .fill_null(NONE_KEY),
        "month": pl.format("{}-{}", year.str.zfill(4), month.str.zfill(2)).fill_null(NONE_KEY),
    }


def _with_margins(told: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Counts by urgency and at most one key; `ALL` in the place of the others."""
    keys, parts = _keys(), []
    for by, counts in told.items():
        others = {name: pl.lit(ALL) for name in BREAKDOWNS if name != by}
        own = counts.select(urgency=keys["urgency"], n="n", **{by: keys[by]}, **others)
        parts.append(own.with_columns(by=pl.lit(by), key=pl.col(by)))
    nothing = {name: pl.lit(ALL) for name in ("by", "key", *BREAKDOWNS)}
    parts.append(parts[0].with_columns(**nothing))
    rows = pl.concat(parts, how="diagonal")
    rows = pl.concat([rows, rows.with_columns(pl.lit(ALL).alias("urgency"))])
    names = ("by", "key", "urgency", *BREAKDOWNS)
    return rows.group_by(names).agg(pl.col("n").sum()).sort(names)


def _protected(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    # How few incidents of an hour nobody gave an urgency is a matter of the log, and must not cost the hour.
    told = rows.filter((pl.col("urgency") != NONE_KEY) | (pl.col("by") == ALL))
    keys = ["urgency", *BREAKDOWNS]
    found = protect(told, keys, ["n"], {}, threshold=threshold, harmless_rests=["urgency"])
    return found.table.select("by", "key", "urgency", "n", suppressed=pl.col("n").is_null())
