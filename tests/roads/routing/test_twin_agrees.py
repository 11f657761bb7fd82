"""Engines against a search that remembers every arc: the same milliseconds, with and without turn bans."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from beredt.errors import OptionError
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import CCH, DIJKSTRA, NO_WAY, make_engine
from beredt.roads.routing.route_graph import held_bans, route_graph
from beredt.roads.routing.routes import Routes
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.routing.random_maps import make_map, maps, twin_ms

ENGINES = [DIJKSTRA, *([CCH] if find_spec("pyroutingkit") else [])]


@pytest.mark.parametrize("engine", ENGINES)
@given(roads=maps())
@settings(max_examples=80)
def test_all_ways_with_turn_bans(engine: str, roads: RoadMap) -> None:
    speeds = load_speeds()
    with tempfile.TemporaryDirectory() as folder:
        routes = Routes(roads, speeds, engine, Path(folder))
        nodes = np.arange(roads.nodes, dtype=np.int32)
        found = routes.times_ms(nodes, nodes, "A", "free")
    weights = arc_ms(roads, speeds, "A", "free")
    for origin in range(roads.nodes):
        twin = twin_ms(roads, weights, origin)
        assert [float(ms) if ms != NO_WAY else float("inf") for ms in found[origin].tolist()] == twin


@given(roads=maps())
@settings(max_examples=40)
def test_the_graph_grows_only_where_bans_are(roads: RoadMap) -> None:
    graph = route_graph(roads)
    beginnings = {ban[:length] for ban in held_bans(roads) for length in range(1, len(ban))}
    assert graph.nodes == roads.nodes + len(beginnings)
    assert (graph.road_node[: roads.nodes] == np.arange(roads.nodes)).all()
    assert (graph.road_node[graph.start] == roads.arc_from[graph.arc]).all()
    assert (graph.road_node[graph.end] == roads.arc_to[graph.arc]).all()


def test_no_left_turn_means_round_the_block() -> None:
    # 0 → 1 → 2 is banned: whoever comes from 0 drives 1 → 3 → 4 → 1 first, and may turn then, coming from 4.
    arcs = [(0, 1), (1, 2), (1, 3), (2, 0), (3, 4), (4, 1)]
    roads = make_map(5, arcs, [(0, 1)])
    routes = Routes(roads, load_speeds(), DIJKSTRA)
    one = np.array([0], dtype=np.int32)
    step = int(arc_ms(roads, load_speeds(), "A", "free")[0])
    assert routes.times_ms(one, np.array([2, 1, 0], dtype=np.int32), "A", "free").tolist() == [[5 * step, step, 0]]
    assert routes.times_ms(np.array([4], dtype=np.int32), np.array([2], dtype=np.int32), "A", "free").tolist() == [
        [2 * step]
    ]


def test_many_to_many_in_any_order_and_twice_over() -> None:
    arcs = sorted([(node, (node + 1) % 6) for node in range(6)] + [((node + 1) % 6, node) for node in range(6)])
    roads = make_map(6, arcs, [(0, 2)])
    routes = Routes(roads, load_speeds(), DIJKSTRA)
    nodes = np.arange(6, dtype=np.int32)
    table = routes.times_ms(nodes, nodes, "V", "free")
    asked = np.array([5, 0, 5, 2], dtype=np.int32)
    assert (routes.times_ms(asked, asked, "V", "free") == table[np.ix_(asked, asked)]).all()
    assert routes.times_ms(asked, asked[:0], "V", "free").shape == (4, 0)


@pytest.mark.skipif(CCH not in ENGINES, reason="pyroutingkit is not installed here")
def test_a_kept_hierarchy_is_used_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    arcs = sorted([(node, (node + 1) % 30) for node in range(30)] + [((node + 1) % 30, node) for node in range(30)])
    roads = make_map(30, arcs, [])
    nodes = np.arange(30, dtype=np.int32)
    tables = []
    for damage in (False, False, True):
        if damage:
            (kept,) = tmp_path.iterdir()
            (kept / "order").write_bytes(b"")
        tables.append(Routes(roads, load_speeds(), CCH, tmp_path).times_ms(nodes, nodes, "A", "free"))
    (tmp_path / "old").mkdir()
    os.utime(tmp_path / "old", (0, 0))
    Routes(make_map(2, [(0, 1), (1, 0)], []), load_speeds(), CCH, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2  # both maps, and not what nobody used
    assert (tables[0] == tables[1]).all()
    assert (tables[0] == tables[2]).all()


def test_an_engine_that_is_not_there() -> None:
    roads = make_map(2, [(0, 1), (1, 0)], [])
    with pytest.raises(OptionError, match="not installed"):
        make_engine(roads, route_graph(roads), "teleport")
