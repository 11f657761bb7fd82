"""Compiled: the nearest node of each place, square by square outwards from its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.roads.graph.compiled import compiled, inlined

MARGIN_KM = 1e-9
"""Far more than rounding moves a place, far less than anybody measures: so much nearer are squares taken to be."""


@inlined
def _unsearched_km(grid: Any, x_km: float, y_km: float, column: int, row: int, ring: int) -> float:
    """Kilometres that every node beyond a ring is away at least; infinite when there is none."""
    away_km = np.inf
    if column - ring > 0:
        away_km = x_km - (grid.west_km + (column - ring) * grid.side_km)
    if column + ring < grid.columns - 1:
        away_km = min(away_km, grid.west_km + (column + ring + 1) * grid.side_km - x_km)
    if row - ring > 0:
        away_km = min(away_km, y_km - (grid.south_km + (row - ring) * grid.side_km))
    if row + ring < grid.rows - 1:
        away_km = min(away_km, grid.south_km + (row + ring + 1) * grid.side_km - y_km)
    return away_km - MARGIN_KM


@compiled
def nearest_in_grid(grid: Any, lon: Any, lat: Any, node: Any, squared: Any) -> None:
    """Fill `node` (k,) and `squared` (k,), the square of its distance in km, for places in degrees (k,)."""
    for place in range(lon.size):
        x_km, y_km = lon[place] * grid.x_scale, lat[place] * grid.y_scale
        column = int(min(max((x_km - grid.west_km) / grid.side_km, 0.0), grid.columns - 1.0))
        row = int(min(max((y_km - grid.south_km) / grid.side_km, 0.0), grid.rows - 1.0))
        best, least, ring = -1, np.inf, 0
        while True:
            for r in range(max(row - ring, 0), min(row + ring, grid.rows - 1) + 1):
                # The whole of the ring's first and last row, only both ends of those between.
                step = 1 if r in (row - ring, row + ring) else max(2 * ring, 1)
                for c in range(column - ring, column + ring + 1, step):
                    if c < 0 or c >= grid.columns:
                        continue
                    square = r * grid.columns + c
                    for j in range(grid.first[square], grid.first[square + 1]):
                        across = (grid.lon[j] - lon[place]) * grid.x_scale
                        along = (grid.lat[j] - lat[place]) * grid.y_scale
                        distance = across * across + along * along
                        if distance < least or (distance == least and grid.source[j] < grid.source[best]):
                            best, least = j, distance
            away_km = _unsearched_km(grid, x_km, y_km, column, row, ring)
            if away_km > 0.0 and away_km * away_km > least:
                break
            ring += 1
        node[place] = grid.node[best]
        squared[place] = least
