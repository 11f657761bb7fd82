"""How areas depart from the whole: level, shape of the week, drift; drawn together, so that small ones borrow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.forecast.calendar import Calendar
from beredt.demand.forecast.counts import F8, I8, sum_by
from beredt.demand.forecast.models.volume import harmonics
from beredt.demand.forecast.question import Question

PERIOD_DAYS = 91.0
MOST_PERIODS = 12
SHAPE_HARMONICS = 2
ROUNDS = 30
ENOUGH = 1e-4
WEEKEND_FROM = 5


class Cells(NamedTuple):
    """Steps put together by period and place in the week: within a cell, an area departs in one and the same way."""

    columns: F8  # [C, K]
    counts: F8  # [n, C] of each series: areas × urgencies
    expected: F8  # [n, C] of the whole that a series is part of


def area_means(question: Question, base: F8) -> F8:
    """Expected counts of areas, given those of the whole.

    log mean of area a, urgency u = log base_u + columns · b_au. Every coefficient is taken as normal over all areas
    and urgencies: levels about their mean, everything else about 0, with variances that come from the data as in
    `ridge`.

    Args:
        question: The past and what is asked.
        base: [T + H, U] expected counts of each urgency over all areas.

    Returns:
        float64[H, A, U].
    """
    past, slots = question.past, question.calendar.slots
    period = _periods(question)
    key = period * slots + question.calendar.slot[: past.steps]
    size = (int(period.max()) + 1) * slots
    urgencies = len(past.urgencies)
    counts = sum_by(key, size, past.counts.reshape(past.steps, -1)).T
    whole = sum_by(key, size, base[: past.steps])
    seen = whole[:, 0] > 0
    columns = _columns(question.calendar, int(period.max()) + 1)
    cells = Cells(columns[seen], counts[:, seen], np.tile(whole[seen].T, (len(past.areas), 1)))
    departs = fit_departures(cells)
    # The last period is the one that goes on.
    now = (size - slots) + question.future.slot
    share = np.exp(columns[now] @ departs.T).reshape(question.ahead, len(past.areas), urgencies)
    mean: F8 = base[past.steps :, None, :] * share
    return mean


def fit_departures(cells: Cells) -> F8:
    """[n, K] coefficients of every series, by Newton's method for all series at once."""
    series, size = len(cells.counts), cells.columns.shape[1]
    products = (cells.columns[:, :, None] * cells.columns[:, None, :]).reshape(len(cells.columns), -1)
    centre = np.zeros(size)
    b = np.zeros((series, size))
    share = (cells.counts.sum(axis=1) + 0.5) / (cells.expected.sum(axis=1) + 0.5 * series)
    b[:, 0] = np.log(share)
    centre[0] = b[:, 0].mean()
    variance = np.full(size, 0.05)
    variance[0] = max(float(b[:, 0].var()), 0.1)
    for _ in range(ROUNDS):
        mean = cells.expected * np.exp(b @ cells.columns.T)
        information = (mean @ products).reshape(series, size, size) + np.diag(1.0 / variance)
        pull = (cells.counts - mean) @ cells.columns - (b - centre) / variance
        covariance = np.linalg.inv(information)
        move = np.einsum("nij,nj->ni", covariance, pull)
        reach = np.abs(move).sum(axis=1, keepdims=True)
        move *= np.minimum(1.0, 2.0 / np.maximum(reach, 1e-12))
        b += move
        centre[0] = b[:, 0].mean()
        spread = np.einsum("nii->i", covariance)
        told = np.maximum(series - spread / variance, 1e-3 * series)
        before = variance
        variance = np.clip(((b - centre) ** 2).sum(axis=0) / told, 1e-7, 25.0)
        if np.abs(move).max() < ENOUGH and np.abs(np.log(variance / before)).max() < 0.05:
            break
    return b


def _periods(question: Question) -> I8:
    """[T] period of each step of the past, counted so that the last one is whole."""
    elapsed = question.calendar.elapsed_d[: question.past.steps]
    length = max(PERIOD_DAYS, elapsed[-1] / MOST_PERIODS)
    back = np.floor((elapsed[-1] - elapsed) / length).astype(np.int64)
    # What is left over at the beginning belongs to the first whole period.
    most = max(int(elapsed[-1] // length) - 1, 0)
    periods: I8 = most - np.minimum(back, most)
    return periods


def _columns(calendar: Calendar, periods: int) -> F8:
    """[periods · slots, K] constant, shape of the week, and drift as one rise per period."""
    slot = np.arange(calendar.slots)
    hour = (slot % calendar.slots_per_day) / calendar.slots_per_day
    weekend: NDArray[np.float64] = (slot // calendar.slots_per_day >= WEEKEND_FROM).astype(np.float64)
    day = harmonics(hour, SHAPE_HARMONICS)
    week = harmonics(slot / calendar.slots, 1)
    shape = np.hstack([day, week, weekend[:, None], weekend[:, None] * day[:, [0, SHAPE_HARMONICS]]])
    rises = np.tril(np.ones((periods, periods)))[:, 1:]
    return np.hstack([
        np.ones((periods * calendar.slots, 1)),
        np.tile(shape - shape.mean(axis=0), (periods, 1)),
        # Measured from the last period, so that the level is the one of today.
        np.repeat(rises - 1.0, calendar.slots, axis=0),
    ])  # fmt: skip
