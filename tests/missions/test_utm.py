"""The projection against PROJ's, and there and back again."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.coordinates import from_degrees, to_degrees, zone_of
from beredt.missions.utm import degrees_of, metres_of


@pytest.mark.parametrize("zone", [31, 32, 33, 35, 36])
def test_it_agrees_with_proj_over_the_whole_country(zone: int) -> None:
    drawn = np.random.default_rng(1)
    lat, lon = drawn.uniform(57, 72, 5000), drawn.uniform(4, 32, 5000)
    east, north = pyproj.Transformer.from_crs(4326, 25800 + zone, always_xy=True).transform(lon, lat)
    own_east, own_north = metres_of(lat, lon, zone)
    assert np.abs(own_east - east).max() < 1e-5
    assert np.abs(own_north - north).max() < 1e-5
    own_lat, own_lon = degrees_of(east, north, zone)
    assert np.abs(own_lat - lat).max() < 1e-10
    assert np.abs(own_lon - lon).max() < 1e-10


@given(st.floats(0, 84), st.floats(-20, 20), st.integers(1, 60))
def test_there_and_back(lat: float, away: float, zone: int) -> None:
    lon = 6.0 * zone - 183.0 + away
    back = degrees_of(*metres_of(np.array([lat]), np.array([lon]), zone), zone)
    assert np.allclose(back, [[lat], [lon]], rtol=0, atol=1e-9)


@pytest.mark.parametrize("numbers", [(6_650_000.0, 250_000.0), (np.nan, 6e6), (1e300, 6e6), (5e5, -1.0), (np.inf, 0.0)])
def test_numbers_that_are_no_position_become_nan(numbers: tuple[float, float]) -> None:
    lat, lon = degrees_of(np.array([numbers[0]]), np.array([numbers[1]]), 33)
    assert np.isnan(lat).all()
    assert np.isnan(lon).all()


@pytest.mark.parametrize("crs", ["EPSG:25833", "EPSG:32632", "EPSG:4326", "EPSG:4258", "EPSG:3857", "EPSG:27393"])
def test_every_system_there_and_back(crs: str) -> None:
    lat, lon = np.array([59.9, 60.1]), np.array([10.5, 10.8])
    assert np.allclose(to_degrees(*from_degrees(lat, lon, crs), crs), [lat, lon], rtol=0, atol=1e-7)


def test_only_northern_zones_of_utm_are_zones() -> None:
    assert [zone_of(crs) for crs in ("EPSG:25833", "EPSG:32601", "EPSG:25899", "EPSG:4326", "EPSG:2583x", "UTM33")] == [
        *(33, 1),
        *(None,) * 4,
    ]
