"""A simulated year as a table of missions, one row per incident and unit that served it."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.observed import Frame, Year
from beredt.model.urgency import URGENCIES

FIRST = ("replication", "incident_id", "unit_id", "response_s", "queued", "bumped")
"""Columns that stand first."""

ROLES = ("primary", "second", "responder", "carrier")


def missions_table(frame: Frame, year: Year, replication: int, own_id: NDArray[np.int64] | None = None) -> pl.DataFrame:
    """Lay out the missions of one replication: simulated answers to generated calls, or to those of a trace.

    Args:
        frame: of the alternative.
        year: what happened.
        replication: its number, the first column.
        own_id: [I] the trace's own number of each incident; None for generated calls.

    Returns:
        Rows by (incident_id, assign_s, unit_id). `incident_id` numbers the incidents of the replication in order of
        their call, warm-up and cool-down included; those of a trace keep its own numbers, and only units that served
        them have rows: a unit that was taken off on its way has none.
        Times are seconds from simulated time 0; times that did not come
        (an incident still without a unit at the end, a unit diverted on its way) are empty. An incident without any
        unit has one row without `unit_id`. `response_s` is that of the incident: from its call to the first unit
        that stops the clock.
    """
    calls, missions = year.incidents, year.missions
    waiting = np.setdiff1d(np.arange(len(calls.call_t)), missions.incident[missions.diverted == 0])
    response_s = _response_s(frame, year)
    sent = pl.DataFrame(
        {
            "incident_id": missions.incident,
            "unit_id": np.array(frame.unit_ids)[missions.unit] if len(missions.unit) else np.array([], str),
            "kind": np.array(frame.kind_ids)[frame.unit_kind[missions.unit]]
            if len(missions.unit)
            else np.array([], str),
            "role": np.array(ROLES)[missions.role],
            "diverted": missions.diverted.astype(np.bool_),
            "assign_s": missions.assign_t,
            "roll_s": missions.roll_t,
            "scene_s": missions.scene_t,
            "leave_s": missions.leave_t,
            "delivery_s": missions.dest_t,
            "free_s": missions.free_t,
            "drive_km": missions.drive_km,
            "transport_km": missions.transport_km,
        }
    )
    alone = pl.DataFrame({"incident_id": waiting.astype(np.int32)})
    if own_id is not None:
        sent = sent.filter(~pl.col("diverted"))
    rows = pl.concat([sent, alone], how="diagonal").with_columns(pl.lit(replication, pl.Int32).alias("replication"))
    at = rows["incident_id"].to_numpy()
    times = [name for name in rows.columns if name.endswith("_s")]
    return (
        rows.with_columns(
            pl.Series("incident_id", at if own_id is None else own_id[at]),
            pl.Series("urgency", np.array(URGENCIES)[calls.urgency[at]]),
            pl.Series("area", np.array(frame.area_ids)[calls.area[at]]),
            pl.Series("call_s", calls.call_t[at]),
            pl.Series("ready_s", calls.ready_t[at]),
            pl.Series("response_s", response_s[at]),
            pl.Series("queued", calls.queued[at].astype(np.bool_)),
            pl.Series("held", calls.held[at].astype(np.bool_)),
            pl.Series("bumped", calls.bumped[at]),
        )
        .with_columns(pl.col(*times, "response_s").replace([np.inf, np.nan], None))
        .select(*FIRST, pl.exclude(*FIRST))
        .sort("incident_id", "assign_s", "unit_id")
    )


def _response_s(frame: Frame, year: Year) -> np.ndarray:
    """Seconds from each call to the first unit that stops the clock, inf without one; float64[I]."""
    missions = year.missions
    counts = frame.unit_stops_clock[missions.unit] & (missions.diverted == 0)
    first = np.full(len(year.incidents.call_t), np.inf)
    np.minimum.at(first, missions.incident[counts], missions.scene_t[counts])
    response_s: np.ndarray = first - year.incidents.call_t
    return response_s


def counted(frame: Frame, year: Year) -> np.ndarray:
    """Whether each incident falls in the days that count, bool[I]."""
    call_t = year.incidents.call_t
    inside: np.ndarray = (call_t >= frame.start_s) & (call_t < frame.end_s)
    return inside


def responses(frame: Frame, year: Year) -> tuple[np.ndarray, np.ndarray]:
    """Response seconds of the incidents that count (inf: still waiting), and each one's target (inf: none)."""
    inside = counted(frame, year)
    calls = year.incidents
    return _response_s(frame, year)[inside], frame.area_target_s[calls.area[inside], calls.urgency[inside]]
