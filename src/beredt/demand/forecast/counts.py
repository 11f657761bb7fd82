"""How many incidents there were: steps of time × areas × urgencies, as small integers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
Counted = NDArray[Any]
"""Unsigned integers, of 8 bits where the largest count allows it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of incidents.

    Time runs in UTC, so that every step is equally long; `zone` says by which clock people live.

    Attributes:
        start: First moment of the first step, aware, in UTC.
        step_min: Length of a step, 60 or 30.
        zone: IANA time zone of the service.
        areas: Ids of the areas or groups of areas.
        urgencies: Codes of the urgencies.
        counts: unsigned integers [T, A, U].
        lat: [A] degrees, nan for an area of which no position is known; None where none of any is.
        lon: [A] degrees, as `lat`.
    """

    start: datetime
    step_min: int
    zone: str
    areas: tuple[str, ...]
    urgencies: tuple[str, ...]
    counts: Counted
    lat: F8 | None = None
    lon: F8 | None = None

    @property
    def steps(self) -> int:
        """Number of steps, T."""
        return int(self.counts.shape[0])

    @property
    def step(self) -> timedelta:
        """Length of a step."""
        return timedelta(minutes=self.step_min)

    @property
    def end(self) -> datetime:
        """The moment after the last step: a forecast begins here."""
        return self.start + self.steps * self.step

    @property
    def steps_per_day(self) -> int:
        """Number of steps in 24 hours."""
        return 24 * 60 // self.step_min

    def until(self, steps: int) -> Counts:
        """The first steps only: a view, nothing is copied."""
        return replace(self, counts=self.counts[:steps])

    def since(self, steps: int) -> Counts:
        """Without the first steps: a view, nothing is copied."""
        return replace(self, start=self.start + steps * self.step, counts=self.counts[steps:])

    def all_urgencies(self) -> Counts:
        """Urgencies added up, as one that is called `all`."""
        return replace(
            self, urgencies=("all",), counts=compact(self.counts.sum(axis=2, keepdims=True, dtype=np.uint32))
        )


def compact(counts: NDArray[Any]) -> Counted:
    """The same numbers in the smallest unsigned type that holds them."""
    largest = int(counts.max()) if counts.size else 0
    return counts.astype(np.min_scalar_type(largest))


def sum_by(key: NDArray[Any], size: int, counts: NDArray[Any]) -> F8:
    """Add up counts over the steps that share a key.

    Args:
        key: int [T] from 0 to size - 1.
        size: Number of keys.
        counts: [T, …].

    Returns:
        float64[size, …], 0 for a key that no step has.
    """
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    first = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    out = np.zeros((size, *counts.shape[1:]))
    kind = np.float64 if counts.dtype.kind == "f" else np.int64
    out[ranked[first]] = np.add.reduceat(counts[order], first, axis=0, dtype=kind)
    return out
