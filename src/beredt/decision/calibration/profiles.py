"""When incidents happen in the week, of a log: counts by hour of the week, smoothed.

Three steps, by urgency. With c the counts of the 168 hours and e how often each came in the log:

1. The week as day × hour: m[d, h] = C·g[d]·f[h], g the share of incidents of a day and f that of a clock hour, each
   against how often it came, so that 31 figures are told from all counts. f is smoothed like step 2.
2. Counts and hours are smoothed along the week with a bell of b hours, Sunday night joining Monday morning.
3. Each hour is (c̃ + k) / (ẽ + k/m): the pattern of step 1 weighs as much as k incidents.

How smooth, b and k, is what foretells best: of all pairs in `BELLS_H` × `PRIORS` the one with which the two halves of
the weeks that are fitted to foretell each other best. Weeks kept for the test play no part in it.

Age plays no part: a profile holds for everybody.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.demand.intensity import DAY_HOURS, WEEK_HOURS, weekly_profile
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]

BELLS_H = (0.25, 0.5, 1.0, 2.0)
"""Standard deviations of the bell, hours; the narrowest leaves hours as they are."""

PRIORS = (5.0, 20.0, 100.0, 1000.0)
"""How many incidents the day-by-hour pattern may weigh in an hour of the week."""

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
        n, n_odd, n_even = (_seen(log, urgency, odd=odd) for odd in (None, True, False))
        errors = np.nan, np.nan
        if n.counts.sum():
            weeks[code] = fit_profile(n, *_halves(log, urgency, odd=None))
        if n_odd.counts.sum() and n_even.counts.sum():
            fitted = fit_profile(n_odd, *_halves(log, urgency, odd=True))
            errors = mean_deviance(n_even, own[code]), mean_deviance(n_even, fitted)
        total, fits, tests = (int(one.counts.sum()) for one in (n, n_odd, n_even))
        reason = reason_to_keep(fits, tests, *errors)
        changes.append(Change("profile", {"urgency": urgency}, {}, {}, total, tests, *errors, reason))
    return changes, weeks


class Seen(NamedTuple):
    """Incidents by hour of the week, and how often each hour came: float64[168] both."""

    counts: F8
    hours: F8


def fit_profile(seen: Seen, first: Seen, second: Seen) -> F8:
    """Weights of the hours of the week, mean 1, as smooth as lets the two halves foretell each other best.

    Args:
        seen: What is fitted to; not without incidents.
        first: One half of it.
        second: The other.
    """
    tried = list(product(BELLS_H, PRIORS))
    if not (first.counts.any() and second.counts.any()):
        return smooth_profile(seen, BELLS_H[-1], PRIORS[-1])
    errors = [
        mean_deviance(second, smooth_profile(first, bell_h, prior))
        + mean_deviance(first, smooth_profile(second, bell_h, prior))
        for bell_h, prior in tried
    ]
    return smooth_profile(seen, *tried[int(np.argmin(errors))])


def smooth_profile(seen: Seen, bell_h: float, prior: float) -> F8:
    """Weights of the hours of the week, mean 1, by the module's three steps.

    Args:
        seen: Not without incidents; an hour that never came is told by its neighbours.
        bell_h: Standard deviation of the bell, hours.
        prior: How many incidents the pattern of days and clock hours weighs.
    """
    pattern = _day_by_hour(seen, bell_h)
    counts, hours = _smooth(seen.counts, bell_h), _smooth(seen.hours, bell_h)
    weak = np.divide(prior, pattern, out=np.zeros(WEEK_HOURS), where=pattern > 0.0)
    below = hours + weak
    rate = np.divide(counts + prior * (pattern > 0.0), below, out=np.zeros(WEEK_HOURS), where=below > 0.0)
    scaled: F8 = rate * (WEEK_HOURS / rate.sum())
    return scaled


def mean_deviance(seen: Seen, weights: F8) -> float:
    """2/168 · Σ c·ln(c/m), m being weights × hours scaled to the sum of the counts; infinite where m rules one out."""
    counts, shape = seen.counts, weights * seen.hours
    total = shape.sum()
    if total <= 0.0:
        return float("inf")
    mean = shape * (counts.sum() / total)
    there = counts > 0.0
    if np.any(mean[there] <= 0.0):
        return float("inf")
    return float(2.0 * np.sum(counts[there] * np.log(counts[there] / mean[there])) / WEEK_HOURS)


def _halves(log: CalibrationLog, urgency: str, *, odd: bool | None) -> tuple[Seen, Seen]:
    return _seen(log, urgency, odd=odd, half=False), _seen(log, urgency, odd=odd, half=True)


def _seen(log: CalibrationLog, urgency: str, *, odd: bool | None = None, half: bool | None = None) -> Seen:
    rows = log.incidents.filter(pl.col("urgency") == urgency)
    for name, wanted in (("odd", odd), ("half", half)):
        rows = rows if wanted is None else rows.filter(pl.col(name) == wanted)
    counts = np.bincount(rows["hour_of_week"].to_numpy(), minlength=WEEK_HOURS).astype(np.float64)
    return Seen(counts, log.hours(odd=odd, half=half))


def _day_by_hour(seen: Seen, bell_h: float) -> F8:
    """Incidents per hour by day and clock hour as a product."""
    counts, hours = (column.reshape(DAYS, DAY_HOURS) for column in seen)
    mean = seen.counts.sum() / seen.hours.sum()
    day = _per_hour(counts.sum(axis=1), hours.sum(axis=1), mean)
    clock = _per_hour(_smooth(counts.sum(axis=0), bell_h), _smooth(hours.sum(axis=0), bell_h), mean)
    product_of: F8 = (day[:, np.newaxis] * clock / mean).ravel()
    return product_of


def _per_hour(counts: F8, hours: F8, mean: float) -> F8:
    """Counts per hour; the mean where no hour came."""
    found: F8 = np.divide(counts, hours, out=np.full(len(counts), mean), where=hours > 0.0)
    return found


def _smooth(values: F8, bell_h: float) -> F8:
    """A circular bell over a day or week of hours that sums to 1."""
    away = np.arange(len(values))
    away = np.minimum(away, len(values) - away)
    bell = np.exp(-0.5 * (away / bell_h) ** 2)
    smooth: F8 = np.fft.irfft(np.fft.rfft(values) * np.fft.rfft(bell / bell.sum()), len(values))
    return np.maximum(smooth, 0.0)
