"""When incidents happen: a weekly profile, piecewise constant by hour, laid over the simulated period.

Days have 24 hours of local standard time: the two nights a year when clocks change are ordinary nights here.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.profile_hour import ProfileHour
from beredt.model.settings import StudySettings
from beredt.model.urgency import URGENCIES, urgency_code

F8 = NDArray[np.float64]

DAY_HOURS = 24
WEEK_HOURS = 168
HOUR_S = 3600.0
HOUR_MS = 3_600_000.0


@dataclass(frozen=True, slots=True)
class Period:
    """The simulated stretch of time: warm-up, the days that count, and cool-down.

    Simulated time 0 is midnight at the beginning of the warm-up. `start` is the first day that counts; the three
    lengths are whole days, at least 0.
    """

    start: date
    warmup_days: int
    days: int
    cooldown_days: int

    @property
    def first_day(self) -> date:
        """The day that begins at simulated time 0."""
        return self.start - timedelta(days=self.warmup_days)

    @property
    def all_days(self) -> int:
        """Days from simulated time 0 to the end."""
        return self.warmup_days + self.days + self.cooldown_days

    @property
    def end_s(self) -> float:
        """Seconds from simulated time 0 to the end."""
        return self.all_days * DAY_HOURS * HOUR_S

    @property
    def year_days(self) -> int:
        """Days of the calendar year in which the period starts: what rates per year are divided by."""
        return 366 if isleap(self.start.year) else 365


def period_of(settings: StudySettings) -> Period:
    """The period that a study simulates."""
    simulation = settings.simulation
    return Period(settings.study.start, simulation.warmup_days, simulation.days, simulation.cooldown_days)


def weekly_profile(profile: Sequence[ProfileHour]) -> F8:
    """Weights of the hours of the week, by urgency, scaled to mean 1.

    Args:
        profile: Rows of the table; an hour without a row has weight 0.

    Returns:
        float64[3, 168]; hour 0 begins on Monday at 00:00.

    Raises:
        StudyError: An urgency without any weight.
    """
    week = np.zeros((len(URGENCIES), WEEK_HOURS))
    for row in profile:
        week[urgency_code(row.urgency), (row.weekday - 1) * DAY_HOURS + row.hour] = row.weight
    empty = [urgency for urgency in URGENCIES if not week[urgency_code(urgency)].any()]
    if empty:
        message = f"no hour of the week has any weight for urgency {empty[0]}"
        remedy = "give the hours of the week weights; the same in every hour means evenly spread"
        raise StudyError([Issue("profile", None, "urgency", empty[0], len(empty), message, remedy)])
    scaled: F8 = week * (WEEK_HOURS / week.sum(axis=1, keepdims=True))
    return scaled


def hourly_intensity(week: F8, period: Period) -> F8:
    """Lay weekly profiles over the period.

    Args:
        week: [..., 168] weights, hour 0 on Monday at 00:00.
        period: Its first day says on which weekday simulated time 0 falls.

    Returns:
        float64[..., 24 × days] weight of every hour of the period.
    """
    first = period.first_day.weekday() * DAY_HOURS
    hours = (first + np.arange(period.all_days * DAY_HOURS)) % WEEK_HOURS
    laid: F8 = week[..., hours]
    return laid


def cumulative_share(hourly: F8) -> F8:
    """Share of the period's incidents that happen before the beginning of each hour.

    Args:
        hourly: [hours] weights, at least 0, not all 0.

    Returns:
        float64[hours + 1] from exactly 0 to exactly 1, never falling.
    """
    cumulative = np.concatenate([[0.0], np.cumsum(hourly)])
    share: F8 = cumulative / cumulative[-1]
    return share


def times_at(uniform: F8, cumulative: F8) -> F8:
    """Invert the cumulative intensity: when the given share of the period's incidents has happened.

    Within an hour time runs evenly. Times are cut down to whole milliseconds, so that they stay in their hour and
    before the end of the period.

    Args:
        uniform: [n] in (0, 1).
        cumulative: [hours + 1] as from :func:`cumulative_share`.

    Returns:
        float64[n] seconds from the beginning of the period, whole milliseconds. Never in an hour of weight 0.
    """
    hour = np.searchsorted(cumulative, uniform, side="right") - 1
    before = cumulative[hour]
    within: F8 = (uniform - before) / (cumulative[hour + 1] - before)
    # A quotient just below 1 may round up to it.
    milliseconds: F8 = np.minimum(np.floor(within * HOUR_MS), HOUR_MS - 1.0)
    seconds: F8 = (hour * HOUR_MS + milliseconds) / 1000.0
    return seconds
