"""The comparison with OSRM keeps its books; what OSRM answers, only a Python that has it can tell."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.osrm.agreement import agreement
from benchmarks.osrm.peer import PROGRAM, Peer, PeerError
from benchmarks.osrm.profile import lua_profile
from benchmarks.osrm.sample import nodes_inside_roads, places_beside
from benchmarks.osrm.turning import times_without_turning_round
from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.profile.limits import load_limits
from beredt.roads.profile.profile import load_profile
from beredt.roads.routing.engine import DIJKSTRA
from beredt.roads.routing.routes import Routes
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.imported.tiny_osm import TinyOsm, node_of


def test_agreement_by_hand() -> None:
    """Of six pairs one is too short to be judged, one is found here only; the others differ by 0, 1, 2 and 10 %."""
    theirs = np.array([[0.0, 100.0, 100.0], [200.0, 0.0, 59.0], [100.0, np.inf, 0.0]])
    ours = np.array([[0.0, 100.0, 99.0], [204.0, 0.0, 90.0], [110.0, 70.0, 0.0]])
    found = agreement(ours, theirs)
    assert (found.pairs, found.only_ours, found.only_theirs) == (4, 1, 0)
    assert (found.median, found.most) == pytest.approx((0.015, 0.1))
    assert found.middle == pytest.approx(0.01)
    assert found.above_1_percent == pytest.approx(0.75)


def test_profile_has_every_class_and_no_hole() -> None:
    text = lua_profile(load_profile(), load_limits("NO"), load_speeds())
    assert all(f'["{name}"] = {{["limit"]' in text for name in ROAD_CLASSES)
    assert "TABLES" not in text
    assert '["gate"] = 15.0' in text
    assert text.count("{") == text.count("}")


def test_who_may_not_turn_round_drives_on_to_the_end(tmp_path: Path) -> None:
    """From 10 to 21 over 11, where turning left is banned: on to 12, where the road ends, and back again."""
    town = TinyOsm().way(1, [10, 11]).way(2, [11, 12, 13, 14]).way(3, [12, 2]).way(4, [11, 21]).way(5, [11, 1])
    roads, _ = town.ban(1, 1, 11, 4, "no_left_turn").read(tmp_path)
    nodes = np.array([node_of(roads, node) for node in (10, 21, 12, 2)], dtype=np.int32)
    free = Routes(roads, load_speeds(), DIJKSTRA).times_ms(nodes, nodes, "V", "free") / 1000
    found = times_without_turning_round(roads, nodes)
    step = free[2, 3]  # one road
    assert free[0, 1] == pytest.approx(found[0, 1], rel=0.01)  # by the dead end at 1, in either case
    assert found[0, 2] == pytest.approx(free[0, 2])
    blocked, _ = town.ban(2, 1, 11, 5, "no_right_turn").read(tmp_path)
    free = Routes(blocked, load_speeds(), DIJKSTRA).times_ms(nodes, nodes, "V", "free") / 1000
    found = times_without_turning_round(blocked, nodes)
    assert found[0, 1] - free[0, 1] == pytest.approx(2 * step, rel=0.01)  # at 12 others turn; here 2 is the next end


def test_sample_lies_inside_two_way_roads(tmp_path: Path) -> None:
    town = (
        TinyOsm(nodes={2: {"barrier": "gate"}}).way(1, [0, 1, 2, 3, 4, 14, 13, 3]).way(2, [4, 5, 15, 14], oneway="yes")
    )
    roads, _ = town.read(tmp_path)
    nodes = nodes_inside_roads(roads, 100)
    lattice = {node for node in (0, 1, 2, 3, 4, 5, 13, 14, 15) if node_of(roads, node) in nodes}
    assert lattice == {1, 13}
    lat, lon = places_beside(roads, nodes)
    assert np.abs(lat - roads.lat[nodes]).max() <= 0.001
    assert np.abs(lon - roads.lon[nodes]).max() <= 0.0021


def test_peer_says_what_the_other_python_said(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match="No module named osrm"):
        Peer(Path(sys.executable), tmp_path / "x.osm.pbf", tmp_path / "x.lua", tmp_path / "work")
    with pytest.raises(PeerError, match="Name a Python"):
        Peer(tmp_path / "python", tmp_path / "x.osm.pbf", tmp_path / "x.lua", tmp_path / "other")


def test_other_python_needs_nothing_of_this_one() -> None:
    tree = ast.parse(PROGRAM.read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "importlib", "json", "sys", "time", "pathlib"}


def test_without_a_python_it_is_left_out(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "osrm"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--python" in done.stdout
