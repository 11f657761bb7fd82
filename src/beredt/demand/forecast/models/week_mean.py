"""The mean of the same place in the week: what everybody can work out, and what is hard to beat."""

from __future__ import annotations

import numpy as np

from beredt.demand.forecast.counts import F8, Counts, sum_by
from beredt.demand.forecast.question import Question

WEEKS_A_YEAR = 52


def week_mean(question: Question) -> F8:
    """Mean count of the same step of the week over the whole past, see `smoothed`.

    Reference:
        D. Tandberg, J. Tibbetts, D. P. Sklar (1998), Time series forecasts of ambulance run volume, American Journal
        of Emergency Medicine 16(3), 232–237: means by hour of the week were the best of six models.
    """
    return _mean_of(question, question.past.steps)


def week_mean_of_a_year(question: Question) -> F8:
    """The same over the latest 52 weeks: it follows growth, and has fewer weeks to go by."""
    return _mean_of(question, WEEKS_A_YEAR * 7 * question.past.steps_per_day)


def smoothed(total: F8, times: F8, past: Counts) -> F8:
    """Means that are never 0: to the counts that are there, one step is added that is as the series always is.

    A mean of 0 would say that a call cannot come, and one call would then be infinitely surprising. This is the mean
    of the gamma distribution that the counts lead to from one with the weight of a single step.

    Args:
        total: [n, A, U] incidents in the steps that the mean is of.
        times: [n] number of those steps.
        past: Gives what the series is always like.
    """
    usual = (past.counts.sum(axis=0, dtype=np.int64) + 0.5) / (past.steps + 1.0)
    mean: F8 = (total + usual) / (times[:, None, None] + 1.0)
    return mean


def _mean_of(question: Question, window: int) -> F8:
    first = max(0, question.past.steps - window)
    past = question.past.since(first)
    slot = question.calendar.slot[first : question.past.steps]
    total = sum_by(slot, question.calendar.slots, past.counts)
    times = np.bincount(slot, minlength=question.calendar.slots).astype(np.float64)
    mean: F8 = smoothed(total, times, past)[question.future.slot]
    return mean
