"""Degrees laid out flat: short ways come out as long as on the globe, in a county and in a whole country."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from beredt.roads.flat import flat_km, laying_of, length_km, transverse_km

GLOBE = Geod(ellps="WGS84")

NORWAY = (np.array([58.0, 59.9, 63.4, 69.6, 71.1]), np.array([7.0, 10.7, 10.4, 18.9, 27.0]))


@st.composite
def places_in_norway(draw: st.DrawFn) -> tuple[float, float]:
    """Latitude and longitude in a strip that holds the country: far east lies only its north."""
    lat = draw(st.floats(57.5, 71.5))
    west, east = (4.0, 13.0) if lat < 64.0 else (9.0, 18.5) if lat < 68.0 else (12.0, 31.5)
    return lat, draw(st.floats(west, east))


@given(places_in_norway(), st.floats(-0.1, 0.1), st.floats(-0.2, 0.2))
def test_a_way_anywhere_in_norway_keeps_its_length(place: tuple[float, float], north: float, east: float) -> None:
    lat, lon = place
    start, end = (np.array([lat]), np.array([lon])), (np.array([lat + north]), np.array([lon + east]))
    lay = laying_of(*NORWAY)
    _, _, true_m = GLOBE.inv(lon, lat, lon + east, lat + north)
    assert length_km(lay(*start), lay(*end))[0] == pytest.approx(true_m / 1000, rel=0.01, abs=1e-6)


def test_a_small_region_is_laid_out_the_plain_way() -> None:
    lat, lon = np.array([59.5, 60.2, 59.9]), np.array([10.1, 10.9, 11.2])
    around = (float(lat.mean()), float(lon.mean()))
    assert (laying_of(lat, lon)(lat, lon) == flat_km(lat, lon, around)).all()


def test_near_the_middle_both_ways_agree() -> None:
    lat, lon = np.array([59.9, 59.95, 59.85]), np.array([10.7, 10.8, 10.6])
    around = (59.9, 10.7)
    assert transverse_km(lat, lon, around) == pytest.approx(flat_km(lat, lon, around), abs=0.02)


def test_north_is_up_and_east_to_the_right() -> None:
    east, north = transverse_km(np.array([62.0]), np.array([12.0]), (61.0, 11.0))[0]
    assert east > 0
    assert north > 0
