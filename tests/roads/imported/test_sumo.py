"""Networks of the traffic simulator SUMO."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beredt.errors import ForeignFilesError
from beredt.roads.imported.assemble import assemble
from beredt.roads.imported.road_class import ROAD_CLASSES, RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.profile.limits import load_limits
from beredt.roads.profile.profile import load_profile
from beredt.roads.sumo.read_sumo import read_sumo

HEAD = '<net version="1.6"><location netOffset="-567000.00,-7032000.00" convBoundary="0,0,1,1" origBoundary="0,0,1,1" '
PLACE = 'projParameter="+proj=utm +zone=32 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>'


def edge(id_: str, start: str, end: str, kind: str = "highway.residential", lane: str = "") -> str:
    return (
        f'<edge id="{id_}" from="{start}" to="{end}" type="{kind}">'
        f'<lane id="{id_}_0" index="0" speed="13.89" length="105.00" shape="0,0 1,1" {lane}/></edge>'
    )


def junction(id_: str, x: float, y: float) -> str:
    return f'<junction id="{id_}" type="priority" x="{x}" y="{y}" incLanes="" intLanes="" shape=""/>'


def net(*edges: str, connections: str = "") -> str:
    corners = [junction("a", 0, 0), junction("b", 100, 0), junction("c", 100, 100), junction("d", 0, 100)]
    return HEAD + PLACE + "".join(edges) + "".join(corners) + connections + "</net>"


def read(path: Path, text: str) -> tuple[RoadMap, Tally]:
    path.write_text(text, encoding="utf-8")
    tally = Tally()
    drawn, limits = read_sumo(path, load_profile(), lambda _: load_limits("NO"), tally)
    return assemble(drawn, limits, tally), tally


RING = [edge("ab", "a", "b"), edge("bc", "b", "c", "highway.primary"), edge("cd", "c", "d"), edge("da", "d", "a")]


def test_edges_are_one_way_and_keep_their_length_and_speed(tmp_path: Path) -> None:
    roads, tally = read(tmp_path / "ring.net.xml", net(*RING))
    assert (tally.read, tally.used, roads.bans) == (4, 4, 0)
    assert roads.arc_m.sum() == pytest.approx(420)
    assert set(np.round(roads.arc_kmh.astype(float), 2).tolist()) == {50.0}
    assert {ROAD_CLASSES[number] for number in roads.arc_class} == {"residential", "primary"}
    assert 63 < roads.lat.min() < 64


def test_lanes_say_for_whom_a_road_is(tmp_path: Path) -> None:
    more = [
        edge("bd", "b", "d", lane='allow="bus"'),
        edge("db", "d", "b", lane='allow="tram"'),
        edge("ac", "a", "c", "highway.footway", lane='allow="pedestrian"'),
        edge("ca", "c", "a", "highway.oddity"),
    ]
    roads, tally = read(tmp_path / "more.net.xml", net(*RING, *more))
    assert tally.left_out == {"other_lanes": 2, "unknown_class": 1}
    privileged = (roads.arc_flags & int(RoadFlag.PRIVILEGED)) > 0
    assert set(roads.arc_source[privileged].tolist()) == {5}


def test_turns_without_a_connection_are_banned(tmp_path: Path) -> None:
    connections = '<connection from="ab" to="bc" fromLane="0" toLane="0"/>'
    roads, _ = read(
        tmp_path / "turns.net.xml", net(*RING, edge("ba", "b", "a"), edge("bd", "b", "d"), connections=connections)
    )
    banned = {tuple(roads.arc_source[[a, b]].tolist()) for a, b in roads.ban_arc.reshape(-1, 2).tolist()}
    assert banned == {(1, 6)}  # turning round into ba is left to the ambulance


@pytest.mark.parametrize("text", ["<net", "<net></net>", net(*RING).replace("+proj=utm", "!"), "<x/>"])
def test_no_network(tmp_path: Path, text: str) -> None:
    with pytest.raises(ForeignFilesError, match="SUMO"):
        read(tmp_path / "no.net.xml", text)


@pytest.mark.reference
def test_trondheim(reference_data: Path) -> None:
    """1,437 edges for cars, as counted by whoever made the sample; all but a handful hang together."""
    path = reference_data / "roads/trondheim_centre.sumo.net.xml.gz"
    tally = Tally()
    drawn, limits = read_sumo(path, load_profile(), lambda _: load_limits("NO"), tally)
    assert len(drawn.source) == 1437
    roads = assemble(drawn, limits, tally)
    assert tally.read == tally.used + sum(tally.left_out.values())
    assert tally.used > 0.98 * tally.read
    assert roads.bans > 40
