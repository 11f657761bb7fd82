"""Hours as they were planned and as they were staffed, by month and station."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import UNKNOWN, Fleet
from beredt.indicators.observing.roster_file import RosterFile
from beredt.indicators.suppress import ALL

MS_PER_HOUR = 3_600_000

KEYS = ("month", "station")


def roster_hours_table(roster: RosterFile, fleet: Fleet, days: ServiceDays) -> pl.DataFrame:
    """The table `roster_hours`: shifts cut off at the ends of months and of the days looked at.

    Args:
        roster: as read.
        fleet: the units of the log; units that it does not know have an unknown station.
        days: that are looked at.
    """
    home = dict(zip(fleet.unit, fleet.station, strict=True))
    start = datetime(days.start.year, days.start.month, days.start.day)
    shifts = _by_month(roster.shifts, start, start + timedelta(days=days.days)).with_columns(
        station=pl.col("unit").replace_strict(home, default=UNKNOWN, return_dtype=pl.String)
    )
    parts = [shifts]
    for key in KEYS:
        parts += [part.with_columns(pl.lit(ALL).alias(key)) for part in parts]
    hours = pl.concat(parts)
    staffed, missing = pl.col("ms").filter(pl.col("staffed")), pl.col("ms").filter(~pl.col("staffed"))
    found = hours.group_by(KEYS).agg(
        planned_h=pl.col("ms").sum() / MS_PER_HOUR,
        staffed_h=staffed.sum() / MS_PER_HOUR,
        not_staffed_h=missing.sum() / MS_PER_HOUR,
    )
    return report_table("roster_hours", found.join(_reasons(hours), on=KEYS, how="left").sort(KEYS))


def _by_month(shifts: pl.DataFrame, begin: datetime, end: datetime) -> pl.DataFrame:
    """The part of each shift in each month, with its `month` and its length in `ms`."""
    on, off = pl.max_horizontal("on", pl.lit(begin)), pl.min_horizontal("off", pl.lit(end))
    inside = shifts.with_columns(on.alias("on"), off.alias("off")).filter(pl.col("on") < pl.col("off"))
    months = pl.date_ranges(pl.col("on").dt.truncate("1mo").dt.date(), pl.col("off").dt.date(), "1mo")
    cut = (
        inside.with_columns(months.alias("first"))
        .explode("first")
        .with_columns(
            pl.max_horizontal("on", pl.col("first").cast(pl.Datetime("ms"))).alias("on"),
            pl.min_horizontal("off", pl.col("first").dt.offset_by("1mo").cast(pl.Datetime("ms"))).alias("off"),
        )
    )
    return cut.filter(pl.col("on") < pl.col("off")).select(
        "unit",
        "staffed",
        "reason",
        month=pl.col("first").dt.strftime("%Y-%m"),
        ms=(pl.col("off") - pl.col("on")).dt.total_milliseconds(),
    )


def _reasons(hours: pl.DataFrame) -> pl.DataFrame:
    """The hours that were not run by reason, as `vacant 24.0; workshop 8.0`."""
    by_reason = (
        hours.filter(~pl.col("staffed"))
        .group_by(*KEYS, "reason")
        .agg(hours=pl.col("ms").sum() / MS_PER_HOUR)
        .sort(*KEYS, "hours", "reason", descending=[False, False, True, False])
        .with_columns(pl.when(pl.col("reason") == "").then(pl.lit(UNKNOWN)).otherwise("reason").alias("reason"))
    )
    text = pl.format("{} {}", "reason", pl.col("hours").round(1))
    return by_reason.group_by(KEYS, maintain_order=True).agg(reasons=text.str.join("; "))
