"""Gradient boosting: many small trees under Poisson loss, for the volume and for what areas have of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.demand.forecast.counts import F8, sum_by
from beredt.demand.forecast.question import Question

TREES = 150
LEARNING_RATE = 0.05
MOST_LEAVES = 15
LEAST_IN_LEAF, LEAST_CELLS = 100, 20
"""Steps in a leaf of the volume, and places in the week of an area in a leaf of the shares."""

LEAST_MEAN = 1e-6
"""Trees may foretell next to nothing; a count must never be impossible."""

LEAST_INCIDENTS = 10_000
"""A log with fewer is not asked of trees: leaves of a hundred steps then hold a handful of incidents."""


def boosting(question: Question) -> F8:
    """Expected counts of histogram trees, boosted under Poisson loss.

    The volume of each urgency over all areas is boosted on hour, weekday, season, time elapsed, kind of day and
    weather. What areas have of it, against their usual share, is boosted on hour, weekday, usual share, urgency and,
    where it is known, position; so an area borrows from others that are as large or as near. Trees cannot go beyond the
    past: time elapsed keeps its last leaf, as the level of the regression keeps its last value.

    One core is used and nothing is drawn, so that the same past gives the same answer everywhere.

    Reference:
        J. H. Friedman (2001), Greedy function approximation: a gradient boosting machine, Annals of Statistics 29(5),
        1189–1232; trees of histograms as in scikit-learn's HistGradientBoostingRegressor.
    """
    from sklearn import ensemble  # before the limit: what is loaded later is not held to it
    from threadpoolctl import threadpool_limits

    past, calendar = question.past, question.calendar
    columns = np.column_stack([calendar.hour, calendar.weekday, calendar.year_part, calendar.elapsed_d, calendar.kind])
    if question.weather is not None:
        columns = np.hstack([columns, question.weather])
    series = past.counts.sum(axis=1, dtype=np.int64).astype(np.float64)
    with threadpool_limits(limits=1):
        base = np.stack([_boosted(ensemble, columns, y, np.ones(len(y)), LEAST_IN_LEAF) for y in series.T], axis=1)
        ahead: F8 = base[past.steps :, None, :]
        return ahead if len(past.areas) == 1 else ahead * _shares(ensemble, question, base[: past.steps])


def _shares(ensemble: Any, question: Question, base: F8) -> F8:
    """[H, A, U] share of each area in an urgency, from sums over steps at the same place in the week."""
    past, calendar = question.past, question.calendar
    slots, areas, urgencies = calendar.slots, len(past.areas), len(past.urgencies)
    slot = calendar.slot[: past.steps]
    came = sum_by(slot, slots, past.counts)
    whole = np.repeat(sum_by(slot, slots, base)[:, None, :], areas, axis=1)
    usual = (came.sum(axis=0) + 0.5) / (whole.sum(axis=0) + 0.5)
    at, area, urgency = np.indices((slots, areas, urgencies)).reshape(3, -1)
    columns = [at % calendar.slots_per_day, at // calendar.slots_per_day, np.log(usual[area, urgency]), urgency]
    columns += [degrees[area] for degrees in (past.lat, past.lon) if degrees is not None]
    weight = whole.ravel() * usual[area, urgency]
    rate = came.ravel() / np.maximum(weight, LEAST_MEAN)
    shape = _boosted(ensemble, np.column_stack(columns), rate, weight, LEAST_CELLS).reshape(slots, areas, urgencies)
    share: F8 = (shape * usual)[question.future.slot]
    return share


def _boosted(ensemble: Any, columns: F8, y: F8, weight: F8, least: int) -> F8:
    """Fit the first rows, which are known, and answer for all: above 0 everywhere."""
    if not y.any():  # nothing has ever come: half an incident in all of the past
        return np.full(len(columns), 0.5 / len(y))
    trees = ensemble.HistGradientBoostingRegressor(
        loss="poisson", learning_rate=LEARNING_RATE, max_iter=TREES, max_leaf_nodes=MOST_LEAVES,
        min_samples_leaf=least, l2_regularization=1.0, early_stopping=False, random_state=1,
    )  # fmt: skip
    trees.fit(columns[: len(y)], y, sample_weight=weight)
    return np.maximum(np.asarray(trees.predict(columns), np.float64), LEAST_MEAN)
