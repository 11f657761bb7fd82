"""`beredt import osm`, `nvdb`, `sumo` and `beredt reach`: answers, files and exit codes."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.roads.imported.test_sumo import RING, net
from tests.roads.imported.tiny_osm import TinyOsm, place


def run(*words: str, code: int = 0) -> str:
    answer = CliRunner().invoke(build_app(), list(words))
    assert answer.exit_code == code, answer.output
    return answer.stdout if code == 0 else answer.output


def asked(*words: str, code: int = 0) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json", code=code))
    return answer


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    town = TinyOsm().way(1, [0, 1, 2, 12, 11, 10, 0]).way(2, [1, 11], oneway="yes").way(3, [2, 9], highway="primary")
    run(
        "import", "osm", str(town.write(tmp_path / "town.osm.pbf")), "--out", str(tmp_path / "roads"), "--country", "NO"
    )
    return tmp_path / "roads"


def test_import_osm(tmp_path: Path, roads: Path) -> None:
    answer = asked("import", "osm", str(tmp_path / "town.osm.pbf"), "--out", str(roads), "--country", "NO")
    assert answer["segments"] == {"read": 8, "used": 8, "left_out": {}, "remarks": {}}
    assert (answer["country"], answer["issues"], answer["out"]) == ("NO", [], str(roads))
    text = run("import", "osm", str(tmp_path / "town.osm.pbf"), "--out", str(roads))
    assert "8 read = 8 used + 0 left out" in text
    assert "country NO" in text


def test_import_faults(tmp_path: Path, roads: Path) -> None:
    (tmp_path / "no.osm.pbf").write_bytes(b"no")
    answer = asked("import", "osm", str(tmp_path / "no.osm.pbf"), "--out", str(tmp_path / "x"), code=1)
    assert answer["issues"][0]["file"] == "no.osm.pbf"
    run("import", "osm", str(tmp_path / "town.osm.pbf"), "--out", str(tmp_path), code=2)
    run("import", "osm", str(tmp_path / "town.osm.pbf"), "--out", str(roads), "--country", "XX", code=2)
    profile = tmp_path / "mine.toml"
    profile.write_text("id = 1", encoding="utf-8")
    run("import", "osm", str(tmp_path / "town.osm.pbf"), "--out", str(roads), "--profile", str(profile), code=1)


def test_import_sumo(tmp_path: Path) -> None:
    (tmp_path / "ring.net.xml").write_text(net(*RING), encoding="utf-8")
    answer = asked("import", "sumo", str(tmp_path / "ring.net.xml"), "--out", str(tmp_path / "out"))
    assert answer["segments"]["used"] == 4


def test_reach(tmp_path: Path, roads: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("lat,lon,people\n60.0,10.0,5\n60.0,10.0162,7\n61.0,10.0,100\n", encoding="utf-8")
    where = ",".join(str(part) for part in place(0))
    words = ["reach", str(roads), "--from", where, "--minutes", "5,0.5", "--people", str(people)]
    answer = asked(*words, "--out", str(tmp_path / "reach.geojson"))
    assert [(area["minutes"], area["people"]) for area in answer["areas"]] == [(0.5, 5.0), (5.0, 12.0)]
    drawn = json.loads((tmp_path / "reach.geojson").read_text("utf-8"))
    assert [one["properties"]["minutes"] for one in drawn["features"]] == [5.0, 0.5]
    assert drawn["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert "minutes" in run(*words, "--at", "mon-08", "--purpose", "V")
    run(*words, "--out", str(tmp_path / "reach.gpkg"))
    first = (tmp_path / "reach.gpkg").read_bytes()
    run(*words, "--out", str(tmp_path / "reach.gpkg"))
    assert (tmp_path / "reach.gpkg").read_bytes() == first
    with sqlite3.connect(tmp_path / "reach.gpkg") as base:
        assert base.execute("select minutes, people from reach").fetchall() == [(5.0, 12.0), (0.5, 5.0)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["--from", "here"], 2),
        (["--from", "95,10"], 2),
        (["--from", "60,10", "--minutes", "0"], 2),
        (["--from", "60,10", "--at", "noon"], 2),
        (["--from", "60,10", "--purpose", "Z"], 2),
        (["--from", "60,10", "--out", "reach.pdf"], 2),
        (["--stations"], 2),
    ],
)
def test_reach_asked_wrongly(roads: Path, words: list[str], code: int) -> None:
    run("reach", str(roads), *words, code=code)
    run("reach", str(roads / "nowhere"), "--from", "60,10", code=2)


@pytest.mark.slow
def test_reach_in_the_bundled_study() -> None:
    answer = asked("reach", "asker-baerum", "--stations", "--minutes", "10,20")
    rows = {(area["origin"], area["minutes"]): area for area in answer["areas"]}
    assert answer["over"] == "network"
    stations = {origin for origin, _ in rows}
    assert "all stations" in stations
    assert len(stations) > 12
    together = rows["all stations", 10.0]
    assert all(rows[station, 10.0]["people"] <= together["people"] for station in stations)
    assert all(rows[station, 10.0]["km2"] < rows[station, 20.0]["km2"] for station in stations)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "country", "used"), [("liechtenstein", "LI", 0.49), ("andorra", "AD", 0.5), ("helsinki_centre", "FI", 0.2)]
)
def test_real_extracts(tmp_path: Path, reference_data: Path, name: str, country: str, used: float) -> None:
    """Every segment of three real extracts is used or listed; a station in the middle reaches all in the end."""
    extract = reference_data / f"roads/{name}.osm.pbf"
    answer = asked("import", "osm", str(extract), "--out", str(tmp_path / name), "--country", country)
    segments = answer["segments"]
    assert segments["read"] == segments["used"] + sum(segments["left_out"].values())
    assert segments["used"] > used * segments["read"]
    region = answer["region"]
    middle = f"{(region['south'] + region['north']) / 2},{(region['west'] + region['east']) / 2}"
    areas = asked("reach", str(tmp_path / name), "--from", middle, "--minutes", "2,10,120")["areas"]
    assert [area["road_km"] for area in areas] == sorted(area["road_km"] for area in areas)
    # In the end all roads are driven but those behind turn bans; from the Alps between two valleys, none.
    share = areas[-1]["road_km"] / answer["roads"]["km"]
    assert share == 0 or share > 0.99
    with (tmp_path / name / "issues.csv").open(encoding="utf-8") as file:
        assert all(row["lat"] and row["remedy"] for row in csv.DictReader(file))


def test_times_between_places(tmp_path: Path, roads: Path) -> None:
    places = tmp_path / "places.csv"
    rows = [f"p{node},{place(node)[0]},{place(node)[1]}" for node in (0, 9, 11)]
    places.write_text("\n".join(["id,lat,lon", *rows]) + "\n", encoding="utf-8")
    out = tmp_path / "times.csv"
    answer = asked("roads", "times", str(roads), "--from", str(places), "--out", str(out))
    assert (answer["origins"], answer["ends"], answer["unreachable"]) == (3, 3, 0)
    with out.open(encoding="utf-8") as file:
        seconds = {(row["from"], row["to"]): float(row["seconds"]) for row in csv.DictReader(file)}
    assert len(seconds) == 9
    assert seconds["p0", "p0"] == 0
    assert seconds["p0", "p9"] + seconds["p9", "p11"] >= seconds["p0", "p11"] > 0
    slow = asked(
        "roads", "times", str(roads), "--from", str(places), "--out", str(out), "--purpose", "V", "--at", "mon-08"
    )
    assert slow["period"] == "peak"
    changes = tmp_path / "changes.toml"
    changes.write_text('[[change]]\nedit = "close_link"\nname = "x"\nyear = 2030\nlines = [3]\n', encoding="utf-8")
    later = ["--changes", str(changes), "--year", "2031"]
    run("roads", "times", str(roads), "--from", str(places), "--out", str(tmp_path / "later.parquet"), *later)
    near = [
        area["road_km"] for area in asked("reach", str(roads), "--from", "60,10", "--minutes", "9", *later)["areas"]
    ]
    now = [area["road_km"] for area in asked("reach", str(roads), "--from", "60,10", "--minutes", "9")["areas"]]
    assert near < now
    run("roads", "times", str(roads), "--from", str(places), "--out", str(out), "--year", "2031", code=2)
    run("roads", "times", str(roads), "--from", str(places), "--out", str(tmp_path / "times.xlsx"), code=2)
    places.write_text("id,lat,lon\na,91,10\n", encoding="utf-8")
    run("roads", "times", str(roads), "--from", str(places), "--out", str(out), code=1)


def test_calibrate(tmp_path: Path, roads: Path) -> None:
    trips = tmp_path / "trips.csv"
    one, other = place(0), place(9)
    lines = [f"{one[0]},{one[1]},{other[0]},{other[1]},{110 + number % 7}" for number in range(40)]
    trips.write_text("\n".join(["from_lat,from_lon,to_lat,to_lon,seconds", *lines]), encoding="utf-8")
    out = tmp_path / "speeds.toml"
    answer = asked("roads", "calibrate", str(roads), "--trips", str(trips), "--out", str(out))
    assert answer["trips"] == 40
    assert answer["after"]["median"] <= answer["before"]["median"]
    assert "factor on time" in run("roads", "calibrate", str(roads), "--trips", str(trips), "--out", str(out))
    slow = asked("reach", str(roads), "--from", f"{one[0]},{one[1]}", "--minutes", "1", "--speeds", str(out))
    fast = asked("reach", str(roads), "--from", f"{one[0]},{one[1]}", "--minutes", "1")
    assert slow["areas"][0]["road_km"] < fast["areas"][0]["road_km"]
