"""Counts that are drawn from rates that are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from beredt.demand.forecast.calendar import calendar_of
from beredt.demand.forecast.counts import F8, Counts, compact
from beredt.demand.forecast.question import Question

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


def blank(days: int, areas: int = 1, urgencies: int = 1, step_min: int = 60, zone: str = "UTC") -> Counts:
    steps = days * 24 * 60 // step_min
    names = tuple(f"area {n}" for n in range(areas))
    return Counts(
        MONDAY, step_min, zone, names, tuple("AHV"[:urgencies]), np.zeros((steps, areas, urgencies), np.uint8)
    )


def drawn(rates: F8, seed: int = 1, alpha: float = 0.0) -> Counts:
    """Hourly counts of rates [T, A, U]; with `alpha`, steps share a gamma variable of that variance."""
    rng = np.random.default_rng(seed)
    steps, areas, urgencies = rates.shape
    shared = rng.gamma(1.0 / alpha, alpha, (steps, 1, 1)) if alpha else np.ones((steps, 1, 1))
    return replace(blank(steps // 24, areas, urgencies), counts=compact(rng.poisson(rates * shared)))


def asked(counts: Counts, ahead: int) -> Question:
    return Question(counts, calendar_of(counts, ahead, {}), ahead)
