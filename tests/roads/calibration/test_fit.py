"""Speeds fitted to trips: found again where they were put in, and left alone where nothing speaks for a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beredt.errors import DefinitionError, NetworkError
from beredt.roads.calibration.fit import SpeedFit, fit_speeds
from beredt.roads.calibration.trips import Trips, read_trips
from beredt.roads.calibration.write_speeds import write_speeds
from beredt.roads.imported.road_class import CLASS_NUMBER
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import DIJKSTRA
from beredt.roads.routing.routes import Routes
from beredt.roads.routing.snap_places import snap_places
from beredt.roads.speeds.speed_table import SpeedTable, load_speeds
from tests.roads.imported.tiny_osm import TinyOsm


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> RoadMap:
    """A lattice: every other street is residential, the others are main roads of two classes."""
    town = TinyOsm()
    for line in range(9):
        town.way(1 + line, [line * 10 + east for east in range(9)], highway="residential" if line % 2 else "secondary")
        town.way(20 + line, [north * 10 + line for north in range(9)], highway="residential" if line % 2 else "primary")
    town.way(40, [88, 89, 99], highway="track")
    return town.read(tmp_path_factory.mktemp("town"))[0]


def trips_over(roads: RoadMap, speeds: SpeedTable, count: int, noise: float, start_s: float) -> Trips:
    """Trips as they would be at these speeds, with noise of that size and some seconds of setting off."""
    random = np.random.default_rng(11)
    ends = random.integers(0, roads.nodes, count)
    starts = random.integers(0, roads.nodes, 6)[random.integers(0, 6, count)]
    origins, goals = (snap_places(roads, roads.lat[nodes], roads.lon[nodes]) for nodes in (starts, ends))
    table = Routes(roads, speeds, DIJKSTRA).times_s(origins, goals, "A", "free")
    seconds = np.diag(table) * np.exp(random.normal(0, noise, count) - noise**2 / 2) + start_s
    kept = seconds > 30
    starts, ends = starts[kept], ends[kept]
    return Trips(roads.lat[starts], roads.lon[starts], roads.lat[ends], roads.lon[ends], seconds[kept])


def slower(speeds: SpeedTable, **factor: float) -> SpeedTable:
    share = speeds.share.copy()
    for name, times in factor.items():
        share[CLASS_NUMBER[name]] /= times
    return replace(speeds, share=share)


def test_what_was_put_in_is_found_again(roads: RoadMap) -> None:
    given = load_speeds()
    true = slower(given, residential=1.4, primary=0.9, secondary=1.15)
    fit = fit_speeds(roads, given, trips_over(roads, true, 600, 0.1, 20.0), "A", "free")
    assert fit.better
    assert fit.after.median < 0.09 < fit.before.median  # the median of |noise| is 0.067
    assert abs(fit.after.bias_s) < 3
    for name, factor in (("residential", 1.4), ("primary", 0.9), ("secondary", 1.15)):
        assert fit.factor[name] == pytest.approx(factor, abs=0.1)
        assert fit.speeds.share[CLASS_NUMBER[name]] == pytest.approx(given.share[CLASS_NUMBER[name]] / fit.factor[name])
    assert fit.start_s == pytest.approx(20, abs=6)


def test_speeds_that_are_right_stay(roads: RoadMap) -> None:
    given = load_speeds()
    fit = fit_speeds(roads, given, trips_over(roads, given, 300, 0.15, 0.0), "A", "free")
    assert not fit.better
    assert all(factor == pytest.approx(1.0, abs=0.12) for factor in fit.factor.values())


def test_a_class_that_few_drive_on_keeps_its_speed(roads: RoadMap) -> None:
    given = load_speeds()
    fit = fit_speeds(roads, given, trips_over(roads, slower(given, track=2.0, primary=1.2), 200, 0.1, 0.0), "A", "free")
    assert fit.factor.get("track", 1.0) == 1.0
    assert fit.factor["primary"] > 1.1


def test_too_few_trips(roads: RoadMap) -> None:
    with pytest.raises(NetworkError, match="needs 30"):
        fit_speeds(roads, load_speeds(), trips_over(roads, load_speeds(), 20, 0.1, 0.0), "A", "free")


def test_the_table_is_written_with_its_comments_and_read_again(tmp_path: Path, roads: RoadMap) -> None:
    given = load_speeds()
    fit: SpeedFit = fit_speeds(roads, given, trips_over(roads, slower(given, primary=1.3), 200, 0.05, 0.0), "A", "free")
    write_speeds(tmp_path / "fitted.toml", fit, None)
    again = load_speeds(tmp_path / "fitted.toml")
    assert again.id == "default-fitted"
    np.testing.assert_allclose(again.share, fit.speeds.share, atol=1e-4)
    assert "# How fast an ambulance drives" in (tmp_path / "fitted.toml").read_text("utf-8")


def test_trips_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_text(
        "from_lat,from_lon,to_lat,to_lon,seconds\n60,10,60,10.1,300\n60,10,60,10.1,5\n60,,60,10,300\n", encoding="utf-8"
    )
    trips = read_trips(path)
    assert (len(trips), trips.left_out) == (1, 2)
    path.write_text("lat,lon\n1,2\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"trips\.csv"):
        read_trips(path)
