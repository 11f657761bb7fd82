"""When and where incidents come: counts by hour, weekday, month and municipality, small ones left out."""

from __future__ import annotations

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY, WEEKDAYS
from beredt.indicators.log.report_table import report_table
from beredt.indicators.suppress import ALL, THRESHOLD, protect
from beredt.missions.intervals import local
from beredt.model.urgency import URGENCIES

BREAKDOWNS = ("municipality", "hour", "weekday", "month")


def incident_counts_table(incidents: pl.LazyFrame, zone: str, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The table `incident_counts`: all incidents, and those of each key of each breakdown, by urgency.

    Those without an urgency have a row of their own only in all together.

    Args:
        incidents: of a store, placed by a study or as they are.
        zone: IANA name of the log's clock.
        threshold: Counts below it are left out, and what would give them away.
    """
    call, place = local("call_t", zone), pl.col("municipality").cast(pl.String).fill_null("")
    urgency = pl.col("urgency").cast(pl.String).fill_null("")
    keys = {
        "municipality": pl.when(place == "").then(pl.lit(NONE_KEY)).otherwise(place),
        "hour": call.dt.hour().cast(pl.String).str.zfill(2).fill_null(NONE_KEY),
        "weekday": (call.dt.weekday() - 1)
        .replace_strict(dict(enumerate(WEEKDAYS)), default=None, return_dtype=pl.String)
        .fill_null(NONE_KEY),
        "month": call.dt.strftime("%Y-%m").fill_null(NONE_KEY),
    }
    known = pl.when(urgency.is_in(list(URGENCIES))).then(urgency).otherwise(pl.lit(NONE_KEY))
    rows = (
        incidents.select(urgency=known, **keys)
        .group_by("urgency", *BREAKDOWNS)
        .agg(n=pl.len().cast(pl.Int64))
        .collect(engine="streaming")
    )
    return report_table("incident_counts", _protected(_with_margins(rows), threshold))


def _with_margins(rows: pl.DataFrame) -> pl.DataFrame:
    """Counts by urgency and at most one key; `ALL` in the place of the others."""
    by_urgency = [rows, rows.with_columns(pl.lit(ALL).alias("urgency"))]
    parts = []
    for by in (None, *BREAKDOWNS):
        for part in by_urgency:
            counted = part.with_columns(pl.lit(ALL).alias(one) for one in BREAKDOWNS if one != by)
            summed = counted.group_by("urgency", *BREAKDOWNS).agg(pl.col("n").sum())
            named = {"by": pl.lit(by or ALL), "key": pl.col(by) if by else pl.lit(ALL)}
            parts.append(summed.with_columns(**named))
    return pl.concat(parts).sort("by", "key", "urgency", *BREAKDOWNS)


def _protected(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    # How few incidents of an hour nobody gave an urgency is a matter of the log, and must not cost the hour.
    told = rows.filter((pl.col("urgency") != NONE_KEY) | (pl.col("by") == ALL))
    keys = ["urgency", *BREAKDOWNS]
    found = protect(told, keys, ["n"], {}, threshold=threshold, harmless_rests=["urgency"])
    return found.table.select("by", "key", "urgency", "n", suppressed=pl.col("n").is_null())
