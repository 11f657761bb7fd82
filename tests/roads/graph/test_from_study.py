"""Road tables of a study become road tables of a graph, whatever the order of their rows."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from beredt.errors import StudyError
from beredt.model.read import load_study
from beredt.model.road_source import RoadSource
from beredt.roads.graph.from_study import list_road_issues, load_or_build_graph, make_road_tables
from tests.tiny_trace_study import EDGES, MINUTES, NODES, ONE_WAY, trace_files, write_trace_study


def source_of(folder: Path, **changed: str) -> RoadSource:
    source = load_study(write_trace_study(folder, **changed)).roads
    assert source is not None
    return source


def table(name: str) -> list[str]:
    return str(trace_files()[f"{name}.csv"]).splitlines(keepends=True)


def test_tables_are_arrays_counted_from_zero(tmp_path: Path) -> None:
    tables = make_road_tables(source_of(tmp_path))
    assert tables.lat.tolist() == [lat for _, lat, _, _ in NODES]
    assert tables.access.tolist() == [bool(access) for *_, access in NODES]
    assert (int(tables.arc_from[-1]), int(tables.arc_to[-1])) == (ONE_WAY[0] - 1, ONE_WAY[1] - 1)
    assert len(tables.arc_from) == 2 * len(EDGES) + 1
    assert tables.arc_time.tolist() == [[minutes] * len(tables.arc_from) for minutes in MINUTES]
    assert (tables.time_unit_s, tables.mode_ids, tables.km_per_degree) == (60.0, ("mode-1", "mode-2"), (55.8, 111.32))
    assert tables.off_road_kmh.tolist() == [47.0, 33.0]


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    plain = make_road_tables(source_of(tmp_path / "plain"))
    shuffler = random.Random(7)
    changed = {}
    for name in ("road_nodes", "road_arcs", "road_times"):
        header, *rows = table(name)
        shuffler.shuffle(rows)
        changed[name] = "".join([header, *rows])
    shuffled = make_road_tables(source_of(tmp_path / "shuffled", **changed))
    assert shuffled.checksum() == plain.checksum()


def test_numbers_need_not_be_consecutive(tmp_path: Path) -> None:
    changed = {
        "road_nodes": "".join(table("road_nodes")).replace("\n8,", "\n80,"),
        "road_arcs": "".join(table("road_arcs")).replace(",8,", ",80,"),
    }
    tables = make_road_tables(source_of(tmp_path / "gaps", **changed))
    assert tables.checksum() == make_road_tables(source_of(tmp_path / "plain")).checksum()


def test_an_island_is_told_with_its_file_and_row(tmp_path: Path) -> None:
    nodes = "".join([*table("road_nodes"), "9,59.95,10.6,1\n"])
    source = source_of(tmp_path, road_nodes=nodes)
    (issue,) = list_road_issues(source)
    assert (issue.file, issue.row, issue.severity) == ("road_nodes.csv", 10, "error")
    with pytest.raises(StudyError, match="one cannot drive from here"):
        make_road_tables(source)


def test_a_graph_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEREDT_CACHE_DIR", str(tmp_path / "cache"))
    source = source_of(tmp_path / "study")
    first = load_or_build_graph(source, jobs=1)
    kept = RoadSource(
        source.x_km_per_degree, source.y_km_per_degree, source.time_unit_s, {}, source.checksum
    )  # fmt: skip
    again = load_or_build_graph(kept, jobs=1)
    np.testing.assert_array_equal(first.seconds, again.seconds)
