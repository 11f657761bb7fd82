"""A store of missions as counts: incidents by area, urgency and hour of the call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.demand.forecast.counts import Counts, compact
from beredt.errors import OptionError
from beredt.missions.store import Store

AREAS = ("all", "municipality", "district", "tettsted")
"""What incidents can be put together by."""

UNKNOWN = "unknown"
"""Area or urgency of an incident that the log does not tell of."""

FEW = 0.2
"""A month at either end of a log with less than this share of a usual one is taken as outside of it."""


class Counted(NamedTuple):
    """Counts, and what could not be counted.

    without_time: Incidents of which the log does not know when they were called in.
    outside: Incidents before the first or after the last whole day of the log.
    """

    counts: Counts
    without_time: int
    outside: int


def count_store(
    store: Store, by: str = "municipality", step_min: int = 60, groups: Mapping[str, str] | None = None
) -> Counted:
    """Count the incidents of a store from its first whole local day to its last.

    Incidents are counted when they were called in, or when the first unit was alerted where the log knows no call.

    Args:
        store: The log.
        by: One of AREAS.
        step_min: 60 or 30.
        groups: Group of each area; areas that are not in it become UNKNOWN [default: every area for itself].

    Raises:
        OptionError: The store has no incident with a time.
    """
    area = pl.lit("all") if by == "all" else pl.col(by).cast(pl.String)
    if groups is not None:
        area = area.replace_strict(dict(groups), default=UNKNOWN, return_dtype=pl.String)
    rows = store.incidents().select(
        time=pl.coalesce("call_t", "first_alerted_t"),
        area=pl.when(area.fill_null("") == "").then(pl.lit(UNKNOWN)).otherwise(area),
        urgency=pl.when(pl.col("urgency").cast(pl.String).fill_null("") == "")
        .then(pl.lit(UNKNOWN))
        .otherwise(pl.col("urgency").cast(pl.String)),
        lat="lat",
        lon="lon",
        count=pl.lit(1, pl.Int64),
    )
    timed = rows.filter(pl.col("time").is_not_null()).collect(engine="streaming")
    without_time = int(rows.select(pl.col("time").is_null().sum()).collect().item())
    if timed.is_empty():
        raise OptionError("STORE", str(store.path), "no incident has a time", "import a log with times of calls")
    counts, outside = count_rows(timed, step_min, store.info.zone)
    return Counted(counts, without_time, outside)


def count_rows(rows: pl.DataFrame, step_min: int, zone: str) -> tuple[Counts, int]:
    """Lay rows out in time.

    Args:
        rows: time (aware), area, urgency, count, and perhaps lat and lon: an area is at the mean of the known ones.
        step_min: 60 or 30.
        zone: IANA time zone.

    Returns:
        The counts, and how many incidents are outside of them because they stand before the first or after the last
        whole day.
    """
    first, last = whole_days(rows, zone)
    since = pl.col("time").dt.epoch("s") - int(first.timestamp())
    inside = rows.with_columns(since=since).filter(
        pl.col("since").is_between(0, int((last - first).total_seconds()) - 1)
    )
    areas, urgencies = (tuple(sorted(inside[name].unique())) for name in ("area", "urgency"))
    steps = int((last - first) / timedelta(minutes=step_min))
    step = (inside["since"] // (step_min * 60)).to_numpy()
    place = {name: n for n, name in enumerate(areas)}
    kind = {name: n for n, name in enumerate(urgencies)}
    area = inside["area"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    urgency = inside["urgency"].replace_strict(kind, return_dtype=pl.Int64).to_numpy()
    flat = (step * len(areas) + area) * len(urgencies) + urgency
    total = np.bincount(flat, inside["count"].to_numpy(), steps * len(areas) * len(urgencies)).astype(np.uint32)
    lat = lon = None
    if "lat" in inside.columns:
        centre = inside.group_by("area").agg(pl.col("lat", "lon").mean()).sort("area")
        if centre["lat"].count():
            lat, lon = (centre[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("lat", "lon"))
    counts = Counts(
        first, step_min, zone, areas, urgencies, compact(total.reshape(steps, len(areas), len(urgencies))), lat, lon
    )
    return counts, int(rows["count"].sum()) - int(inside["count"].sum())


def whole_days(rows: pl.DataFrame, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the first whole day, and that after the last, in UTC, of rows with time and count.

    The first and the last day are whole when their first and last incident leave no room for doubt, which a log does
    not say; so both are left out. Days far from the others (a wrong year) do not stretch the log: at either end, days
    are passed over until the month that follows holds at least FEW of a usual month.
    """
    days = (
        rows.group_by(day=pl.col("time").dt.convert_time_zone(zone).dt.date())
        .agg(n=pl.col("count").sum())
        .sort("day")
        .upsample("day", every="1d")
    )
    n = days["n"].fill_null(0).to_numpy()
    usual = np.median(n[n > 0]) * 30
    around = np.convolve(n, np.ones(30), "full")
    after, before = around[29 : 29 + len(n)], around[: len(n)]
    begins = int(np.flatnonzero((after >= FEW * usual) & (n > 0))[0]) + 1
    ends = int(np.flatnonzero((before >= FEW * usual) & (n > 0))[-1])
    if ends - begins < 7:
        begins, ends = 0, len(n)
    day = days["day"]
    bounds = pl.Series([day[begins], day[ends - 1] + timedelta(days=1)]).cast(pl.Datetime("ms"))
    first, last = bounds.dt.replace_time_zone(zone, non_existent="null").dt.convert_time_zone("UTC").to_list()
    return first, last
