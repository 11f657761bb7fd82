"""The MEDIC rule of Charlotte-Mecklenburg: twenty weeks that are much alike."""

from __future__ import annotations

import numpy as np

from beredt.demand.forecast.counts import F8, I8
from beredt.demand.forecast.models.week_mean import WEEKS_A_YEAR, smoothed
from beredt.demand.forecast.question import Question

WEEKS = 4
YEARS = 5


def medic(question: Question) -> F8:
    """Mean of the same step of the week in the four weeks before, of this year and of the four years before it.

    A year is 52 weeks, so that days of the week stay the same; of the twenty steps those are used that the past holds,
    and where none of them is known yet (a forecast of more than four weeks without a year before), the four latest of
    the same step of the week. A mean of so few is smoothed as `smoothed` says, to the model's good.

    Reference:
        H. Setzler, C. Saydam, S. Park (2009), EMS call volume predictions: a comparative study, Computers & Operations
        Research 36(6), 1843–1851.
    """
    total = np.zeros((question.ahead, *question.past.counts.shape[1:]))
    times = np.zeros(question.ahead)
    for lag in _lags(question):
        step = np.arange(question.past.steps, question.past.steps + question.ahead) - lag
        known = (step >= 0) & (step < question.past.steps)
        total[known] += question.past.counts[step[known]]
        times += known
    _look_further_back(question, total, times)
    return smoothed(total, times, question.past)


def _lags(question: Question) -> I8:
    """[20] lags in steps: 1 to 4 weeks and 0 to 4 years."""
    weeks = np.add.outer(WEEKS_A_YEAR * np.arange(YEARS), np.arange(1, WEEKS + 1)).ravel()
    lags: I8 = weeks * 7 * question.past.steps_per_day
    return lags


def _look_further_back(question: Question, total: F8, times: F8) -> None:
    """Fill, in place, steps that no lag reaches with the latest weeks that are known."""
    week = 7 * question.past.steps_per_day
    for ahead in np.flatnonzero(times == 0):
        step = question.past.steps + int(ahead)
        first = int(ahead) // week + 1
        back = [step - n * week for n in range(first, first + WEEKS) if step >= n * week]
        total[ahead] = question.past.counts[back].sum(axis=0, dtype=np.int64)
        times[ahead] = len(back)
