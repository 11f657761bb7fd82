"""Fetched roads become the roads of a founded study, which can be simulated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.fetch.provenance import Origin, read_provenance, write_provenance
from beredt.fetch.transfer import sha256_of
from beredt.founding.found_study import found_study
from beredt.model.read import load_study
from beredt.roads.build import build_network, road_inputs
from tests.fetch.real_forms import json_stat
from tests.founding.made_land import dimensions, fetched_folder, place

pytestmark = pytest.mark.reference
NORTH, SOUTH = "9901", "9902"
BORDERS = {NORTH: ("Unterland", 47.18, 47.30), SOUTH: ("Oberland", 47.0, 47.18)}
TOWNS = {"Vaduz": (47.139, 9.522), "Eschen": (47.212, 9.523), "Balzers": (47.067, 9.502), "Schaan": (47.166, 9.509)}


def _border(number: str) -> bytes:
    name, south, north = BORDERS[number]
    ring = [[9.4, south], [9.7, south], [9.7, north], [9.4, north], [9.4, south]]
    area = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return json.dumps({"kommunenummer": number, "kommunenavn": name, "omrade": area}).encode()


def _grid(folder: Path) -> bytes:
    """Made-up people in the squares around four towns."""
    to_utm = Transformer.from_crs(4326, 25833, always_xy=True)
    corners = []
    for lat, lon in TOWNS.values():
        east, north = to_utm.transform(lon, lat)
        corners += [((east // 250 + i) * 250, (north // 250 + j) * 250) for i in range(-3, 4) for j in range(-3, 4)]
    west, south = np.array(corners).T
    path = folder / "grid.gml"
    pyogrio.raw.write(
        path, shapely.to_wkb(shapely.box(west, south, west + 250, south + 250)), [np.full(len(west), 50)], ["popTot"],
        geometry_type="Polygon", crs="EPSG:25833", driver="GML",
    )  # fmt: skip
    with ZipFile(folder / "grid.zip", "w") as packed:
        packed.write(path, "grid.gml")
    return (folder / "grid.zip").read_bytes()


@pytest.fixture(scope="module")
def liechtenstein(tmp_path_factory: pytest.TempPathFactory, reference_data: Path) -> Path:
    """A fetched folder with real roads and made-up people."""
    folder = tmp_path_factory.mktemp("founding")
    stations = [place(name, *TOWNS[name]) for name in ("Vaduz", "Eschen")]
    ages = dimensions([f"K-{NORTH}", f"K-{SOUTH}"], ["1"], ["010", "050"], ["Personer1"], ["2025"])
    instead = {
        "population-grid": _grid(folder),
        "population-age": json_stat(ages, [1200.0, 1250.0, 3600.0, 3750.0]),
        "projection": json_stat(dimensions([NORTH, SOUTH], ["1"], ["000"], ["Personer"], ["2030"]), [2600.0, 7800.0]),
        "ambulance-stations": json.dumps({"elements": stations}).encode(),
        "hospitals": json.dumps({"elements": [place("Landesspital", 47.133, 9.517)]}).encode(),
        "health-trusts": b'{"correspondenceItems": []}',
        **{f"borders/{number}.json": _border(number) for number in BORDERS},
    }
    source = fetched_folder(folder / "data", instead, numbers=())
    roads = source / "roads/liechtenstein.osm.pbf"
    roads.parent.mkdir()
    shutil.copyfile(reference_data / "roads/liechtenstein.osm.pbf", roads)
    origin = Origin(
        "roads", "roads/liechtenstein.osm.pbf", "https://example.org", "GET", "0" * 64, "2026-03-01T12:00:00Z",
        roads.stat().st_size, sha256_of(roads), None, None, "ODbL 1.0", "OpenStreetMap", "https://example.org",
    )  # fmt: skip
    write_provenance(source, (*read_provenance(source), origin), "test")
    return source


def test_founded_study_drives_on_the_fetched_roads(liechtenstein: Path, tmp_path: Path) -> None:
    founded = found_study(liechtenstein, list(BORDERS), tmp_path / "study")
    assert founded.people == 9800.0
    study = load_study(founded.folder)
    assert study.settings.roads.form == "map"
    network = build_network(study)
    vaduz, hospital = network.index_of("station:vaduz"), network.index_of("hospital:landesspital")
    # 0.8 km through the town, 9 km over the country road to the other station.
    assert 1.0 < network.trip_s(vaduz, hospital) / 60 < 6.0
    assert 9.0 < network.trip_s(vaduz, network.index_of("station:eschen")) / 60 < 20.0
    assert 8.0 < network.km[network.index_of("station:eschen"), vaduz] < 13.0
    text = (founded.folder / "SOURCES.md").read_text(encoding="utf-8")
    assert "ODbL 1.0" in text
    assert "as the crow flies" not in text


def test_other_roads_are_another_study(liechtenstein: Path, tmp_path: Path) -> None:
    founded = found_study(liechtenstein, list(BORDERS), tmp_path / "study")
    study = load_study(founded.folder)
    road_map = founded.folder / "roads/roads.map"
    road_map.write_bytes(road_map.read_bytes() + b" ")
    other = load_study(founded.folder)
    assert other.fingerprint != study.fingerprint
    assert road_inputs(other).checksum() != road_inputs(study).checksum()


def test_study_without_its_roads_is_told(liechtenstein: Path, tmp_path: Path) -> None:
    founded = found_study(liechtenstein, list(BORDERS), tmp_path / "study")
    shutil.rmtree(founded.folder / "roads")
    answer = CliRunner().invoke(build_app(), ["study", "check", str(founded.folder)])
    assert answer.exit_code == 1
    assert "beredt import osm FILE --out" in answer.output


def test_founded_study_can_be_simulated(liechtenstein: Path, tmp_path: Path) -> None:
    founded = found_study(liechtenstein, list(BORDERS), tmp_path / "study")
    settings = founded.folder / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("days = 365", "days = 28"), encoding="utf-8")
    call = ["simulate", str(founded.folder), "--alternative", "0+", "--replications", "1", "--json"]
    answer = CliRunner().invoke(build_app(), [*call, "--out", str(tmp_path / "out")])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["incidents"] > 30
    assert 300 < told["mean_response_s"] < 3600
