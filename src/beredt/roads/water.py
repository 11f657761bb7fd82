"""Water lines: polylines along fjords that a local road does not cross."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def crosses_water(
    start: NDArray[np.float64], end: NDArray[np.float64], water: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which straight pieces cross a water line: bool (M,).

    `start`, `end`: float64 (M, 2), flat km; `water`: float64 (W, 2, 2), the W pieces of all water lines. Touching a
    line with an end does not count as crossing.
    """
    crossed = np.zeros(len(start), dtype=np.bool_)
    for first, last in water:
        ends_apart = _side(first, last, start) * _side(first, last, end) < 0
        line_apart = _side(start, end, first) * _side(start, end, last) < 0
        crossed |= ends_apart & line_apart
    return crossed


def _side(origin: NDArray[np.float64], towards: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Above 0 where `point` lies left of the way from `origin` to `towards`, below 0 to the right."""
    way = towards - origin
    to_point = point - origin
    side: NDArray[np.float64] = way[..., 0] * to_point[..., 1] - way[..., 1] * to_point[..., 0]
    return side
