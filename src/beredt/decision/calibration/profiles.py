"""When incidents happen in the week, of a log: counts by hour of the week, smoothed.

Three steps, by urgency. With c the counts of the 168 hours and e how often each came in the log:

1. The week as day × hour: m[d, h] = C·g[d]·f[h], g the share of incidents of a day and f that of a clock hour, each
   against how often it came, so that 31 figures are told from all counts.
2. Counts and hours are smoothed along the week with a bell of `BELL_H` hours, Sunday night joining Monday morning.
3. Each hour is (c̃ + k) / (ẽ + k/m): the pattern of step 1 weighs as much as k = `PRIOR` incidents.

Age plays no part: a profile holds for everybody.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.demand.intensity import DAY_HOURS, WEEK_HOURS, weekly_profile
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]

PRIOR = 20.0
"""So many incidents the day-by-hour pattern weighs in an hour of the week."""

BELL_H = 0.75
"""Standard deviation of the bell, hours."""

DAYS = WEEK_HOURS // DAY_HOURS


def calibrate_profiles(study: Study, log: CalibrationLog) -> tuple[list[Change], F8]:
    """Hold the profile of every urgency against the log.

    Returns:
        Changes without values, and the log's weights with mean 1, float64[3, 168]. The error is the Poisson deviance
        of the counts of even weeks, per hour of the week: about 1 where nothing but chance is left.
    """
    own = weekly_profile(study.service.profile)
    weeks = np.ones_like(own)
    changes = []
    for code, urgency in enumerate(URGENCIES):
        n, n_odd, n_even = (_counts(log, urgency, odd) for odd in (None, True, False))
        errors = np.nan, np.nan
        if n.sum():
            weeks[code] = fit_profile(n, log.hours())
        if n_odd.sum() and n_even.sum():
            fitted = fit_profile(n_odd, log.hours(odd=True))
            even = log.hours(odd=False)
            errors = mean_deviance(n_even, own[code] * even), mean_deviance(n_even, fitted * even)
        reason = reason_to_keep(int(n_odd.sum()), int(n_even.sum()), *errors)
        changes.append(
            Change("profile", {"urgency": urgency}, {}, {}, int(n.sum()), int(n_even.sum()), *errors, reason)
        )
    return changes, weeks


def fit_profile(counts: F8, hours: F8) -> F8:
    """Weights of the hours of the week, mean 1.

    Args:
        counts: [168] incidents, not all 0.
        hours: [168] how often each hour came; an hour that never came is told by its neighbours.
    """
    pattern = _day_by_hour(counts, hours)
    seen, came = _smooth(counts), _smooth(hours)
    weak = np.divide(PRIOR, pattern, out=np.zeros(WEEK_HOURS), where=pattern > 0.0)
    rate = np.divide(seen + PRIOR * (pattern > 0.0), came + weak, out=np.zeros(WEEK_HOURS), where=came + weak > 0.0)
    scaled: F8 = rate * (WEEK_HOURS / rate.sum())
    return scaled


def mean_deviance(counts: F8, shape: F8) -> float:
    """2/168 · Σ c·ln(c/m), m being `shape` scaled to the sum of the counts; infinite where it rules a count out."""
    total = shape.sum()
    if total <= 0.0:
        return float("inf")
    mean = shape * (counts.sum() / total)
    there = counts > 0.0
    if np.any(mean[there] <= 0.0):
        return float("inf")
    return float(2.0 * np.sum(counts[there] * np.log(counts[there] / mean[there])) / WEEK_HOURS)


def _counts(log: CalibrationLog, urgency: str, odd: bool | None) -> F8:
    rows = log.incidents.filter(pl.col("urgency") == urgency)
    rows = rows if odd is None else rows.filter(pl.col("odd") == odd)
    return np.bincount(rows["hour_of_week"].to_numpy(), minlength=WEEK_HOURS).astype(np.float64)


def _day_by_hour(counts: F8, hours: F8) -> F8:
    """Incidents per hour by day and clock hour as a product."""
    table, came = counts.reshape(DAYS, DAY_HOURS), hours.reshape(DAYS, DAY_HOURS)
    mean = counts.sum() / hours.sum()
    day, clock = (
        np.divide(
            table.sum(axis=a), came.sum(axis=a), out=np.full(table.shape[1 - a], mean), where=came.sum(axis=a) > 0
        )
        for a in (1, 0)
    )
    product: F8 = (day[:, np.newaxis] * clock / mean).ravel()
    return product


def _smooth(values: F8) -> F8:
    """A circular bell over the week that sums to 1."""
    away = np.arange(WEEK_HOURS)
    away = np.minimum(away, WEEK_HOURS - away)
    bell = np.exp(-0.5 * (away / BELL_H) ** 2)
    smooth: F8 = np.fft.irfft(np.fft.rfft(values) * np.fft.rfft(bell / bell.sum()), WEEK_HOURS)
    return np.maximum(smooth, 0.0)
