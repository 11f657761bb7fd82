"""Order of places along Hilbert's curve: what is near on the ground is near in the order.

1. D. Hilbert, Ueber die stetige Abbildung einer Linie auf ein Flächenstück, Mathematische Annalen 38 (1891), 459–460.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 16
"""Halvings of the square around all places: a millimetre to a few metres apart, down from a region."""


def curve_order(x_km: NDArray[np.float64], y_km: NDArray[np.float64]) -> NDArray[np.intp]:
    """Indices of places in the order in which the curve passes them, intp (k,); the lower index first on a tie.

    `x_km`, `y_km`: float64 (k,), finite.
    """
    if not len(x_km):
        return np.empty(0, dtype=np.intp)
    span = max(float(np.ptp(x_km)), float(np.ptp(y_km))) or 1.0
    cells = (1 << BITS) - 1
    x = ((x_km - x_km.min()) / span * cells).astype(np.int64)
    y = ((y_km - y_km.min()) / span * cells).astype(np.int64)
    return np.argsort(_distance_along(x, y), kind="stable")


def _distance_along(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far along the curve each cell lies: two bits at a time, from the largest square to the smallest."""
    far = np.zeros(len(x), dtype=np.int64)
    for bit in range(BITS - 1, -1, -1):
        side = np.int64(1) << bit
        right, upper = (x & side) > 0, (y & side) > 0
        far += side * side * ((3 * right) ^ upper)
        # The curve within a lower quarter is turned: swapped, and on the right also mirrored.
        mirrored = ~upper & right
        x, y = (
            np.where(mirrored, side - 1 - (x & (side - 1)), x & (side - 1)),
            np.where(mirrored, side - 1 - (y & (side - 1)), y & (side - 1)),
        )
        x, y = np.where(upper, x, y), np.where(upper, y, x)
    return far
