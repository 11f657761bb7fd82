"""Areas inside a limit: grid points in and out, holes, and a disc."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from beredt.roads.isochrones.contour import area_within

GRID = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=7),
    elements=st.sampled_from([0, 1, 2, 5, np.inf]),
)


@given(values=GRID, limit=st.sampled_from([0.0, 1.5, 2.0, 4.0]))
@settings(max_examples=200)
def test_a_grid_point_is_inside_exactly_if_its_value_is_within_the_limit(
    values: NDArray[np.float64], limit: float
) -> None:
    area = area_within(values, limit)
    assert area.is_valid
    rows, columns = np.indices(values.shape)
    inside = shapely.contains_xy(area, columns.ravel(), rows.ravel()).reshape(values.shape)
    np.testing.assert_array_equal(inside, values <= limit)


@given(values=GRID)
@settings(max_examples=100)
def test_a_longer_time_reaches_all_that_a_shorter_does(values: NDArray[np.float64]) -> None:
    areas = [area_within(values, limit) for limit in (1.0, 1.5, 4.0)]
    for inner, outer in pairwise(areas):
        assert inner.difference(outer).area == pytest.approx(0, abs=1e-9)


def test_a_disc_and_a_ring() -> None:
    y, x = np.mgrid[-50:51, -50:51].astype(float)
    disc = area_within(np.hypot(x, y), 40.0)
    assert disc.area == pytest.approx(np.pi * 1600, rel=1e-3)
    ring = area_within(np.abs(np.hypot(x, y) - 30), 10.0)
    assert ring.area == pytest.approx(np.pi * (1600 - 400), rel=2e-3)
    assert len(ring.geoms) == 1
    assert len(ring.geoms[0].interiors) == 1


def test_nothing_and_a_single_point() -> None:
    assert area_within(np.full((3, 3), np.inf), 5.0).is_empty
    alone = area_within(np.array([[np.inf, 1.0]]), 5.0)
    assert 0 < alone.area < 1
