"""A network on imported roads: as quick as the engine says, and sites of edits beside it as everywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beredt.roads.ground import Ground, ground_of
from beredt.roads.imported.folder import load_roads, save_roads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.make import make_network, network_of
from beredt.roads.network import Network
from beredt.roads.road_inputs import MapFile, NewNode, RoadInputs
from beredt.roads.routing.engine import DijkstraEngine
from beredt.roads.routing.route_graph import route_graph
from beredt.roads.routing.snap_places import Snapper
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.imported.tiny_osm import TinyOsm, node_of, place
from tests.roads.routing.random_maps import make_map
from tests.roads.small import road_inputs_of


def _laid(roads: RoadMap, folder: Path) -> MapFile:
    tally = Tally()
    save_roads(roads, {"file": "made.osm.pbf"}, tally, folder)
    return MapFile(folder, roads.checksum())


def _inputs(places: list[tuple[float, float]], file: MapFile) -> RoadInputs:
    sites = [("station:s", *places[0]), *((f"area:{i}", *place) for i, place in enumerate(places[1:]))]
    inputs = road_inputs_of(sites, [0.0] + [100.0] * (len(places) - 1))
    return replace(inputs, road_map=file)


def _engine_s(roads: RoadMap, lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Seconds between places by the engine, destination as row, and seconds off the road: the slow twin."""
    graph, speeds = route_graph(roads), load_speeds()
    engine = DijkstraEngine(graph)
    engine.set_times(arc_ms(roads, speeds, "V", "day"))
    plain = np.flatnonzero(roads.access & (np.diff(graph.end_first) == 1))
    snapped = Snapper(roads, plain).snap(lat, lon)
    seconds = engine.times_ms(snapped.node, snapped.node).T / 1000.0
    return seconds, snapped.off_m / 1000 / speeds.off_road_kmh * 3600


def _check(network: Network, ground: Ground, roads: RoadMap, n: int) -> None:
    seconds, off_s = _engine_s(roads, network.lat[:n], network.lon[:n])
    twins = seconds == 0.0
    np.testing.assert_allclose(network.seconds[:n, :n][~twins], seconds[~twins], rtol=1e-6, atol=2.5)
    np.testing.assert_allclose(network.leg_s[:n], off_s + 51.0)
    assert ground.off_s is not None
    size = len(network.node_ids)
    o, d = np.divmod(np.arange(size * size), size)
    hop = network.hop[d, o]
    np.testing.assert_allclose(
        network.seconds[d, o], network.seconds[hop, o] + network.seconds[d, hop], rtol=1e-5, atol=1e-3
    )
    np.testing.assert_allclose(network.km[d, o], network.km[hop, o] + network.km[d, hop], rtol=1e-5, atol=1e-4)


def _ring() -> RoadMap:
    """Twelve nodes in a one-way ring, with one road across that is driven both ways."""
    arcs = sorted([(node, (node + 1) % 12) for node in range(12)] + [(2, 8), (8, 2)])
    return make_map(12, arcs, [])


def test_one_ways_are_one_ways(tmp_path: Path) -> None:
    roads = _ring()
    places = [(float(roads.lat[node]), float(roads.lon[node])) for node in (0, 3, 9)]
    inputs = _inputs(places, _laid(roads, tmp_path / "roads"))
    network = make_network(inputs)
    _check(network, ground_of(inputs), roads, 3)
    there, back = network.seconds[1, 0], network.seconds[0, 1]
    assert there == pytest.approx(3 * back / 9, rel=0.5)
    assert there != back


def test_new_site_drives_one_ways_the_right_way(tmp_path: Path) -> None:
    roads = _ring()
    places = [(float(roads.lat[node]), float(roads.lon[node])) for node in (0, 3, 9)]
    inputs = _inputs(places, _laid(roads, tmp_path / "roads"))
    new = NewNode("station:new", float(roads.lat[5]) + 1e-4, float(roads.lon[5]))
    without = make_network(inputs)
    network = make_network(replace(inputs, added=(new,)))
    n = len(without.node_ids)
    np.testing.assert_array_equal(network.seconds[:n, :n], without.seconds)
    seconds, _ = _engine_s(roads, np.append(inputs.lat, roads.lat[5]), np.append(inputs.lon, roads.lon[5]))
    off_s = network.seconds[n, 1] - seconds[3, 1]
    assert 0.0 < off_s < 20.0
    np.testing.assert_allclose(network.seconds[n, :3], seconds[3, :3] + off_s, atol=0.01)
    np.testing.assert_allclose(network.seconds[:3, n], seconds[:3, 3] + off_s, atol=0.01)
    for node in range(3):
        for there, here in ((n, node), (node, n)):
            hop = network.hop[there, here]
            assert network.seconds[there, here] == pytest.approx(
                network.seconds[hop, here] + network.seconds[there, hop], abs=0.01
            )


def test_two_places_at_one_road_node_are_a_second_apart(tmp_path: Path) -> None:
    roads = _ring()
    here = (float(roads.lat[4]), float(roads.lon[4]))
    inputs = _inputs([here, here, (float(roads.lat[7]), float(roads.lon[7]))], _laid(roads, tmp_path / "roads"))
    network = make_network(inputs)
    assert (network.seconds[0, 1], network.seconds[1, 0]) == (1.0, 1.0)


def test_crossing_behind_turn_bans_is_no_node(tmp_path: Path) -> None:
    """Large roads meet at 31, where nobody may turn in from either side: the network does without that crossing."""
    town = TinyOsm().way(1, [10, 11]).way(2, [11, 12]).way(5, [10, 0, 1, 2, 12])
    town.way(3, [11, 21, 31], highway="primary").way(4, [30, 31, 32, 42], highway="primary")
    roads, _ = town.ban(1, 1, 11, 3, "no_left_turn").ban(2, 2, 11, 3, "no_right_turn").read(tmp_path)
    assert not roads.access[node_of(roads, 31)]
    network = make_network(_inputs([place(10), place(0), place(12)], _laid(roads, tmp_path / "roads")))
    assert f"road:{node_of(roads, 31)}" not in network.node_ids
    assert np.isfinite(network.seconds).all()


def test_place_beside_roads_behind_turn_bans_joins_the_others(tmp_path: Path) -> None:
    """Whatever a map says about access: no place of a study belongs to a node from which nobody comes away."""
    town = TinyOsm().way(1, [10, 11]).way(2, [11, 12]).way(3, [11, 21]).way(5, [10, 0, 1, 2, 12])
    roads, _ = town.ban(1, 1, 11, 3, "no_left_turn").ban(2, 2, 11, 3, "no_right_turn").read(tmp_path)
    open_ = replace(roads, access=np.ones(roads.nodes, dtype=np.bool_))
    network = make_network(_inputs([place(10), place(21), place(12)], _laid(open_, tmp_path / "roads")))
    assert np.isfinite(network.seconds).all()
    assert network.leg_s[1] > 30.0


@pytest.mark.reference
def test_liechtenstein_is_as_quick_as_the_engine_says(tmp_path: Path, reference_data: Path) -> None:
    from typer.testing import CliRunner

    from beredt.cli.app import build_app

    file = reference_data / "roads/liechtenstein.osm.pbf"
    done = CliRunner().invoke(build_app(), ["import", "osm", str(file), "--out", str(tmp_path / "roads")])
    assert done.exit_code == 0, done.output
    roads = load_roads(tmp_path / "roads").roads
    rng = np.random.default_rng(7)
    chosen = rng.choice(roads.nodes, 60, replace=False)
    places = [(float(roads.lat[node]) + 2e-4, float(roads.lon[node]) - 2e-4) for node in chosen]
    inputs = _inputs(places, MapFile(tmp_path / "roads", roads.checksum()))
    ground = ground_of(inputs)
    network = network_of(ground, inputs)
    _check(network, ground, roads, 60)
    # Units under way pass crossings: on most ways there is a node to be sent on from.
    assert np.mean(network.hop[:60, :60] != np.arange(60)[:, None]) > 0.9
