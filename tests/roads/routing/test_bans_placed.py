"""Turn bans of OpenStreetMap on the roads they name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import DIJKSTRA
from beredt.roads.routing.routes import Routes
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.imported.tiny_osm import TinyOsm, node_of


def cross() -> TinyOsm:
    """Four arms round 11 (west 10, east 12, south 1, north 21), joined far round by a ring road."""
    arms = TinyOsm().way(1, [10, 11]).way(2, [11, 12]).way(3, [1, 11]).way(4, [11, 21])
    return arms.way(5, [10, 0, 1, 2, 12, 22, 21, 20, 10])


def seconds(roads: RoadMap, come: int, go: int) -> float:
    """From one end of an arm to another."""
    routes = Routes(roads, load_speeds(), DIJKSTRA)
    start, end = (np.array([node_of(roads, node)], dtype=np.int32) for node in (come, go))
    return float(routes.times_ms(start, end, "V", "free")[0, 0]) / 1000


def is_banned(roads: RoadMap, come: int, go: int) -> bool:
    """Over the cross it is two steps, and both ways round are as long or longer: a ban shows on the arcs alone."""
    arcs = {(int(a), int(b)) for a, b in zip(roads.ban_arc[0::2].tolist(), roads.ban_arc[1::2].tolist(), strict=True)}
    middle = node_of(roads, 11)
    return any(roads.arc_source[a] == come and roads.arc_source[b] == go and roads.arc_to[a] == middle for a, b in arcs)


@pytest.mark.parametrize(
    ("kind", "banned"),
    [
        ("no_left_turn", {(1, 4)}),
        ("only_straight_on", {(1, 1), (1, 3), (1, 2)}),
        ("no_u_turn", set()),
    ],
)
def test_at_a_node(tmp_path: Path, kind: str, banned: set[tuple[int, int]]) -> None:
    roads, tally = cross().ban(1, 1, 11, 4, kind).read(tmp_path)
    if kind == "no_u_turn":
        banned = {(1, 4)}
    if kind == "only_straight_on":
        banned = {(1, 1), (1, 2), (1, 3)}
    assert {(a, b) for a in range(1, 5) for b in range(1, 5) if is_banned(roads, a, b)} == banned
    assert tally.remarks == {}


def test_a_ban_changes_the_way(tmp_path: Path) -> None:
    free, _ = cross().read(tmp_path)
    held, _ = cross().ban(1, 1, 11, 4, "no_left_turn").read(tmp_path)
    assert seconds(held, 10, 21) == seconds(free, 10, 21)  # the ring is as quick
    open_ring = TinyOsm().way(1, [10, 11]).way(2, [11, 12]).way(3, [1, 11]).way(4, [11, 21]).way(5, [12, 22, 21])
    free, _ = open_ring.read(tmp_path)
    held, _ = open_ring.ban(1, 1, 11, 4, "no_left_turn").read(tmp_path)
    # Straight on to 12 and round over 22, or turning round where roads end: never just behind the ban.
    assert seconds(held, 10, 21) == pytest.approx(2 * seconds(free, 10, 21), rel=0.01)
    assert seconds(held, 1, 21) == seconds(free, 1, 21)


def test_over_a_line_between(tmp_path: Path) -> None:
    """From way 1 over way 2 one may not turn round into way 3, as on a divided road with a gap in the middle."""
    town = TinyOsm().way(1, [0, 1]).way(2, [1, 11]).way(3, [11, 10]).way(4, [10, 0]).way(5, [1, 2, 12, 11])
    roads, tally = town.ban(7, 1, [2], 3, "no_u_turn").read(tmp_path)
    assert (roads.bans, tally.remarks) == (1, {})
    arcs = roads.ban_arc.tolist()
    assert roads.arc_source[arcs].tolist()[0] == 1
    assert set(roads.arc_source[arcs].tolist()[1:-1]) == {2}
    assert roads.arc_source[arcs].tolist()[-1] == 3
    assert roads.arc_to[arcs[:-1]].tolist() == roads.arc_from[arcs[1:]].tolist()


@pytest.mark.parametrize(
    ("tags", "kept"),
    [({"except": "emergency"}, 0), ({"except": "psv;bicycle"}, 0), ({"except": "bicycle"}, 1)],
)
def test_bans_for_others(tmp_path: Path, tags: dict[str, str], kept: int) -> None:
    roads, _ = cross().ban(1, 1, 11, 4, "no_left_turn", **tags).read(tmp_path)
    assert roads.bans == kept


def test_bans_that_cannot_be_placed_are_told(tmp_path: Path) -> None:
    town = cross().way(6, [30, 11, 31], highway="footway").way(8, [40, 11, 42])
    town.way(9, [42, 12]).way(10, [40, 10])
    town.ban(1, 6, 11, 1, "no_left_turn")  # from a footway
    town.ban(2, 8, 11, 1, "no_left_turn")  # from a way that passes through: from which side?
    town.ban(3, 1, 11, 4, "no_dancing").ban(4, 1, 11, 99, "no_left_turn").ban(5, 1, 11, 4, "slowly")
    roads, tally = town.read(tmp_path)
    assert roads.bans == 1  # no_dancing: whatever it is, it begins with no_
    assert tally.remarks == {"unreadable_ban": 1, "ban_unplaced": 3}
    assert {fault.source for fault in tally.faults} == {1, 2, 4, 5}
    assert all(np.isfinite(fault.lat) for fault in tally.faults)


def test_what_lies_behind_bans_is_told_and_no_place_belongs_to_it(tmp_path: Path) -> None:
    """A dead end that nobody may turn into, from either side: in the map, but nobody lives there."""
    town = TinyOsm().way(1, [10, 11]).way(2, [11, 12]).way(3, [11, 21]).way(5, [10, 0, 1, 2, 12])
    town.ban(1, 1, 11, 3, "no_left_turn").ban(2, 2, 11, 3, "no_right_turn")
    roads, tally = town.read(tmp_path)
    assert not roads.access[node_of(roads, 21)]
    assert roads.access[node_of(roads, 11)]
    assert {fault.reason for fault in tally.faults} == {"behind_bans"}
    assert tally.read == tally.used


@pytest.mark.parametrize("missing", [set(), {3, 4}], ids=["one-way", "cut off"])
def test_a_command_onto_a_road_that_leads_out_of_the_extract_is_held(tmp_path: Path, missing: set[int]) -> None:
    """From way 1 one may only go on to way 6, which leads away one-way: whoever comes may go nowhere else here."""
    town = TinyOsm(missing=missing).way(1, [10, 11], oneway="yes").way(2, [11, 12]).way(3, [1, 11])
    town.way(5, [10, 0, 1, 2, 12]).way(6, [11, 3, 4], oneway="yes").ban(1, 1, 11, 6, "only_straight_on")
    roads, tally = town.read(tmp_path)
    assert {onto for onto in (2, 3) if is_banned(roads, 1, onto)} == {2, 3}
    assert "ban_unplaced" not in tally.remarks
    assert not is_banned(roads, 3, 2)
    assert roads.access[node_of(roads, 11)]


def test_a_command_onto_a_road_that_nobody_drives_is_told(tmp_path: Path) -> None:
    town = cross().way(6, [11, 32, 33], highway="footway").ban(1, 1, 11, 6, "only_straight_on")
    roads, tally = town.read(tmp_path)
    assert (roads.bans, tally.remarks) == (0, {"ban_unplaced": 1})


def test_a_command_against_a_one_way_road_is_told(tmp_path: Path) -> None:
    town = cross().way(6, [33, 32, 11], oneway="yes").ban(1, 1, 11, 6, "only_straight_on")
    roads, tally = town.read(tmp_path)
    assert (roads.bans, tally.remarks) == (0, {"ban_unplaced": 1})
