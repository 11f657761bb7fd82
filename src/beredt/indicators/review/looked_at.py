"""What the rules of review look at: a stretch of a log, and what else is known of the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import polars as pl

from beredt.indicators.review.settings import ReviewSettings
from beredt.indicators.review.station_times import StationTimes
from beredt.missions.checks.rule import marks_of
from beredt.missions.intervals import incident_interval_s, mission_interval_s
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.schema import STAMPS
from beredt.missions.store import Store, is_unit_response

AROUND = timedelta(days=2)
"""Missions so long before and after the stretch are read too: they tell which units were on duty."""

FLAGS = pl.Schema(
    {
        "rule": pl.String(),
        "incident": pl.Int64(),
        "row_id": pl.Int64(),
        "value": pl.Float64(),
        "limit": pl.Float64(),
        "detail": pl.String(),
    }
)
"""A flag: the rule, the incident, the mission it is about (null for the whole incident), what was measured and its
limit (null without one) in the rule's unit, and words such as the name of a unit."""

_MISSION_COLUMNS = (
    *("row_id", "incident", "unit", "unit_kind", "station", "organisation", "urgency", "urgency_first", "cancelled"),
    *("lat", "lon", "municipality", "age", "patient", "marks", *STAMPS),
)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A stretch of a log.

    `incidents` have their columns and `response_s`, `handling_s` and `urban` (null where nobody knows); `missions` are
    the unit responses of these incidents, repeats left out, with `mobilisation_s`, `travel_s`, `on_scene_s` and
    `handover_s`; `around` are those of two days before and after as well. Impossible stamps are empty.
    `station_times` tells how far it is from stations, None when nobody knows; `responsible` which organisation serves a
    municipality, as far as a study tells.
    """

    incidents: pl.DataFrame
    missions: pl.DataFrame
    around: pl.DataFrame
    settings: ReviewSettings
    station_times: StationTimes | None = None
    responsible: Mapping[str, str] = field(default_factory=dict)


def look_at(
    store: Store,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    settings: ReviewSettings | None = None,
    urban: Mapping[str, bool] | None = None,
    station_times: StationTimes | None = None,
    responsible: Mapping[str, str] | None = None,
) -> LookedAt:
    """Read a stretch of a store.

    Args:
        store: Whole.
        since: First call, inclusive; None for the first of the log.
        until: Calls before this; None for all.
        settings: Limits [default: those of `ReviewSettings`].
        urban: By municipality as the log writes it, whether the urban target holds.
        station_times: As in LookedAt.
        responsible: As in LookedAt.
    """
    within = _calls(since, until, timedelta(0))
    response = incident_interval_s("response", responders_stop_the_clock=True)
    is_urban = pl.col("municipality").cast(pl.String).replace_strict(urban or {}, default=None, return_dtype=pl.Boolean)
    incidents = store.incidents().filter(within).with_columns(
        response.alias("response_s"), incident_interval_s("handling").alias("handling_s"), is_urban.alias("urban")
    )  # fmt: skip
    responses = is_unit_response() & ~has_mark(marks_of("duplicate", "near_duplicate"))
    names = ("mobilisation", "travel", "on_scene", "handover")
    around = (
        store.missions()
        .filter(_calls(since, until, AROUND) & responses)
        .select(*_MISSION_COLUMNS, *(mission_interval_s(name).alias(f"{name}_s") for name in names))
        .with_columns(pl.when(~has_mark(impossible_mask(stamp))).then(stamp).alias(stamp) for stamp in STAMPS)
        .sort("call_t", "incident", "alerted_t", "row_id", nulls_last=True)
    )
    found, missions = pl.collect_all([incidents, around])
    return LookedAt(
        incidents=found.sort("call_t", "incident", nulls_last=True),
        missions=missions.join(found.select("incident"), on="incident", how="semi", maintain_order="left"),
        around=missions,
        settings=settings or ReviewSettings(),
        station_times=station_times,
        responsible=responsible or {},
    )


def _calls(since: datetime | None, until: datetime | None, margin: timedelta) -> pl.Expr:
    inside = pl.lit(True)
    if since is not None:
        inside = inside & (pl.col("call_t") >= since - margin)
    if until is not None:
        inside = inside & (pl.col("call_t") < until + margin)
    return inside
