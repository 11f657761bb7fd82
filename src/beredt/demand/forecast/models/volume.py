"""How much there is in all: a regression on the clock, the season, special days, weather, and a level that drifts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from beredt.demand.forecast.calendar import Calendar
from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.ridge import NEVER_DRAWN, Design, fit_poisson

DAY_HARMONICS = 4
WEEK_HARMONICS = 3
YEAR_HARMONICS = 3
BLOCKS_A_DAY = 4
KNOT_DAYS = 28.0
MOST_KNOTS = 60
LEAST_DAYS_FOR_A_YEAR = 540.0


def volume(y: F8, calendar: Calendar, weather: F8 | None = None) -> F8:
    """Expected counts of past and future steps of one series.

    Poisson with log mean = constant + harmonics of day, week and year + an effect of each step of the week + special
    days by quarters of the day + weather + level. The level is a chain of straight pieces of four weeks and more whose
    rises are drawn to 0: it follows growth where there is growth, and the forecast keeps its last value.

    Args:
        y: [T] counts of the past.
        calendar: Of T + H steps.
        weather: [T + H, k].

    Returns:
        float64[T + H].
    """
    if not y.any():  # nothing has ever come: half an incident in all of the past
        return np.full(len(calendar.slot), 0.5 / len(y))
    design = design_of(calendar, len(y), weather)
    fit = fit_poisson(y, design.part(slice(0, len(y))))
    mean: F8 = np.exp(fit.log_mean(design))
    return mean


def design_of(calendar: Calendar, past: int, weather: F8 | None) -> Design:
    """Columns of T + H steps, of which the first `past` are known."""
    first = np.unique(calendar.day, return_index=True)[1]
    elapsed_d, last_d = calendar.elapsed_d[first], float(calendar.elapsed_d[past - 1])
    slot = np.arange(calendar.slots)
    of_slot = [np.ones((calendar.slots, 1)), week_shape(slot, calendar.slots_per_day)]
    of_day = [_level(elapsed_d, last_d)]
    if last_d >= LEAST_DAYS_FOR_A_YEAR:
        of_day.append(harmonics(calendar.year_part[first], YEAR_HARMONICS))
    of_step = [_special(calendar)]
    if weather is not None:
        usual, spread = weather[:past].mean(axis=0), weather[:past].std(axis=0)
        of_step.append(csr_array((weather - usual) / np.maximum(spread, 1e-9)))
    parts: list[F8 | csr_array] = [*of_slot, *of_day, *of_step]
    group = np.concatenate([np.full(part.shape[1], g) for g, part in enumerate(parts, NEVER_DRAWN)])
    return Design(
        calendar.slot.astype(np.int64), (calendar.day - calendar.day[0]).astype(np.int64), np.hstack(of_slot),
        np.hstack(of_day), hstack(of_step, format="csr"), group,
    )  # fmt: skip


def harmonics(part: F8, count: int) -> F8:
    """[n, 2 · count] sines and cosines of a part of a period, 0 to 1."""
    angle = 2.0 * np.pi * part[:, None] * np.arange(1, count + 1)
    return np.hstack([np.sin(angle), np.cos(angle)])


def week_shape(slot: NDArray[np.int64], slots_per_day: int) -> F8:
    """[n, 2 · (day + week harmonics)] the smooth part of a week: slot effects stand for what it does not catch."""
    day = harmonics(slot % slots_per_day / slots_per_day, DAY_HARMONICS)
    week = harmonics(slot / (7 * slots_per_day), WEEK_HARMONICS)
    return np.hstack([day, week])


def _special(calendar: Calendar) -> csr_array:
    """[n, kinds · 4] whether a step is on a special day of a kind, in a quarter of the day."""
    block = (calendar.hour * BLOCKS_A_DAY / 24.0).astype(np.int64)
    rows = np.flatnonzero(calendar.kind)
    column = (calendar.kind[rows].astype(np.int64) - 1) * BLOCKS_A_DAY + block[rows]
    shape = (len(calendar.slot), max(len(calendar.kinds), 1) * BLOCKS_A_DAY)
    return csr_array((np.ones(len(rows)), (rows, column)), shape=shape)


def _level(elapsed_d: F8, last_d: float) -> F8:
    """[n, pieces] how much of each piece has passed; pieces are counted back from the end of the past."""
    length = max(KNOT_DAYS, last_d / MOST_KNOTS)
    ends = last_d - length * np.arange(int(last_d // length))
    passed: F8 = np.clip((elapsed_d[:, None] - (ends - length)) / length, 0.0, 1.0)
    return passed
