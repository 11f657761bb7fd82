from __future__ import annotations

import os
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from beredt.errors import NetworkError
from beredt.roads.graph import cache, graph_file
from beredt.roads.graph.cache import UNUSED_S, load_or_build
from beredt.roads.graph.graph_file import read_graph
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from tests.roads.graph.small_roads import roads

# Bends and a one-way street, so that every array holds something; and a network whose inner arrays are empty.
BENT = roads([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (1, 4, 2.0), (4, 5, 1.0)], nodes=6)
STRAIGHT = roads([(0, 1, 1.0)], nodes=2)


class Maker:
    """Makes tables and counts how often."""

    def __init__(self, tables: RoadTables = BENT) -> None:
        self.tables = tables
        self.made = 0

    def __call__(self) -> RoadTables:
        self.made += 1
        return self.tables


def fetch(maker: Maker, folder: Path, key: str = "one") -> tuple[RoadGraph, list[str]]:
    said: list[str] = []
    return load_or_build(key, maker, folder, say=said.append), said


def assert_same(one: RoadGraph, other: RoadGraph) -> None:
    for field in fields(RoadGraph):
        kept, made = getattr(one, field.name), getattr(other, field.name)
        if isinstance(made, np.ndarray):
            assert (kept.dtype, kept.shape) == (made.dtype, made.shape), field.name
            assert kept.tobytes() == made.tobytes(), field.name
        else:
            assert kept == made


@pytest.mark.parametrize("tables", [BENT, STRAIGHT])
@pytest.mark.parametrize("piece", [graph_file.PIECE, 7])
def test_the_second_time_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: RoadTables, piece: int
) -> None:
    monkeypatch.setattr(graph_file, "PIECE", piece)
    maker = Maker(tables)
    first, _ = fetch(maker, tmp_path)
    second, said = fetch(maker, tmp_path)
    assert (maker.made, said) == (1, [])
    assert_same(second, first)
    for array in (second.seconds, second.hop, second.km, second.spots):
        assert array.ctypes.data % 64 == 0 or not array.size
    assert len(list(tmp_path.iterdir())) == 1


def test_other_tables_are_another_graph(tmp_path: Path) -> None:
    maker = Maker()
    fetch(maker, tmp_path, "one")
    fetch(maker, tmp_path, "other")
    assert maker.made == 2


def test_other_code_makes_another_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker()
    fetch(maker, tmp_path / "graphs")
    (tmp_path / "build.py").write_text("changed")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    fetch(maker, tmp_path / "graphs")
    assert maker.made == 2


def damages(whole: bytes) -> list[bytes]:
    """Every way to cut the file short at a page, and one altered byte in each page, in the header and at the end."""
    length = len(whole)
    places = [0, 5, 30, *range(4096, length, 4096), length - 2]
    cut = [whole[:place] for place in [0, 1, 20, *range(4096, length, 4096), length - 1]]
    return [*cut, *[bytes([*whole[:p], whole[p] ^ 0x20, *whole[p + 1 :]]) for p in places]]


def test_a_damaged_cache_is_made_anew_and_says_so(tmp_path: Path) -> None:
    maker = Maker()
    first, _ = fetch(maker, tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for made, damage in enumerate(damages(whole), start=2):
        path.write_bytes(damage)
        second, said = fetch(maker, tmp_path)
        assert maker.made == made
        (line,) = said
        assert "damaged" in line
        assert_same(second, first)
        assert path.read_bytes() == whole


def test_a_folder_in_the_place_of_the_file_costs_time_only(tmp_path: Path) -> None:
    maker = Maker()
    fetch(maker, tmp_path)
    (path,) = tmp_path.iterdir()
    path.unlink()
    (path / "something").mkdir(parents=True)
    graph, said = fetch(maker, tmp_path)
    assert graph.decision_nodes == 4
    assert [line for line in said if "damaged" in line]
    assert [line for line in said if "could not be kept" in line]
    assert list(tmp_path.iterdir()) == [path]


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    graph, said = fetch(Maker(), tmp_path / "file" / "graphs")
    assert graph.decision_nodes == 4
    assert "could not be kept" in said[0]


def test_faulty_tables_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NetworkError):
        fetch(Maker(roads([(0, 1, -1.0)], nodes=2)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_graphs_that_nobody_used_for_long_are_thrown_away(tmp_path: Path) -> None:
    fetch(Maker(), tmp_path, "old")
    (old,) = tmp_path.iterdir()
    fetch(Maker(), tmp_path, "used")
    long_ago = time.time() - UNUSED_S - 3600.0
    for path in tmp_path.iterdir():
        os.utime(path, (long_ago, long_ago))
    maker = Maker()
    fetch(maker, tmp_path, "used")
    fetch(Maker(), tmp_path, "new")
    assert maker.made == 0
    assert not old.exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_the_folder_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEREDT_CACHE_DIR", str(tmp_path))
    load_or_build("one", Maker())
    (path,) = (tmp_path / "road_graphs").iterdir()
    assert read_graph(path).decision_nodes == 4
