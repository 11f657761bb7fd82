"""The figures that patient travel is worked out from, as a study gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.ranges import CASES, Range, read_ranges
from beredt.demand.population import AGE_BANDS

F8 = NDArray[np.float64]
MIN_S = 60.0
ALL_AGES = "all"

CALL_FIGURES = ("calls_per_trip", "away_share", "roam_km")
TRIP_FIGURES = (
    "wheelchair_share", "stretcher_share", "companion_share", "visit_min", "first_appointment_h", "last_appointment_h",
)  # fmt: skip
RULE_FIGURES = (
    "margin_min", "bus_wait_min", "walk_km", "feeder_km", "pool_patients", "pool_seats", "pool_wait_min", "detour_min",
    "stop_min", "least_saved_km",
)  # fmt: skip
CLIMATE_FIGURES = ("taxi_co2_kg_per_km", "bus_co2_kg_per_km")
PRICE_FIGURES = ("taxi_nok_per_trip", "taxi_nok_per_km", "bus_nok_per_km")
RATE = "trips_per_1000"


@dataclass(frozen=True, slots=True)
class Rules:
    """How patients may travel, at the likely value of every figure.

    Times in seconds, distances in km by road. `margin_s`: to be at the hospital before the appointment; `bus_wait_s`,
    `pool_wait_s`: the longest wait; `walk_km`, `feeder_km`: to a stop on foot, and by taxi; `pool_patients`,
    `pool_seats`: of one shared taxi; `detour_s`: how much longer one patient may ride than alone; `stop_s`: at a door;
    `least_saved_km`: what a bus ride or a pool must save.
    """

    margin_s: float
    bus_wait_s: float
    walk_km: float
    feeder_km: float
    pool_patients: int
    pool_seats: int
    pool_wait_s: float
    detour_s: float
    stop_s: float
    least_saved_km: float


def read_figures(frame: pl.DataFrame | None) -> Mapping[str, Range]:
    """The figures that hold for all ages, by name."""
    return read_ranges(None if frame is None or frame.is_empty() else frame.filter(pl.col("age_band") == ALL_AGES))


def read_trip_rates(frame: pl.DataFrame | None) -> Mapping[str, F8] | None:
    """Planned one-way trips per 1,000 residents and year, [10] by age band, for the cases low, likely and high.

    A band without a row has the figure for all ages; None where a band has neither.
    """
    if frame is None or frame.is_empty():
        return None
    rows = frame.filter(pl.col("figure") == RATE)
    found = {row["age_band"]: Range(row["low"], row["likely"], row["high"]) for row in rows.iter_rows(named=True)}
    bands = [found.get(band, found.get(ALL_AGES)) for band in AGE_BANDS]
    known = [one for one in bands if one is not None]
    if len(known) < len(bands):
        return None
    return {case: np.array([one.case(case) for one in known]) for case in CASES}


def rules_of(figures: Mapping[str, Range]) -> Rules | None:
    """The rules, None where a figure is missing."""
    if any(name not in figures for name in RULE_FIGURES):
        return None
    value = {name: figures[name].likely for name in RULE_FIGURES}
    return Rules(
        margin_s=value["margin_min"] * MIN_S,
        bus_wait_s=value["bus_wait_min"] * MIN_S,
        walk_km=value["walk_km"],
        feeder_km=value["feeder_km"],
        pool_patients=int(value["pool_patients"]),
        pool_seats=int(value["pool_seats"]),
        pool_wait_s=value["pool_wait_min"] * MIN_S,
        detour_s=value["detour_min"] * MIN_S,
        stop_s=value["stop_min"] * MIN_S,
        least_saved_km=value["least_saved_km"],
    )
