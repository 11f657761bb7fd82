"""NVDB's roads: answers of the API in both versions, and the network for route planning."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS

from beredt.errors import ForeignFilesError
from beredt.roads.imported.assemble import assemble
from beredt.roads.imported.road_class import ROAD_CLASSES, RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.nvdb.read_api import read_nvdb
from beredt.roads.nvdb.read_ruteplan import read_ruteplan
from beredt.roads.profile.limits import load_limits

E0, N0 = 250_000.0, 6_650_000.0
"""UTM 33 of a place in Bærum."""


def segment(id_: int, start: int, end: int, **more: Any) -> dict[str, Any]:
    """A road between nodes on a 100 m lattice: node 12 lies 1 north, 2 east."""
    places = [(E0 + node % 10 * 100, N0 + node // 10 * 100, 50.0 + node % 10) for node in (start, end)]
    wkt = "LINESTRING Z(" + ", ".join(" ".join(str(number) for number in place) for place in places) + ")"
    return {
        "veglenkesekvensid": id_,
        "startposisjon": 0,
        "sluttposisjon": 1,
        "veglenkenummer": 1,
        "startnode": str(start),
        "sluttnode": str(end),
        "type": "HOVED",
        "detaljnivå": "Vegtrase og kjørebane",
        "typeVeg": "Enkel bilveg",
        "feltoversikt": ["1", "2"],
        "geometri": {"wkt": wkt, "srid": 5973},
        "lengde": 100.0,
        "vegsystemreferanse": {
            "vegsystem": {"vegkategori": "K", "fase": "V", "nummer": 1},
            "strekning": {"trafikantgruppe": "K"},
        },
    } | more


def square() -> list[dict[str, Any]]:
    return [segment(1, 0, 1), segment(2, 1, 11), segment(3, 11, 10), segment(4, 10, 0)]


def limit(sequence: int, start: float, end: float, kmh: int, way: str = "") -> dict[str, Any]:
    place = {"veglenkesekvensid": sequence, "startposisjon": start, "sluttposisjon": end, "retning": way}
    return {
        "id": sequence,
        "egenskaper": [{"id": 2021, "navn": "Fartsgrense", "verdi": kmh}],
        "lokasjon": {"stedfestinger": [place]},
    }


def read(folder: Path, *answers: list[dict[str, Any]]) -> tuple[RoadMap, Tally]:
    paths = []
    for number, objects in enumerate(answers):
        path = folder / f"{number}.json.gz"
        path.write_bytes(gzip.compress(json.dumps({"objekter": objects, "metadata": {}}).encode()))
        paths.append(path)
    tally = Tally()
    drawn, limits = read_nvdb(paths, lambda _: load_limits("NO"), tally)
    return assemble(drawn, limits, tally), tally


def ways(roads: RoadMap, source: int) -> int:
    """How many directions a line of 100 m is driven in."""
    return round(float(roads.arc_m[roads.arc_source == source].sum()) / 100)


@pytest.mark.parametrize(
    ("lanes", "directions", "privileged"),
    [
        (["1", "2"], 2, False),
        (["1", "3"], 1, False),
        (["1", "2K", "4S"], 2, False),
        (["1", "3S"], 1, False),
        (["1K"], 1, True),
    ],
)
def test_lanes(tmp_path: Path, lanes: list[str], directions: int, privileged: bool) -> None:
    town = [*square()[1:], segment(1, 0, 1, feltoversikt=lanes)]
    roads, _ = read(tmp_path, town)
    assert ways(roads, 1) == directions
    assert bool((roads.arc_flags[roads.arc_source == 1] & int(RoadFlag.PRIVILEGED)).any()) == privileged
    east = roads.lon[roads.arc_to] > roads.lon[roads.arc_from]
    assert (roads.arc_source[east] == 1).any()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"typeVeg": "Gang- og sykkelveg"}, "not_driven"),
        ({"typeVeg": "Trapp"}, "not_driven"),
        ({"feltoversikt": ["1S", "2S"]}, "other_lanes"),
        ({"detaljnivå": "Vegtrase", "typeVeg": "Kanalisert veg"}, "carriageway_instead"),
        ({"typeVeg": "Svevebane"}, "unknown_class"),
        ({"geometri": {"wkt": "POINT(1 2)", "srid": 5973}}, "unreadable_line"),
    ],
)
def test_left_out(tmp_path: Path, more: dict[str, Any], reason: str) -> None:
    roads, tally = read(tmp_path, [*square(), segment(9, 1, 10, **more)])
    assert tally.left_out == {reason: 1}
    assert 9 not in roads.arc_source


def test_words_of_api_3_and_4_are_the_same_roads(tmp_path: Path) -> None:
    newer = {"detaljnivå": "VEGTRASE_OG_KJOREBANE", "typeVeg": "ENKEL_BILVEG", "type": "HOVED"}
    old, _ = read(tmp_path, square())
    new, _ = read(tmp_path, [one | newer for one in square()])
    assert old.checksum() == new.checksum()


def test_classes_limits_and_heights(tmp_path: Path) -> None:
    town = square()
    town[0]["vegsystemreferanse"]["vegsystem"]["vegkategori"] = "E"
    town[0]["typeVeg"] = "Kanalisert veg"
    town[1]["vegsystemreferanse"]["vegsystem"]["vegkategori"] = "F"
    limits = [limit(1, 0, 1, 100), limit(2, 0, 0.3, 50), limit(2, 0.3, 1, 60, "MED"), limit(2, 0.3, 1, 70, "MOT")]
    roads, _ = read(tmp_path, limits, town)
    classes = {
        int(s): ROAD_CLASSES[c] for s, c in zip(roads.arc_source.tolist(), roads.arc_class.tolist(), strict=True)
    }
    assert classes == {1: "motorway", 2: "secondary", 3: "unclassified", 4: "unclassified"}
    assert set(roads.arc_kmh[roads.arc_source == 1].tolist()) == {100.0}
    north = roads.lat[roads.arc_to] > roads.lat[roads.arc_from] + 1e-5
    assert set(roads.arc_kmh[(roads.arc_source == 2) & north].tolist()) == {60.0}
    assert set(roads.arc_kmh[(roads.arc_source == 2) & ~north].tolist()) == {70.0}
    assert sorted(set(np.round(roads.arc_grade[roads.arc_source == 1]).tolist())) == [-1.0, 1.0]
    assert roads.arc_m[roads.arc_source == 1].sum() == pytest.approx(200)


def test_a_connector_goes_on_where_its_road_leads(tmp_path: Path) -> None:
    """A one-way ring: a carriageway, a connector without lanes, and back. Turned the other way it goes back."""
    for lanes, eastward in (["1"], True), (["2"], False):
        ring = [segment(n, a, b, feltoversikt=lanes) for n, (a, b) in enumerate([(1, 11), (11, 10), (10, 0)], 2)]
        joint = segment(1, 0, 1, type="KONNEKTERING")
        del joint["feltoversikt"]
        roads, _ = read(tmp_path, [joint, *ring])
        assert ways(roads, 1) == 1
        east = roads.lon[roads.arc_to] > roads.lon[roads.arc_from] + 1e-5
        assert bool((roads.arc_source[east] == 1).any()) == eastward


def test_files_that_are_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for text in ("{", '{"objekter": [{"x": 1}]}', "[1]"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ForeignFilesError, match=r"other\.json"):
            read_nvdb([path], lambda _: load_limits("NO"), Tally())
    with pytest.raises(ForeignFilesError, match="no link segments"):
        read(tmp_path, [limit(1, 0, 1, 50)])


@pytest.mark.reference
def test_a_real_answer(reference_data: Path) -> None:
    """E18 through Bærum alone: every segment told of; a motorway's two carriageways with what joins them."""
    tally = Tally()
    drawn, limits = read_nvdb([reference_data / "roads/nvdb_e18_baerum.json.gz"], lambda _: load_limits("NO"), tally)
    roads = assemble(drawn, limits, tally)
    assert len(drawn.source) == 285 - 44  # all but the divided road as one line
    assert (drawn.ahead ^ drawn.back).mean() > 0.6
    assert tally.read == tally.used + sum(tally.left_out.values())
    assert set(tally.left_out) == {"carriageway_instead", "island"}
    assert 59.85 < roads.lat.min() < roads.lat.max() < 59.95
    assert np.isfinite(roads.arc_grade).mean() > 0.9


# ---- the network for route planning -------------------------------------------------------------------

ROWS: list[tuple[int, int, str, float, float, str]] = [
    (0, 1, "B", 0.1, 0.1, "E18"),
    (1, 11, "FT", 0.12, -1, "F1"),
    (11, 10, "B", 0.1, 0.15, "K2"),
    (10, 0, "TF", -1, 0.1, "K3"),
    (10, 1, "N", -1, -1, "K4"),
    (0, 10, "B", 0.2, 0.2, "P5"),
]


def columns() -> dict[str, Any]:
    starts, ends, one_way, there, back, road = zip(*ROWS, strict=True)
    return {
        "linkid": np.arange(1, len(ROWS) + 1), "fromnode": np.array(starts), "tonode": np.array(ends),
        "oneway": np.array(one_way, dtype=object), "drivetime_fw": np.array(there), "drivetime_bw": np.array(back),
        "length": np.full(len(ROWS), 100.0), "roadid": np.array(road, dtype=object),
    }  # fmt: skip


def lines() -> Any:
    def at(node: int) -> tuple[float, float]:
        return E0 + node % 10 * 100, N0 + node // 10 * 100

    return np.array([shapely.LineString([at(start), at(end)]) for start, end, *_ in ROWS], dtype=object)


def write_geopackage(path: Path) -> None:
    from pyogrio.raw import write

    made = columns()
    write(
        str(path), geometry=shapely.to_wkb(lines()), field_data=list(made.values()), crs="EPSG:25833",
        fields=np.array(list(made), dtype=object), layer="links", driver="GPKG", geometry_type="LineString",
    )  # fmt: skip


def write_spatialite(path: Path, with_srtext: str = CRS(25833).to_wkt("WKT1_GDAL")) -> None:
    """A SpatiaLite file as its own documentation describes the form of its lines."""
    import sqlite3
    import struct

    made = columns()
    with sqlite3.connect(path) as base:
        base.execute(
            "create table spatial_ref_sys (srid integer, auth_name text, auth_srid integer, ref_sys_name text, "
            "proj4text text, srtext text)"
        )
        system = (
            25833,
            "epsg",
            25833,
            "ETRS89 / UTM zone 33N",
            "+proj=utm +zone=33 +ellps=GRS80 +units=m",
            with_srtext,
        )
        base.execute("insert into spatial_ref_sys values (?, ?, ?, ?, ?, ?)", system)
        base.execute(
            "create table geometry_columns (f_table_name text, f_geometry_column text, geometry_type integer, "
            "coord_dimension integer, srid integer, spatial_index_enabled integer)"
        )
        base.execute("insert into geometry_columns values ('links', 'geom', 2, 2, 25833, 0)")
        base.execute(f"create table links (ogc_fid integer primary key, {', '.join(made)}, geom blob)")
        for index, line in enumerate(lines()):
            places = list(line.coords)
            box = struct.pack("<dddd", *line.bounds)
            body = struct.pack("<II", 2, len(places)) + b"".join(struct.pack("<dd", *place) for place in places)
            blob = b"\x00\x01" + struct.pack("<I", 25833) + box + b"\x7c" + body + b"\xfe"
            row = [
                index + 1,
                *(
                    column[index].item() if hasattr(column[index], "item") else column[index]
                    for column in made.values()
                ),
                blob,
            ]
            base.execute(f"insert into links values ({', '.join('?' * len(row))})", row)


@pytest.mark.parametrize(
    ("name", "write"), [("ruteplan.gpkg", write_geopackage), ("ruteplan.sqlite", write_spatialite)]
)
def test_route_planning_network(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    write(tmp_path / name)
    tally = Tally()
    drawn, limits = read_ruteplan(tmp_path / name, lambda _: load_limits("NO"), tally)
    roads = assemble(drawn, limits, tally)
    assert (tally.read, tally.used, tally.left_out) == (6, 5, {"closed": 1})
    assert {source: ways(roads, source) for source in range(1, 7)} == {1: 2, 2: 1, 3: 2, 4: 1, 5: 0, 6: 2}
    classes = {
        int(s): ROAD_CLASSES[c] for s, c in zip(roads.arc_source.tolist(), roads.arc_class.tolist(), strict=True)
    }
    assert classes == {1: "trunk", 2: "secondary", 3: "unclassified", 4: "unclassified", 6: "service"}
    third = sorted(set(np.round(roads.arc_kmh[roads.arc_source == 3]).tolist()))
    assert third == [40.0, 60.0]  # 100 m in 0.15 and in 0.1 minutes
    assert roads.lat.mean() == pytest.approx(59.9, abs=0.1)


def test_a_data_set_without_links(tmp_path: Path) -> None:
    from pyogrio.raw import write

    path = tmp_path / "other.gpkg"
    write(
        str(path), geometry=shapely.to_wkb(lines()), field_data=[np.arange(6)], crs="EPSG:25833",
        fields=np.array(["height"], dtype=object), layer="walls", driver="GPKG", geometry_type="LineString",
    )  # fmt: skip
    with pytest.raises(ForeignFilesError, match="one-way"):
        read_ruteplan(path, lambda _: load_limits("NO"), Tally())


def test_a_data_set_that_does_not_say_where_it_lies(tmp_path: Path) -> None:
    write_spatialite(tmp_path / "lost.sqlite", with_srtext="")
    with pytest.raises(ForeignFilesError, match="coordinate system"):
        read_ruteplan(tmp_path / "lost.sqlite", lambda _: load_limits("NO"), Tally())
