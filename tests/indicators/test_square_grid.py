"""Squares on the ground, held against a general library of projections."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from beredt.indicators.square_grid import NOWHERE, SquareGrid, grid_around

TO_33 = Transformer.from_crs("EPSG:4326", "EPSG:25833", always_xy=True)


@given(st.floats(57.5, 71.5), st.floats(4.0, 31.5))
def test_squares_of_norway_are_those_of_the_national_grid(lat: float, lon: float) -> None:
    east_m, north_m = TO_33.transform(lon, lat)
    grid = grid_around(lat, lon, 1000)
    east, north = grid.squares(np.array([lat]), np.array([lon]))
    corner_east, corner_north = grid.corner_m(east, north)
    assert grid.crs == "EPSG:25833"
    assert -0.01 <= east_m - corner_east[0] <= 1000.01
    assert -0.01 <= north_m - corner_north[0] <= 1000.01
    assert corner_east[0] % 1000 == 0


def test_the_middle_of_a_square_lies_in_it() -> None:
    grid = SquareGrid(33, 250)
    east, north = grid.squares(np.array([59.83]), np.array([10.43]))
    again = grid.squares(*grid.middle(east, north))
    assert (again[0], again[1]) == (east, north)


@pytest.mark.parametrize(("lat", "lon", "crs"), [(43.03, -87.9, "EPSG:32616"), (30.3, -97.7, "EPSG:32614")])
def test_other_regions_have_their_own_zone(lat: float, lon: float, crs: str) -> None:
    assert grid_around(lat, lon, 1000).crs == crs


def test_what_is_no_position_is_in_no_square() -> None:
    east, north = SquareGrid(33, 1000).squares(np.array([np.nan, 59.0, -20.0]), np.array([10.0, np.nan, 10.0]))
    assert east.tolist() == north.tolist() == [NOWHERE] * 3
