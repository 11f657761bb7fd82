"""The sums that people ask for beside the parts: areas, urgencies, everything."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

PARTS, AREAS, URGENCIES, TOTAL = "parts", "areas", "urgencies", "total"


def levels_of(areas: int, urgencies: int) -> tuple[str, ...]:
    """Levels that differ from one another, from parts to the total."""
    if areas == 1 and urgencies == 1:
        return (TOTAL,)
    if areas == 1:
        return (URGENCIES, TOTAL)
    if urgencies == 1:
        return (AREAS, TOTAL)
    return (PARTS, AREAS, URGENCIES, TOTAL)


def at_level(parts: NDArray[Any], level: str) -> NDArray[Any]:
    """Sums of [..., A, U] as [..., n]: parts A · U, areas A, urgencies U, total 1."""
    if level == PARTS:
        return parts.reshape(*parts.shape[:-2], -1)
    axes = {AREAS: (-1,), URGENCIES: (-2,), TOTAL: (-2, -1)}[level]
    out: NDArray[Any] = parts.sum(axis=axes)
    return out[..., None] if level == TOTAL else out


def bands(ahead: int, steps_per_day: int) -> NDArray[np.int64]:
    """[H] band of each step ahead that shares one over-dispersion: each day of the first week, then weeks."""
    day = np.arange(ahead) // steps_per_day
    return np.where(day < 7, day, 6 + day // 7)
