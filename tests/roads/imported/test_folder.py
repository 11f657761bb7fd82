"""Road maps on disk."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from beredt.errors import NetworkError, OptionError
from beredt.roads.imported.folder import ABOUT_FILE, MAP_FILE, find_roads, load_roads
from beredt.roads.imported.import_roads import ImportAnswer, import_roads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.osm.read_osm import read_osm
from beredt.roads.profile.profile import load_profile
from tests.roads.imported.tiny_osm import TinyOsm


def town() -> TinyOsm:
    return (
        TinyOsm()
        .way(1, [0, 1, 11, 10, 0])
        .way(2, [1, 10], oneway="yes")
        .way(3, [80, 81])
        .ban(1, 2, 10, 1, "no_left_turn")
    )


def import_town(folder: Path, out: Path, made: TinyOsm | None = None) -> ImportAnswer:
    path = (made or town()).write(folder / "town.osm.pbf")
    profile = load_profile()
    return import_roads(
        lambda limits, tally: read_osm(path, profile, limits, tally), [path], "osm", profile, "NO", out, "ODbL"
    )


def test_there_and_back(tmp_path: Path) -> None:
    answer = import_town(tmp_path, tmp_path / "out")
    kept = load_roads(tmp_path / "out")
    again, _ = town().read(tmp_path)
    for field in fields(RoadMap):
        np.testing.assert_array_equal(getattr(kept.roads, field.name), getattr(again, field.name))
    assert kept.roads.checksum() == kept.about["checksum"] == answer.about["checksum"]
    with (tmp_path / "out/segments.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    read = [int(row["segments"]) for row in rows if row["what"] == "read"]
    told = [int(row["segments"]) for row in rows if row["what"] in ("used", "left out")]
    assert read == [sum(told)]
    faults = json.loads((tmp_path / "out/faults.geojson").read_text("utf-8"))["features"]
    assert {one["properties"]["reason"] for one in faults} == {"island", "ban_unplaced"}
    assert "used +" in answer.as_text()


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        import_town(tmp_path, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_study_gets_them_in_a_folder_and_an_earlier_import_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study/study.toml").write_text("")
    import_town(tmp_path, tmp_path / "study")
    assert find_roads(tmp_path / "study") == tmp_path / "study/roads"
    import_town(tmp_path, tmp_path / "study", TinyOsm().way(1, [0, 1]))
    assert load_roads(tmp_path / "study").roads.nodes == 3  # two ends and what is put in between
    assert sorted(path.name for path in (tmp_path / "study").iterdir()) == ["roads", "study.toml"]


def test_nothing_is_written_over_what_is_not_ours_and_nothing_half(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/photo.jpg").write_text("x")
    with pytest.raises(OptionError, match="--out"):
        import_town(tmp_path, tmp_path / "mine")
    with pytest.raises(NetworkError):
        import_town(tmp_path, tmp_path / "none", TinyOsm().way(1, [0, 1], highway="steps"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "town.osm.pbf"]


@pytest.mark.parametrize("damage", ["cut", "flip", "head", "about"])
def test_damage_is_noticed(tmp_path: Path, damage: str) -> None:
    import_town(tmp_path, tmp_path / "out")
    path = tmp_path / "out" / (ABOUT_FILE if damage == "about" else MAP_FILE)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        content = content[:-8]
    elif damage == "flip":
        content[-100] ^= 1
    else:
        content[2] = ord("?")
    path.write_bytes(content)
    if damage == "about":
        path.write_text("{", encoding="utf-8")
    with pytest.raises(NetworkError, match="import the roads again"):
        load_roads(tmp_path / "out")
    with pytest.raises(NetworkError, match="no imported roads"):
        load_roads(tmp_path)
