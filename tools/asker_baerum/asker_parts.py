"""Which part of Asker a place lies in: old Asker, Røyken or Hurum, as they were before 2020.

The old borders are in none of the sources, so two drawn lines stand for them. North of Slemmestad and Spikkestad and
south of Heggedal and Vollen: 59.772° N as far east as 10.45° E, rising to 59.787° N at 10.48° E and level from there.
Between Åros and Sætre: 59.693° N. On the grid of 2019 this gives Røyken and Hurum 31,979 people, of whom Hurum has
9,762; "about 32,000" is printed.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

BORDER_LON = (10.0, 10.45, 10.48, 11.0)
BORDER_LAT = (59.772, 59.772, 59.787, 59.787)
HURUM_BELOW_LAT = 59.693


def asker_part(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.str_]:
    """District id of places in Asker (degrees): asker-gamle, royken or hurum."""
    south = lat < np.interp(lon, BORDER_LON, BORDER_LAT)
    return np.where(lat < HURUM_BELOW_LAT, "hurum", np.where(south, "royken", "asker-gamle"))


def asker_part_polygon(part: str) -> shapely.Polygon:
    """Everything (degrees, lon/lat) that the lines give to a part; to be cut with Asker itself."""
    border = list(zip(BORDER_LON, BORDER_LAT, strict=True))
    west, east = BORDER_LON[0], BORDER_LON[-1]
    match part:
        case "hurum":
            return shapely.box(west, 59.0, east, HURUM_BELOW_LAT)
        case "royken":
            return shapely.Polygon([(west, HURUM_BELOW_LAT), (east, HURUM_BELOW_LAT), *reversed(border)])
        case _:
            return shapely.Polygon([*border, (east, 60.5), (west, 60.5)])
