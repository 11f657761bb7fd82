"""The squares that areas are drawn as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from beredt.model.area import Area
from beredt.report.figures.projection import F8, Projection

GRID = "EPSG:25833"
"""UTM zone 33 on ETRS89, in which Statistics Norway lays its grid for the whole country."""

_CORNERS = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])


def area_cells(areas: Sequence[Area], projection: Projection) -> F8:
    """Corners of every area's square on the sheet, float64 (A, 4, 2), km."""
    from pyproj import Transformer

    corners = grid_corners(areas)
    to_degrees = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    back_lon, back_lat = to_degrees.transform(corners[:, :, 0], corners[:, :, 1])
    return np.stack(projection.xy(back_lat, back_lon), axis=2)


def grid_corners(areas: Sequence[Area]) -> F8:
    """Corners of every area's square on the national grid, float64 (A, 4, 2), metres east and north in `GRID`.

    An area is known by where its people live, which lies somewhere in its cell of the national grid: that cell is
    drawn. Where two areas would share a cell, the study uses another grid, and both squares lie round their people.
    """
    from pyproj import Transformer

    to_grid = Transformer.from_crs("EPSG:4326", GRID, always_xy=True)
    lon, lat = np.array([a.lon for a in areas]), np.array([a.lat for a in areas])
    size = np.array([float(a.size_m) for a in areas])
    east, north = (np.asarray(one, dtype=np.float64) for one in to_grid.transform(lon, lat))
    cells = list(zip(east // size, north // size, size, strict=True))
    times = Counter(cells)
    shared = np.array([times[cell] > 1 for cell in cells], dtype=bool)
    left = np.where(shared, east - size / 2.0, east // size * size)
    low = np.where(shared, north - size / 2.0, north // size * size)
    corners: F8 = np.stack([left, low], axis=1)[:, None, :] + _CORNERS[None, :, :] * size[:, None, None]
    return corners
