"""A store as calibration looks at it: incidents in the areas of a study and the units sent to them, week by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.intensity import DAY_HOURS, WEEK_HOURS
from beredt.errors import StoreError
from beredt.indicators.observing.area_finder import make_area_finder
from beredt.missions.incident_table import RESPONDERS
from beredt.missions.intervals import local, mission_intervals
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.store import Store, is_unit_response
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]

DAYS_OF_YEAR = 365.25
BESIDE = (*RESPONDERS, "operations_leader")
"""Kinds of unit that come beside an ambulance and never instead of it."""

_STAMPS = ("created_t", "alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t")


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationLog:
    """Incidents that have a time, an urgency and an area of the study, and their missions.

    `incidents`: incident, area (row in the service), urgency, call_t, odd (its ISO week has an odd number), half (which
    of two halves its week belongs to, each with as many odd as even weeks), hour_of_week (0 is Monday 00:00–01:00 on
    the clocks of the log's zone). `missions`: row_id, incident, unit, station, destination (both as the log writes
    them), ambulance (no responder), planned, cancelled, age (of the patient), the stamps in seconds from the first
    call, the intervals in seconds (null where a stamp is missing or impossible), and area,
    urgency and odd of the incident. `days`: date, odd and half of every day that counts: those of weeks with any call,
    between the first call and the last. The counts are of incidents that are left out: without time or urgency, and
    outside all areas.
    """

    incidents: pl.DataFrame
    missions: pl.DataFrame
    days: pl.DataFrame
    zone: str
    unusable: int
    outside: int

    def years(self, *, odd: bool | None = None) -> float:
        """Length in years: of all weeks, of the odd or of the even ones."""
        return self._days(odd).height / DAYS_OF_YEAR

    def hours(self, *, odd: bool | None = None, half: bool | None = None) -> F8:
        """How often each hour of the week came, float64[168]: in all weeks, or in those."""
        days = self._days(odd)
        days = days if half is None else days.filter(pl.col("half") == half)
        weekday = days["date"].dt.weekday().to_numpy() - 1
        return np.repeat(np.bincount(weekday, minlength=WEEK_HOURS // DAY_HOURS).astype(np.float64), DAY_HOURS)

    def _days(self, odd: bool | None) -> pl.DataFrame:
        return self.days if odd is None else self.days.filter(pl.col("odd") == odd)


def read_log(study: Study, store: Store) -> CalibrationLog:
    """Look at a whole store.

    The urgency of an incident is the one it was given first, where the log knows it: units were sent and driven by it.

    Raises:
        StoreError: Nothing in the log has a time, an urgency and an area of the study.
    """
    zone = store.info.zone
    given = store.incidents().select(
        "incident",
        "call_t",
        "lat",
        "lon",
        pl.coalesce(_word("urgency_first"), _word("urgency")).alias("urgency"),
    )
    table = given.collect(engine="streaming")
    usable = table.filter(pl.col("call_t").is_not_null() & pl.col("urgency").is_in(list(URGENCIES)))
    lat, lon = (usable[name].fill_null(float("nan")).to_numpy() for name in ("lat", "lon"))
    placed = usable.with_columns(area=pl.Series(make_area_finder(study.service.areas).find(lat, lon)))
    kept = placed.filter(pl.col("area") >= 0).with_columns(clock=local("call_t", zone))
    if kept.is_empty():
        raise StoreError(
            store.path,
            "it has no incident with a time and an urgency inside the areas of the study: "
            "check that the log has positions, and that both are about the same region",
        )
    incidents = kept.select(
        "incident",
        "area",
        "urgency",
        "call_t",
        odd=_odd(pl.col("clock")),
        half=_half(pl.col("clock")),
        hour_of_week=(pl.col("clock").dt.weekday().cast(pl.Int32) - 1) * DAY_HOURS + pl.col("clock").dt.hour(),
    ).sort("call_t", "incident")
    return CalibrationLog(
        incidents=incidents,
        missions=_missions(store, incidents),
        days=_days(kept["clock"]),
        zone=zone,
        unusable=table.height - usable.height,
        outside=placed.height - kept.height,
    )


def _missions(store: Store, incidents: pl.DataFrame) -> pl.DataFrame:
    first = incidents["call_t"].min()
    own = incidents.select("incident", "area", "urgency", "odd")
    seconds = [
        pl.when(~has_mark(impossible_mask(stamp)))
        .then((pl.col(stamp) - pl.lit(first)).dt.total_milliseconds() / 1000.0)
        .alias(stamp.replace("_t", "_at"))
        for stamp in ("call_t", *_STAMPS)
    ]
    rows = (
        store.missions()
        .filter(is_unit_response())
        .select(
            "row_id",
            "incident",
            *(pl.col(name).cast(pl.String).fill_null("") for name in ("unit", "station", "destination")),
            (~pl.col("unit_kind").cast(pl.String).fill_null("").is_in(list(BESIDE))).alias("ambulance"),
            pl.col("planned").fill_null(False),
            "cancelled",
            "age",
            *seconds,
            *mission_intervals(["mobilisation", "travel", "on_scene", "transport", "handover"]),
        )
        .collect(engine="streaming")
    )
    return rows.join(own, on="incident", how="inner").sort("incident", "alerted_at", "row_id", nulls_last=True)


def _days(clock: pl.Series) -> pl.DataFrame:
    """Every day from the first to the last, but for weeks without any call: there the log was not kept."""
    dates = clock.dt.date()
    ordered = dates.sort()
    every = pl.DataFrame({"date": pl.date_range(ordered[0], ordered[-1], eager=True)})
    weeks = dates.dt.truncate("1w").unique()
    return every.filter(pl.col("date").dt.truncate("1w").is_in(weeks.implode())).with_columns(
        odd=_odd(pl.col("date")), half=_half(pl.col("date"))
    )


def _odd(moment: pl.Expr) -> pl.Expr:
    return moment.dt.week() % 2 == 1


def _half(moment: pl.Expr) -> pl.Expr:
    return moment.dt.week() // 2 % 2 == 1


def _word(name: str) -> pl.Expr:
    """A word, null where it is empty."""
    text = pl.col(name).cast(pl.String)
    return pl.when(text != "").then(text)
