"""How many people live around a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

BOX_KM = 3.0
"""Side of the square that density is measured in: a town's streets, not one block's."""


def density_per_km2(
    xy_km: NDArray[np.float64], homes_km: NDArray[np.float64], people: NDArray[np.float64]
) -> NDArray[np.float64]:
    """People per km² in the 3 × 3 km square around each point: float64 (N,).

    `xy_km`: float64 (N, 2), flat km; `homes_km`: float64 (A, 2), where the `people`, float64 (A,), live.
    """
    if len(homes_km) == 0:
        return np.zeros(len(xy_km))
    inside = KDTree(homes_km).query_ball_point(xy_km, BOX_KM / 2, p=np.inf, return_sorted=True)
    return np.array([float(people[found].sum()) for found in inside]) / BOX_KM**2
