"""Positions find their areas."""

from __future__ import annotations

import numpy as np

from beredt.indicators.observing.area_finder import make_area_finder
from beredt.missions.utm import degrees_of, metres_of
from beredt.model.area import Area
from beredt.model.read import load_study

ZONE = 33


def area(name: str, east_m: float, north_m: float, size_m: int = 1000) -> Area:
    lat, lon = degrees_of(np.array([east_m]), np.array([north_m]), ZONE)
    return Area(name, float(lat[0]), float(lon[0]), size_m, "town", None, True, "zone", "region", "centre", "trust")


def found(areas: list[Area], east_m: float, north_m: float) -> int:
    lat, lon = degrees_of(np.array([east_m]), np.array([north_m]), ZONE)
    return int(make_area_finder(areas).find(lat, lon)[0])


HOME = area("home", 250_900.0, 6_640_100.0)
NEXT = area("next", 251_100.0, 6_640_100.0)


def test_a_position_belongs_to_the_square_it_lies_in() -> None:
    assert found([HOME, NEXT], 250_001.0, 6_640_999.0) == 0
    assert found([HOME, NEXT], 251_001.0, 6_640_001.0) == 1


def test_where_nobody_lives_the_nearest_area_is_taken_within_reach() -> None:
    assert found([HOME, NEXT], 253_500.0, 6_640_500.0) == 1
    assert found([HOME, NEXT], 258_500.0, 6_640_500.0) == -1


def test_a_small_square_lies_on_a_great_one() -> None:
    great, small = area("great", 250_900.0, 6_640_900.0, 5000), area("small", 252_300.0, 6_641_700.0, 1000)
    assert found([great, small], 252_900.0, 6_641_100.0) == 1
    assert found([great, small], 254_900.0, 6_644_900.0) == 0


def test_areas_that_share_a_square_part_it_by_who_lives_nearer() -> None:
    west, east = area("west", 250_100.0, 6_640_500.0), area("east", 250_900.0, 6_640_500.0)
    assert found([west, east], 250_300.0, 6_640_900.0) == 0
    assert found([west, east], 250_700.0, 6_640_100.0) == 1


def test_a_position_that_is_not_known_is_nowhere() -> None:
    assert make_area_finder([HOME]).find(np.array([np.nan, 59.0]), np.array([10.0, np.nan])).tolist() == [-1, -1]


def test_people_of_every_area_of_the_bundled_study_live_in_it() -> None:
    areas = load_study("asker-baerum").service.areas
    lat, lon = np.array([one.lat for one in areas]), np.array([one.lon for one in areas])
    assert np.array_equal(make_area_finder(areas).find(lat, lon), np.arange(len(areas)))


def test_zones_are_those_of_the_projection() -> None:
    east_m, north_m = metres_of(np.array([59.9139]), np.array([10.7522]), ZONE)
    assert abs(east_m[0] - 262_160) < 500
    assert abs(north_m[0] - 6_649_700) < 1_500
