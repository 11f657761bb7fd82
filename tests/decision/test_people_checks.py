"""People near borders and by nearest station: against counts that others made on real data, and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely
from shapely.geometry import shape
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.decision.border_people import people_near_border
from beredt.decision.near_border import people_near_shared_border
from beredt.decision.people_checks import _near_border
from beredt.decision.people_table import _near_borders
from beredt.demand.population import people_by_area
from beredt.model.area import Area
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.reach import people_per_nearest_site
from tests.tiny_study import AREAS, write_tiny_study

NEAR = {("3201", "0301"): 85_164, ("3201", "3203"): 27_067, ("3203", "3312"): 15_331}
NEAREST_SMESTAD = 50_531
ROOM = 0.01


@pytest.fixture(scope="module")
def bundled() -> Study:
    return load_study("asker-baerum")


def area_at(lat: float, lon: float, size_m: int, municipality: str) -> Area:
    return Area("x", lat, lon, size_m, municipality, None, True, "z", "r", "c", "o")


def test_people_near_real_borders(reference_data: Path) -> None:
    folder = reference_data / "asker-baerum"
    cells = pl.read_csv(folder / "population_grid_250m.csv", schema_overrides={"kommunenummer": pl.String})
    towns = cells["kommunenummer"].str.zfill(4).to_numpy()
    land = json.loads((folder / "municipalities.geojson").read_text(encoding="utf-8"))
    outline = {f["properties"]["kommunenummer"]: shape(f["geometry"]) for f in land["features"]}
    for (one, other), counted in NEAR.items():
        here = (towns == one) | (towns == other)
        own = cells.filter(pl.Series(here))
        areas = [area_at(lat, lon, 250, "x") for lat, lon in own.select("lat", "lon").rows()]
        people = own["pop_2022"].to_numpy().astype(np.float64)
        everybody = np.ones(len(areas), np.bool_)
        near = people_near_shared_border(areas, people, everybody, (outline[one], outline[other]), 2.0)
        assert near == pytest.approx(counted, rel=ROOM), (one, other)


def test_people_by_nearest_station_by_real_car_times(reference_data: Path) -> None:
    folder = reference_data / "asker-baerum"
    times = pl.read_csv(folder / "osrm_seconds_station_to_cell_1km.csv")
    stations = [name for name in times.columns if name.endswith("_s") and "Bekkestua" not in name]  # a standby point
    names = [f"{e // 1000}-{n // 1000}" for e, n in times.select("easting", "northing").rows()]
    seconds = np.zeros((len(stations) + len(names),) * 2, np.float32)
    seconds[len(stations) :, : len(stations)] = times.select(stations).to_numpy()
    ids = (*(f"station:{one}" for one in stations), *(f"area:{one}" for one in names))
    nothing = np.zeros(len(ids))
    plain = np.broadcast_to(np.float32(0.0), seconds.shape)
    network = Network(ids, nothing, nothing, seconds, plain.astype(np.int16), plain, nothing)
    cells = pl.read_csv(folder / "population_grid_250m.csv").filter(pl.col("kommunenummer") == 3201)
    people: dict[str, float] = {}
    for east, north, count in cells.select("easting", "northing", "pop_2022").rows():
        name = f"{east // 1000}-{north // 1000}"
        if name in set(names):
            people[name] = people.get(name, 0.0) + count
    found = people_per_nearest_site(network, [f"station:{one}" for one in stations], people)
    assert found["station:Smestad_s"] == pytest.approx(NEAREST_SMESTAD, rel=ROOM)


def test_a_border_by_hand() -> None:
    """Two squares that share a side; people 1 km and 3 km from it on both sides, and a wide area across the limit."""
    km_east = 1.0 / (111.6 * np.cos(np.radians(59.9)))
    west = shapely.box(10.5 - 20 * km_east, 59.8, 10.5, 60.0)
    east = shapely.box(10.5, 59.8, 10.5 + 20 * km_east, 60.0)
    places = [(-1.0, 250), (-3.0, 250), (1.0, 250), (3.0, 250), (2.0, 1000)]
    areas = [area_at(59.9, 10.5 + km * km_east, size, "x") for km, size in places]
    people = np.array([1.0, 10.0, 100.0, 1000.0, 20_000.0])
    near = people_near_shared_border(areas, people, np.ones(5, np.bool_), (west, east), 2.0)
    # The border is 60 m wide on both sides, so that a bit more than half of the wide area is inside; of 64 points.
    assert near == pytest.approx(101.0 + 20_000.0 * 0.56, abs=20_000.0 / 64)
    far = shapely.box(11.5, 59.8, 11.6, 60.0)
    assert people_near_shared_border(areas, people, np.ones(5, np.bool_), (west, far), 2.0) == 0.0


@pytest.mark.parametrize(("pair", "room"), [(("baerum", "oslo"), 0.01), (("asker", "baerum"), 0.01)])
def test_the_report_and_the_command_print_the_same_people_as_the_checks(
    bundled: Study, pair: tuple[str, str], room: float
) -> None:
    """One way to count: the published figure, the table `people` and `beredt demand people` of the year 2022."""
    counted = {("baerum", "oslo"): 85_164, ("asker", "baerum"): 27_067}[pair]
    people = people_by_area(bundled.service.areas, bundled.population, 2022)
    near = people_near_border(bundled, people, *pair, 2.0)
    assert near == pytest.approx(counted, rel=room)
    own = bundled.settings.study.year
    now = people_near_border(bundled, people_by_area(bundled.service.areas, bundled.population, own), *pair, 2.0)
    table = _near_border(bundled, people_by_area(bundled.service.areas, bundled.population, own), [2.0])
    assert table.filter((pl.col("one") == pair[0]) & (pl.col("other") == pair[1]))["people"].item() == now
    assert (people * _near_borders(bundled)["/".join(pair)]).sum() == near


def test_the_command_counts_everyone_once(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    out = tmp_path / "out"
    done = CliRunner().invoke(build_app(), ["demand", "people", str(folder), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert sum(row["people"] for row in told["nearest_station"]) == pytest.approx(sum(area[6] for area in AREAS))
    assert {path.name for path in out.iterdir()} == {"near_border.csv", "nearest_station.csv", "reach.csv"}
    assert all(row["people"] <= 27_000 for row in told["reach"])
    assert CliRunner().invoke(build_app(), ["demand", "people", str(folder), "--within", "x"]).exit_code == 2
