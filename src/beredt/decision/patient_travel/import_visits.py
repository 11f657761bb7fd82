"""Visits as a study brings them, one by one."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from beredt.decision.patient_travel.visits import Visits
from beredt.model.area import Area
from beredt.roads.flat import flat_km


def import_visits(table: pl.DataFrame, areas: tuple[Area, ...]) -> Visits:
    """The rows of `patient_trips`, by day and time; a home belongs to the area whose people are nearest."""
    rows = table.sort("day", "appointment", "id")
    days = sorted(set(rows["day"].to_list()))
    destinations = tuple(sorted(set(rows["destination"].to_list())))
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    around = (float(lat.mean()), float(lon.mean()))
    there = flat_km(lat, lon, around)
    home = flat_km(rows["lat"].to_numpy(), rows["lon"].to_numpy(), around)
    away = np.hypot(home[:, None, 0] - there[None, :, 0], home[:, None, 1] - there[None, :, 1])
    appointment = rows["appointment"].to_numpy().astype(np.float64)
    needs = rows["needs"].to_numpy()
    return Visits(
        day=np.array([days.index(day) for day in rows["day"].to_list()], np.int64),
        weekday=np.array([date.fromisoformat(day).isoweekday() for day in days], np.int64),
        area=away.argmin(axis=1).astype(np.int64),
        destination=np.array([destinations.index(one) for one in rows["destination"].to_list()], np.int64),
        destinations=destinations,
        appointment_s=appointment,
        ready_s=appointment + 60.0 * rows["visit_min"].to_numpy(),
        seats=1 + rows["companion"].to_numpy().astype(np.int64),
        wheelchair=needs == "wheelchair",
        stretcher=needs == "stretcher",
        generated=False,
    )
