"""A position is in the outline that shapely says it is in, whatever the grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from beredt.indicators.log.places.outline_grid import BORDER, outline_grid

WITH_HOLE = Polygon(
    [(10.0, 59.0), (11.0, 59.0), (11.0, 60.0), (10.0, 60.0)],
    [[(10.4, 59.4), (10.6, 59.4), (10.6, 59.6), (10.4, 59.6)]],
)


def slow(outlines: Sequence[BaseGeometry], lat: float, lon: float) -> int:
    """The first outline that holds the position."""
    point = shapely.Point(lon, lat)
    return next((number for number, one in enumerate(outlines) if one.intersects(point)), -1)


def test_holes_islands_and_neighbours() -> None:
    islands = MultiPolygon([box(11.0, 59.0, 12.0, 60.0), box(10.45, 59.45, 10.55, 59.55)])
    grid = outline_grid([WITH_HOLE, islands], 10_000)
    lat = np.array([59.2, 59.5, 59.42, 59.5, 61.0, np.nan, 59.5])
    lon = np.array([10.2, 10.5, 10.42, 11.5, 10.5, 10.5, np.nan])
    assert grid.find(lat, lon).tolist() == [0, 1, -1, 1, -1, -1, -1]


@pytest.mark.parametrize("most_squares", [4, 100, 10_000])
def test_most_squares_do_not_need_the_outlines(most_squares: int) -> None:
    grid = outline_grid([WITH_HOLE], most_squares)
    assert grid.label.size <= 4 * most_squares + 40
    if most_squares == 10_000:
        assert (grid.label == BORDER).mean() < 0.1


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.sampled_from([10, 300, 5_000]))
def test_as_shapely_says(seed: int, most_squares: int) -> None:
    """Polygons of any shape, positions anywhere, many of them close to borders and corners."""
    random = np.random.default_rng(seed)
    outlines = []
    for _ in range(random.integers(1, 4)):
        angle = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 12)))
        radius = random.uniform(0.05, 0.5, angle.size)
        middle = random.uniform([10.0, 59.0], [11.0, 60.0])
        corners = middle + np.column_stack([2 * radius * np.cos(angle), radius * np.sin(angle)])
        outlines.append(shapely.make_valid(Polygon(corners)))
    outlines = [one for one in outlines if one.area > 0] or [box(10, 59, 11, 60)]
    grid = outline_grid(outlines, most_squares)
    corners = np.concatenate([shapely.get_coordinates(one) for one in outlines])
    near = corners[random.integers(0, len(corners), 60)] + random.normal(0, 0.003, (60, 2))
    anywhere = random.uniform([9.0, 58.4], [12.0, 60.6], (60, 2))
    lon, lat = np.concatenate([near, anywhere]).T
    expected = [slow(outlines, y, x) for y, x in zip(lat, lon, strict=True)]
    assert grid.find(lat, lon).tolist() == expected
