"""Values of one measure for many urgencies, groups and hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from beredt.indicators.observed import F8
from beredt.model.urgency import URGENCIES

ALL_HOURS = -1
"""Hour of an indicator that is about the whole day."""

ALL = ""
"""Urgency of an indicator that is about all of them."""

URGENCY_LABELS = (*URGENCIES, ALL)
"""In order of the places on an axis of four."""


class Block(NamedTuple):
    """N indicators of one measure, each with a value per replication."""

    measure: str
    urgency: Sequence[str]  # [N] A, H, V or "" for all
    group: Sequence[str]  # [N]
    hour: Sequence[int]  # [N] 0 to 23, or -1 for the whole day
    values: F8  # [N, R] nan where a replication has none


def single(measure: str, group: str, values: ArrayLike, urgency: str = ALL) -> Block:
    """One indicator about the whole day, from its value in every replication."""
    return Block(measure, [urgency], [group], [ALL_HOURS], np.asarray(values, np.float64)[None])


def hourly(measure: str, group: str, values: F8) -> Block:
    """24 indicators about all urgencies, one for each clock hour, from values [R, 24]."""
    return Block(measure, [ALL] * 24, [group] * 24, list(range(24)), values.T)


def ratio(numerator: ArrayLike, denominator: ArrayLike) -> F8:
    """Quotient, nan where the denominator is 0."""
    above, below = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    quotient: F8 = np.divide(above, below, out=np.full(below.shape, np.nan), where=below != 0)
    return quotient
