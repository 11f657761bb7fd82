"""Gradient boosting as a challenger to the project's own regression: scikit-learn's trees under Poisson loss.

Needs scikit-learn, which Beredt does not: `pip install scikit-learn`. The volume of each urgency is boosted on hour,
weekday, day of the year, days elapsed, kind of day and weather; what areas have of it is boosted on area, urgency,
hour and weekday.
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.demand.forecast.counts import sum_by
from beredt.demand.forecast.question import Question

F8 = NDArray[np.float64]


def boosting(question: Question) -> F8:
    """Expected counts [H, A, U]."""
    past, calendar = question.past, question.calendar
    steps = past.steps
    columns = np.column_stack([calendar.hour, calendar.weekday, calendar.year_part, calendar.elapsed_d, calendar.kind])
    if question.weather is not None:
        columns = np.hstack([columns, question.weather])
    series = past.counts.sum(axis=1, dtype=np.int64).astype(np.float64)
    base = np.stack([_trees(columns[:steps], y).predict(columns) for y in series.T], axis=1)
    base = np.maximum(base, 1e-6)
    if len(past.areas) == 1:
        ahead: F8 = base[steps:, None, :]
        return ahead
    parts: F8 = base[steps:, None, :] * _shares(question, base[:steps])
    return parts


def _shares(question: Question, base: F8) -> F8:
    """[H, A, U]: rates of areas relative to the whole, from sums over steps at the same place in the week."""
    past, calendar = question.past, question.calendar
    slots, areas, urgencies = calendar.slots, len(past.areas), len(past.urgencies)
    slot = calendar.slot[: past.steps]
    came = sum_by(slot, slots, past.counts)
    whole = np.repeat(sum_by(slot, slots, base)[:, None, :], areas, axis=1)
    usual = (came.sum(axis=0) + 0.5) / (whole.sum(axis=0) + 0.5)
    place = np.indices((slots, areas, urgencies)).reshape(3, -1)
    per_day = calendar.slots_per_day
    columns = np.column_stack([
        place[0] % per_day, place[0] // per_day, np.log(usual[place[1], place[2]]), place[1], place[2],
    ])  # fmt: skip
    rate = came.ravel() / np.maximum(whole.ravel(), 1e-9) / usual[place[1], place[2]]
    weight = whole.ravel() * usual[place[1], place[2]]
    shape = _trees(columns, rate, weight).predict(columns).reshape(slots, areas, urgencies)
    share: F8 = (np.maximum(shape, 1e-6) * usual)[question.future.slot]
    return share


def _trees(columns: F8, y: F8, weight: F8 | None = None) -> Any:
    # Not among the project's dependencies, so nothing is known of its types.
    ensemble: Any = importlib.import_module("sklearn.ensemble")
    trees = ensemble.HistGradientBoostingRegressor(
        loss="poisson", learning_rate=0.05, max_iter=150, max_leaf_nodes=15, min_samples_leaf=100,
        l2_regularization=1.0, early_stopping=False, random_state=1,
    )  # fmt: skip
    return trees.fit(columns, y, weight)
