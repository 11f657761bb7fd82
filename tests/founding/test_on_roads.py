"""A study founded on an extract and three tables: every fault told, people counted, and the how-to as it stands."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import FoundingError
from beredt.founding.found_on_roads import OwnFiles, found_on_roads
from beredt.founding.squares import grid_of, spread, squares_of
from beredt.model.issue import Issue
from beredt.model.read import load_study
from tests.roads.imported.tiny_osm import TinyOsm, place

FENCE = re.compile(r"^ *```text\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def town() -> TinyOsm:
    """A ring of streets with a primary road across."""
    return (
        TinyOsm().way(1, [0, 5, 55, 50, 0]).way(2, [0, 22, 55], highway="primary").way(3, [50, 22], highway="primary")
    )


def row(node: int, *cells: object) -> str:
    lat, lon = place(node)
    return ",".join(str(cell) for cell in (lat, lon, *cells))


@pytest.fixture
def files(tmp_path: Path) -> OwnFiles:
    tables = {
        "people": ["lat,lon,people,municipality", row(0, 300, "Sør"), row(55, 500.5, "Nord"), row(5, 0, "Nord")],
        "stations": ["lat,lon,name,cars", row(22, "Base", 2), row(50, "Base", 0)],
        "hospitals": ["lat,lon,name", row(5, "Sykehuset")],
    }
    for name, lines in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    extract = town().write(tmp_path / "town.osm.pbf")
    people, stations, hospitals = (tmp_path / f"{name}.csv" for name in tables)
    return OwnFiles(extract, people, stations, hospitals, 2025, country="NO")


def test_tables_become_a_study_with_its_assumptions_named(files: OwnFiles, tmp_path: Path) -> None:
    founded = found_on_roads(files, tmp_path / "study")
    assert founded.people == 800.5
    assert founded.counts == {"municipalities": 2, "areas": 2, "stations": 2, "units": 2, "hospitals": 1}
    study = load_study(founded.folder)
    assert study.settings.roads.form == "map"
    assert sorted((one.id, one.name) for one in study.service.municipalities) == [("nord", "Nord"), ("sor", "Sør")]
    assert [(one.id, one.basis) for one in study.service.units] == [("base-1", "published"), ("base-2", "published")]
    told = (founded.folder / "SOURCES.md").read_text("utf-8")
    for word in ("town.osm.pbf", "Akershus", "all people of a row live in its place", "stand there round the clock"):
        assert word in told
    assert not list(tmp_path.glob(".study-*"))


def test_cars_that_nobody_told_are_assumed(files: OwnFiles, tmp_path: Path) -> None:
    files.stations.write_text("lat,lon,name\n" + row(22, "Base") + "\n", encoding="utf-8")
    founded = found_on_roads(files, tmp_path / "study")
    assert [one.basis for one in load_study(founded.folder).service.units] == ["assumed"]
    assert "**All of it**: a car round the clock" in (founded.folder / "SOURCES.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "text", "field", "at_row"),
    [
        ("people", "lat,lon\n60,10\n", "people", None),
        ("people", "lat,lon,people\n", None, None),
        ("people", "lat,lon,people\n60,10,5\n61,10,many\n61,10,-1\n", "people", 3),
        ("people", "lat,lon,people\n60,190,5\n", "lon", 2),
        ("people", "lat,lon,people\n60,10,0\n", "people", None),
        ("stations", "lat,lon,name,cars\n60,10,A,1.5\n", "cars", 2),
        ("stations", "lat,lon,name,cars\n60,10,A,0\n", "cars", None),
        ("hospitals", "lat,lon,name\n60,10,\n", "name", 2),
    ],
)
def test_faults_are_told_and_nothing_is_written(
    files: OwnFiles, tmp_path: Path, table: str, text: str, field: str | None, at_row: int | None
) -> None:
    path = Path(getattr(files, table))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FoundingError) as caught:
        found_on_roads(files, tmp_path / "study")
    (issue,) = caught.value.issues
    assert isinstance(issue, Issue)
    assert (issue.file, issue.field, issue.row) == (f"{table}.csv", field, at_row)
    assert issue.remedy
    assert not (tmp_path / "study").exists()


def test_people_are_spread_along_the_streets_nearest_to_them(tmp_path: Path) -> None:
    """Three quarters of the streets are nearest to the first row, the last row has none."""
    streets = TinyOsm().way(1, [0, 1, 2, 3, 4]).way(2, [4, 14, 24], highway="primary").way(3, [24, 23, 22])
    roads, _ = streets.way(4, [22, 12, 2], highway="primary").read(tmp_path)
    (a, b), (c, d), (e, f) = place(1), place(34), place(99)
    people = pl.DataFrame({"lat": [a, c, e], "lon": [b, d, f], "people": [90.0, 30.0, 7.0], "municipality": [*"xyz"]})
    placed, alone = spread(people, roads, grid_of(a, b))
    assert alone == 1
    sums = dict(placed.group_by("municipality").agg(pl.col("people").sum()).iter_rows())
    assert sums == pytest.approx({"x": 90.0, "y": 30.0, "z": 7.0})
    of_x = placed.filter(pl.col("municipality") == "x")
    assert of_x["lat"].to_numpy() == pytest.approx(a)  # none on the primary road
    at_lat, at_lon, counted = (placed[name].to_numpy() for name in ("lat", "lon", "people"))
    squares = squares_of(at_lat, at_lon, counted, placed["municipality"].to_list(), 25833)
    assert squares["people"].sum() == pytest.approx(127.0)
    assert (squares["easting"].to_numpy() % 250 == 125).all()


@pytest.mark.parametrize(("lat", "lon", "grid"), [(60.0, 10.0, 25833), (-33.9, 151.2, 32756), (40.7, -74.0, 32618)])
def test_grid_is_of_the_place(lat: float, lon: float, grid: int) -> None:
    assert grid_of(lat, lon) == grid
    ones = np.ones(3)
    squares = squares_of(np.array([lat, lat + 0.001, lat + 0.002]), lon * ones, ones, ["x"] * 3, grid)
    assert squares["people"].sum() == 3.0


def test_options_that_miss_each_other_are_refused(files: OwnFiles, tmp_path: Path) -> None:
    for words in (["--roads", str(files.roads)], ["--people", str(files.people)], ["--spread"]):
        answer = CliRunner().invoke(build_app(), ["study", "init", str(tmp_path / "x"), *words])
        assert answer.exit_code == 2, answer.output


@pytest.mark.reference
def test_how_to_runs_as_it_stands(
    root: Path, reference_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (root / "docs/how-to/study-from-an-extract.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    Path("extract.osm.pbf").symlink_to(reference_data / "roads/liechtenstein.osm.pbf")
    for name, text in zip(("people.csv", "stations.csv", "hospitals.csv"), FENCE.findall(page), strict=True):
        assert f"`{name}`" in page
        Path(name).write_text(re.sub(r"^ +", "", text, flags=re.MULTILINE), encoding="utf-8")
    commands = [
        line for block in re.findall(r"^```sh\n(.*?)```", page, re.DOTALL | re.MULTILINE) for line in block.splitlines()
    ]
    assert [command.split()[1] for command in commands] == ["study", "study", "simulate", "reach"]
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "beredt"
        answer = CliRunner().invoke(build_app(), words)
        assert answer.exit_code == 0, f"{command}: {answer.output}"
    check_what_was_made()


def check_what_was_made() -> None:
    """People as given, all of them within reach; response times that such a country can have."""
    people = pl.read_csv("my-study/population.csv")["people"]
    assert people.sum() == pytest.approx(39_400, abs=len(people) * 0.05)
    assert 60 < len(people) < 160
    missions = pl.read_parquet("results/missions.parquet")
    assert missions.height > 5_000
    assert 5 < float(np.median(missions["response_s"].drop_nulls().to_numpy())) / 60 < 40
    drawn: list[Any] = json.loads(Path("reach.geojson").read_text("utf-8"))["features"]
    together = {one["properties"]["minutes"]: one["properties"]["people"] for one in drawn
                if one["properties"]["origin"] == "all stations"}  # fmt: skip
    assert 20_000 < together[10.0] < together[15.0] <= 39_400.5
