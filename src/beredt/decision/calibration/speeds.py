"""How fast units drive, of a log: the factor on the roads' own seconds, by urgency and with a patient.

Of every drive whose ends are known, r = ln(observed / (roads' seconds · factor of the hour)). A simulated drive has the
factor f·exp(σz − σ²/2), with z normal and σ the study's `travel.noise_sigma`, so that its median is f·exp(−σ²/2). Hence

    ln f = (n·(median r + σ²/2) + k·ln f₀) / (n + k)

in which the study's own factor f₀ weighs as much as k = `PRIOR` drives. Drives to incidents are those of units that
stood at home; drives with a patient go from the scene to the destination.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.demand.intensity import WEEK_HOURS
from beredt.model.study import Study

F8 = NDArray[np.float64]

PRIOR = 20.0
SHORTEST_S = 60.0
"""Shorter drives, seen or on the map, are mostly the press of a button and the size of an area."""

TRANSPORT, RETURN = "transport", "return"
NO_PLACES, NO_STAMP = "no_places", "no_stamp"
"""Reasons to keep a factor: no drive has two known ends, and no log has the time of a drive home."""


def calibrate_speeds(study: Study, log: CalibrationLog, missions: pl.DataFrame) -> list[Change]:
    """Hold every factor against the log; the error is the mean absolute one of a drive in seconds."""
    sigma = study.service.noise_sigma
    drives = drives_of(study, log, missions)
    nothing = float("nan"), float("nan")
    changes = []
    for row in study.service.speeds:
        key, before = {"purpose": row.purpose}, {"factor": row.factor}
        if row.purpose == RETURN:
            changes.append(Change("speeds", key, before, before, 0, 0, *nothing, NO_STAMP))
            continue
        own = drives.filter(pl.col("purpose") == row.purpose)
        if own.is_empty():
            changes.append(Change("speeds", key, before, before, 0, 0, *nothing, NO_PLACES))
            continue
        odd, even = (own.filter(pl.col("odd") == side) for side in (True, False))
        errors = nothing
        if not even.is_empty():
            fitted = fit_factor(odd, row.factor, sigma)
            errors = mean_miss_s(even, row.factor, sigma), mean_miss_s(even, fitted, sigma)
        after = {"factor": round(fit_factor(own, row.factor, sigma), 4)}
        reason = reason_to_keep(odd.height, even.height, *errors)
        changes.append(Change("speeds", key, before, after, own.height, even.height, *errors, reason))
    return changes


def drives_of(study: Study, log: CalibrationLog, missions: pl.DataFrame) -> pl.DataFrame:
    """Drives with two known ends: purpose, odd, seen_s (observed), road_s (the roads' seconds in that hour)."""
    pace = np.ones(WEEK_HOURS)
    for hour in study.service.travel_hours:
        pace[hour.hour_of_week] = hour.true_factor
    hours = log.incidents.select("incident", pace=pl.Series(pace[log.incidents["hour_of_week"].to_numpy()]))
    rows = missions.join(hours, on="incident", maintain_order="left")
    arrived = ~pl.col("cancelled")
    to_scene = rows.filter(arrived & (pl.col("stood") == "home")).select(
        purpose="urgency", odd="odd", seen_s="travel", road_s=pl.col("station_s") * pl.col("pace")
    )
    away = rows.filter(arrived & pl.col("ambulance")).select(
        purpose=pl.lit(TRANSPORT), odd="odd", seen_s="transport", road_s=pl.col("transport_s") * pl.col("pace")
    )
    return pl.concat([to_scene, away]).filter((pl.col("seen_s") >= SHORTEST_S) & (pl.col("road_s") >= SHORTEST_S))


def fit_factor(drives: pl.DataFrame, own: float, sigma: float) -> float:
    """The factor of the module's formula."""
    if drives.is_empty():
        return own
    ratio = np.log(drives["seen_s"].to_numpy() / drives["road_s"].to_numpy())
    told = float(np.median(ratio)) + sigma**2 / 2.0
    return float(np.exp((len(ratio) * told + PRIOR * np.log(own)) / (len(ratio) + PRIOR)))


def mean_miss_s(drives: pl.DataFrame, factor: float, sigma: float) -> float:
    """Mean absolute difference, in seconds, between drives and their median as it would be simulated."""
    told: F8 = drives["road_s"].to_numpy() * factor * np.exp(-(sigma**2) / 2.0)
    return float(np.mean(np.abs(drives["seen_s"].to_numpy() - told)))
