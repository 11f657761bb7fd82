"""The project's own regression: volume by urgency, and how each area departs from it, small ones less than great."""

from __future__ import annotations

import numpy as np

from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.models.area_shape import area_means
from beredt.demand.forecast.models.volume import volume
from beredt.demand.forecast.question import Question
from beredt.demand.forecast.reconcile import reconcile


def glm(question: Question) -> F8:
    """Expected counts: a Poisson regression in two stages that are then made to agree.

    The volume of each urgency over all areas is fitted as `volume` says; each area × urgency has a level, a daily and
    weekly shape and a drift of its own on top of it, drawn to none at all (`area_shape`). The same is done for all
    urgencies together, and sums over urgencies, over areas and over both are reconciled with the parts, see
    `reconcile`.
    """
    parts = _stage(question)
    if len(question.past.urgencies) == 1:
        return parts
    together = _stage(Question(question.past.all_urgencies(), question.calendar, question.ahead, question.weather))
    return reconcile(parts, areas=together[:, :, 0], total=together.sum(axis=(1, 2)))


def _stage(question: Question) -> F8:
    series = question.past.counts.sum(axis=1, dtype=np.int64).astype(np.float64)  # [T, U]
    base = np.stack([volume(y, question.calendar, question.weather) for y in series.T], axis=1)
    if len(question.past.areas) == 1:
        return base[question.past.steps :, None, :]
    return area_means(question, base)
