"""Reach over small road maps against the plainest way to find it: one search, and every place to its nearest node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.roads.imported.measure import metres_between
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.isochrones.reach_area import People
from beredt.roads.isochrones.reach_roads import RoadReach
from beredt.roads.isochrones.time_grid import time_grid
from beredt.roads.routing.snap_places import snap_places
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.imported.tiny_osm import TinyOsm, place
from tests.roads.routing.random_maps import twin_ms

SPEEDS = load_speeds()
PACE = 3.6 / SPEEDS.off_road_kmh


def town() -> TinyOsm:
    """Two quarters joined by a fast road; a one-way street, a tunnel, and a turn that is banned."""
    made = TinyOsm().way(1, [0, 1, 2, 12, 11, 10, 0]).way(2, [1, 11], oneway="yes")
    made.way(3, [2, 5], highway="primary", maxspeed="60").way(4, [5, 6, 16, 15, 5]).way(5, [12, 52], tunnel="yes")
    return made.way(6, [52, 53, 43, 42, 52]).ban(1, 3, 5, 4, "no_left_turn").ban(2, 2, 11, 1, "no_right_turn")


def twin_seconds(roads: RoadMap, lat: float, lon: float) -> NDArray[np.float64]:
    """Seconds to every node from the node with access that is nearest to a place, found by looking at all."""
    node, off_m = nearest(roads, lat, lon)
    return np.array(twin_ms(roads, arc_ms(roads, SPEEDS, "A", "free"), node)) / 1000 + off_m * PACE


def nearest(roads: RoadMap, lat: float, lon: float) -> tuple[int, float]:
    away = metres_between(np.full(roads.nodes, lon), np.full(roads.nodes, lat), roads.lon, roads.lat)
    away[~roads.access] = np.inf
    return int(away.argmin()), float(away.min())


@pytest.mark.parametrize("where", [(60.0002, 10.0005), (60.0, 10.0), place(43)])
def test_every_place_of_the_grid(tmp_path: Path, where: tuple[float, float]) -> None:
    roads, _ = town().read(tmp_path)
    reach = RoadReach(roads, SPEEDS, "A", "free")
    minutes = [0.3, 0.6, 1.2]
    areas = reach.areas("here", [where[0]], [where[1]], minutes, cell_m=45.0)
    twin = twin_seconds(roads, *where)
    node_s = reach.seconds([where[0]], [where[1]], 72.0)
    np.testing.assert_allclose(np.where(twin <= 72.0, twin, np.inf), node_s, rtol=0, atol=1e-6)
    grid = time_grid(roads, node_s, SPEEDS, 45.0)
    assert grid is not None
    at = np.indices(grid.seconds.shape)
    lat, lon = grid.south + at[0] * grid.step_lat, grid.west + at[1] * grid.step_lon
    told: NDArray[np.float64] = np.full(grid.seconds.shape, np.inf)
    for index in np.ndindex(grid.seconds.shape):
        node, off_m = nearest(roads, float(lat[index]), float(lon[index]))
        if off_m <= SPEEDS.off_road_most_m:
            told[index] = twin[node] + off_m * PACE
    for area in areas:
        inside = shapely.contains_xy(area.shape, lon.ravel(), lat.ravel()).reshape(told.shape)
        sure = np.abs(told - area.minutes * 60) > 0.01  # beside ties of two nodes
        np.testing.assert_array_equal(inside[sure], (told <= area.minutes * 60)[sure])
        cells = area.km2 / 0.045**2
        assert 0.5 * inside.sum() - 2 <= cells <= 1.5 * inside.sum() + 2


def test_people_and_roads_inside(tmp_path: Path) -> None:
    roads, _ = town().read(tmp_path)
    random = np.random.default_rng(4)
    people = People(
        60 + random.uniform(-0.004, 0.01, 80), 10 + random.uniform(-0.004, 0.014, 80), random.uniform(1, 9, 80)
    )
    reach = RoadReach(roads, SPEEDS, "A", "free")
    origin = place(1)
    twin = twin_seconds(roads, *origin)
    for area in reach.areas("1", [origin[0]], [origin[1]], [0.4, 1.0, 3.0], people):
        counted = 0.0
        for lat, lon, count in zip(people.lat.tolist(), people.lon.tolist(), people.people.tolist(), strict=True):
            node, off_m = nearest(roads, lat, lon)
            if off_m <= SPEEDS.off_road_most_m and twin[node] + off_m * PACE <= area.minutes * 60:
                counted += count
        assert area.people == pytest.approx(counted)
    whole = reach.areas("1", [origin[0]], [origin[1]], [30.0])[0]
    assert whole.road_km == pytest.approx(float((roads.arc_m * roads.one_of_two()).sum()) / 1000)
    assert whole.people is None


def test_from_several_places_is_the_sooner_of_them(tmp_path: Path) -> None:
    roads, _ = town().read(tmp_path)
    reach = RoadReach(roads, SPEEDS, "A", "free")
    one, other = place(0), place(43)
    both = reach.seconds([one[0], other[0]], [one[1], other[1]], 60.0)
    each = [reach.seconds([lat], [lon], 60.0) for lat, lon in (one, other)]
    np.testing.assert_array_equal(both, np.minimum(*each))


def test_haste_reaches_farther_and_traffic_less(tmp_path: Path) -> None:
    roads, _ = town().read(tmp_path)
    lat, lon = place(1)
    size = {
        (purpose, period): RoadReach(roads, SPEEDS, purpose, period).areas("1", [lat], [lon], [0.7])[0].road_km or 0
        for purpose, period in (("A", "free"), ("V", "free"), ("V", "peak"))
    }
    assert size["A", "free"] > size["V", "free"] > size["V", "peak"] > 0


def test_far_from_any_road_nothing_is_reached(tmp_path: Path) -> None:
    roads, _ = town().read(tmp_path)
    (area,) = RoadReach(roads, SPEEDS, "A", "free").areas("sea", [61.0], [10.0], [10.0])
    assert (area.km2, area.road_km, area.shape.is_empty) == (0.0, 0.0, True)
    with pytest.raises(OutOfRangeError):
        RoadReach(roads, SPEEDS, "A", "free").areas("x", [60.0], [10.0], [0.0])


def test_snapping_is_to_the_nearest_node_with_access(tmp_path: Path) -> None:
    roads, _ = town().read(tmp_path)
    random = np.random.default_rng(1)
    lat, lon = 60 + random.uniform(-0.01, 0.02, 200), 10 + random.uniform(-0.01, 0.02, 200)
    found = snap_places(roads, lat, lon)
    few = snap_places(roads, lat[:5], lon[:5])  # without a tree
    np.testing.assert_array_equal(few.off_m, found.off_m[:5])
    for index in range(200):
        _, off_m = nearest(roads, lat[index], lon[index])
        assert roads.access[found.node[index]]
        assert found.off_m[index] == pytest.approx(off_m, abs=0.5)
