"""A stretch of a log as a `Year`: what happened, as every tally reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.observed import (
    F8,
    NONE,
    PRIMARY,
    RESPONDER,
    SECOND,
    Frame,
    ObservedIncidents,
    ObservedMissions,
    ObservedStints,
    Year,
)
from beredt.indicators.observing.days import clock_shift_ms, seconds_from
from beredt.indicators.observing.work import BEGIN, END, WORK_STAMPS, with_work
from beredt.model.urgency import URGENCIES, urgency_code

UNKNOWN_URGENCY = urgency_code("V")
"""An incident whose urgency nobody noted counts as ordinary: it may not lift or lower the figures of acute ones."""

ASSUMED = ("free_missing", "free_too_late", "overlapped")
"""Columns of `stretch_of_log` that tell what was assumed about a mission's work."""


def stretch_of_log(
    missions: pl.DataFrame, incidents: pl.DataFrame, zone: str, start: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lay the stamps of missions and incidents on the axis of seconds, and work out when units were at work.

    Args:
        missions: rows of the mission store, those without any stamp of work left out by the caller or not.
        incidents: rows of the store, at least those of all the missions.
        zone: IANA name of the log's clock.
        start: the day at whose midnight the axis begins.

    Returns:
        Missions with `begin_s`, `end_s` and all stamps as seconds, only those that have any stamp; incidents with
        `call_s` and the number of their row. Both in order of time.
    """
    anchored = incidents.join(
        missions.group_by("incident").agg(first_stamp=pl.min_horizontal(pl.col(WORK_STAMPS).min())),
        on="incident",
        how="left",
    ).with_columns(shift_ms=clock_shift_ms(pl.coalesce("call_t", "first_stamp"), zone))
    told = (
        anchored.with_columns(
            call_s=seconds_from(pl.col("call_t"), pl.col("shift_ms"), start),
            anchor_s=seconds_from(pl.coalesce("call_t", "first_stamp"), pl.col("shift_ms"), start),
        )
        .sort("anchor_s", "incident", nulls_last=True)
        .with_row_index("incident_row")
    )
    stamped = missions.join(
        told.select("incident", "incident_row", "shift_ms", "anchor_s"), on="incident", how="inner"
    ).with_columns(
        seconds_from(pl.col("created_t"), pl.col("shift_ms"), start).alias("made_s"),
        *(seconds_from(pl.col(name), pl.col("shift_ms"), start).alias(name) for name in WORK_STAMPS),
    )
    working = with_work(stamped).filter(pl.col(BEGIN).is_not_null())
    return working.sort(BEGIN, "row_id"), told


def year_of_stretch(frame: Frame, missions: pl.DataFrame, incidents: pl.DataFrame) -> Year:
    """Lay a stretch out as a year.

    A unit could be chosen when the mission was made, or, where nobody says when that was, when the first was at work.
    Nothing in a log says whether an incident has waited for want of a unit, was held back, or whether another centre
    was asked: those columns say no, and `measures_a_log_knows` leaves out what is made of them.

    Args:
        frame: whose units and areas the rows belong to.
        missions: as from `stretch_of_log`, with `unit_row` and `area` beside.
        incidents: as from `stretch_of_log`, with `area`, the row of the area or -1.
    """
    primary = frame.unit_primary
    unit = missions["unit_row"].to_numpy().astype(np.int32)
    return Year(
        incidents=_incidents(missions, incidents),
        missions=ObservedMissions(
            incident=missions["incident_row"].to_numpy().astype(np.int32),
            unit=unit,
            role=_roles(missions, primary[unit]),
            diverted=(missions["cancelled"].fill_null(False) & missions["scene_t"].is_null())
            .to_numpy()
            .astype(np.int8),
            assign_t=_seconds(missions[BEGIN]),
            roll_t=_seconds(missions["rolling_t"]),
            scene_t=_seconds(missions["scene_t"]),
            leave_t=_seconds(missions["leave_t"]),
            dest_t=_seconds(missions["dest_t"]),
            free_t=_seconds(missions[END]),
            drive_km=missions["km"].cast(pl.Float64).fill_null(0.0).fill_nan(0.0).to_numpy(),
            transport_km=np.zeros(len(unit)),
        ),
        stints=_no_stints(),
    )


def urgency_codes(urgency: pl.Series) -> NDArray[np.int8]:
    """Codes of A, H and V; ordinary where nothing is known."""
    codes: Mapping[str, int] = {name: urgency_code(name) for name in URGENCIES}
    return (
        urgency.cast(pl.String).replace_strict(codes, default=UNKNOWN_URGENCY, return_dtype=pl.Int8).to_numpy().copy()
    )


def _incidents(missions: pl.DataFrame, incidents: pl.DataFrame) -> ObservedIncidents:
    count = len(incidents)
    call_t = _seconds(incidents["call_s"])
    made_t, first_work = _earliest(missions, "made_s", count), _earliest(missions, BEGIN, count)
    believed = (made_t >= call_t) & (made_t <= first_work)
    sent_t = np.where(np.isfinite(first_work), np.fmax(first_work, call_t), call_t)
    ready_t = np.where(believed, made_t, sent_t)
    nothing, never = np.zeros(count, np.int8), np.full(count, NONE, np.int32)
    return ObservedIncidents(
        call_t=call_t,
        ready_t=ready_t,
        urgency=urgency_codes(incidents["urgency"]),
        area=incidents["area"].fill_null(NONE).to_numpy().astype(np.int32),
        queued=nothing,
        held=nothing,
        bumped=np.zeros(count, np.int32),
        asked=never,
        second_missing=nothing,
    )


def _earliest(missions: pl.DataFrame, column: str, incidents: int) -> F8:
    """The earliest moment among the missions of each incident, inf where there is none."""
    found = np.full(incidents, np.inf)
    np.fmin.at(found, missions["incident_row"].to_numpy(), _seconds(missions[column]))
    return found


def _roles(missions: pl.DataFrame, primary: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The first unit at work that can be primary is it, further such units are second, all others responders."""
    of_primary = missions.select("incident_row", primary=pl.Series(primary))
    number = of_primary.select(pl.col("primary").cum_sum().over("incident_row")).to_series().to_numpy()
    role: NDArray[np.int8] = np.where(primary, np.where(number > 1, SECOND, PRIMARY), RESPONDER).astype(np.int8)
    return role


def _seconds(column: pl.Series) -> F8:
    """Float64, nan where there is no stamp."""
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy().copy()


def _no_stints() -> ObservedStints:
    none = np.zeros(0)
    return ObservedStints(np.zeros(0, np.int32), np.zeros(0, np.int8), none, none, none, none)
