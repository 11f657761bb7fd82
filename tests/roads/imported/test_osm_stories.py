"""Small towns in OpenStreetMap's words, and what an ambulance may do in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beredt.errors import ForeignFilesError, NetworkError
from beredt.roads.imported.reasons import REASONS
from beredt.roads.imported.road_class import ROAD_CLASSES, RoadFlag
from beredt.roads.imported.tally import issues_of
from tests.roads.imported.tiny_osm import TinyOsm, drives, node_of, place, read_map


def ring(**tags: str) -> TinyOsm:
    """A square of two-way streets 0–1–11–10 whose east side 1–11 is way 2 with tags of its own."""
    town = TinyOsm().way(1, [0, 1]).way(3, [11, 10]).way(4, [10, 0])
    return town.way(2, [1, 11], **tags)


@pytest.mark.parametrize(
    ("tags", "both", "one"),
    [
        ({}, True, None),
        ({"oneway": "yes"}, False, (1, 11)),
        ({"oneway": "-1"}, False, (11, 1)),
        ({"junction": "roundabout"}, False, (1, 11)),
        ({"highway": "motorway"}, False, (1, 11)),
        ({"oneway": "yes", "oneway:psv": "no"}, True, None),
        ({"oneway": "yes", "oneway:emergency": "no"}, True, None),
        ({"oneway": "reversible"}, True, None),
        ({"motor_vehicle:backward": "no", "highway": "tertiary"}, False, (1, 11)),
    ],
)
def test_directions(tmp_path: Path, tags: dict[str, str], both: bool, one: tuple[int, int] | None) -> None:
    roads, _ = ring(**tags).read(tmp_path)
    east = {pair for pair in drives(roads) if set(pair) == {1, 11}}
    assert east == ({(1, 11), (11, 1)} if both else {one})


@pytest.mark.parametrize(
    ("tags", "road_class", "privileged"),
    [
        ({"highway": "service", "access": "private"}, "service", True),
        ({"highway": "busway", "access": "no", "psv": "yes"}, "busway", True),
        ({"highway": "unclassified", "motor_vehicle": "no", "bus": "yes"}, "unclassified", True),
        ({"highway": "residential", "motor_vehicle": "no"}, "pedestrian", True),
        ({"highway": "pedestrian"}, "pedestrian", False),
        ({"highway": "cycleway", "emergency": "yes"}, "path", False),
        ({"highway": "tertiary", "access": "no", "emergency": "yes"}, "tertiary", False),
        ({"highway": "track"}, "track", False),
    ],
)
def test_open_to_an_ambulance(tmp_path: Path, tags: dict[str, str], road_class: str, privileged: bool) -> None:
    roads, _ = ring(**tags).read(tmp_path)
    arcs = roads.arc_source == 2
    assert {ROAD_CLASSES[number] for number in roads.arc_class[arcs]} == {road_class}
    assert bool((roads.arc_flags[arcs] & int(RoadFlag.PRIVILEGED)).all()) == privileged


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "footway"}, "not_driven"),
        ({"highway": "steps"}, "not_driven"),
        ({"highway": "construction"}, "not_driven"),
        ({"highway": "tertiary", "access": "no"}, "closed"),
        ({"highway": "tertiary", "emergency": "no"}, "closed"),
        ({"highway": "residential", "area": "yes"}, "not_driven"),
        ({"highway": "hyperloop"}, "unknown_class"),
    ],
)
def test_closed_to_an_ambulance(tmp_path: Path, tags: dict[str, str], reason: str) -> None:
    roads, tally = ring(**tags).read(tmp_path)
    assert tally.left_out == {reason: 1}
    assert 2 not in roads.arc_source
    told = [issue for issue in issues_of(tally, "f") if issue.severity == "warning"]
    assert [issue.value for issue in told] == (["hyperloop"] if REASONS[reason].fault else [])


def test_a_gate_costs_time_and_a_bollard_is_the_end(tmp_path: Path) -> None:
    gate = TinyOsm(nodes={1: {"barrier": "gate"}}).way(1, [0, 1, 2, 12, 10, 0])
    roads, _ = gate.read(tmp_path)
    into = roads.arc_to == node_of(roads, 1)
    assert roads.arc_delay_s[into].tolist() == [15.0, 15.0]
    assert roads.arc_delay_s[~into].max() == 0
    walled = TinyOsm(nodes={1: {"barrier": "bollard"}}).way(1, [0, 1, 2, 12, 10, 0])
    roads, tally = walled.read(tmp_path)
    assert tally.left_out == {}
    assert sum(abs(roads.lat - place(1)[0]) + abs(roads.lon - place(1)[1]) < 1e-7) == 2  # one end on either side
    opened = TinyOsm(nodes={1: {"barrier": "bollard", "emergency": "yes"}}).way(1, [0, 1, 2, 12, 10, 0])
    roads, _ = opened.read(tmp_path)
    assert sum(abs(roads.lat - place(1)[0]) + abs(roads.lon - place(1)[1]) < 1e-7) == 1


def test_a_wall_where_roads_meet_parts_all_of_them(tmp_path: Path) -> None:
    cross = (
        TinyOsm(nodes={11: {"barrier": "block"}})
        .way(1, [10, 11, 12])
        .way(2, [1, 11])
        .way(3, [10, 0, 1])
        .way(4, [12, 2, 1])
    )
    roads, tally = cross.read(tmp_path)
    assert tally.used == tally.read
    assert sum(abs(roads.lat - place(11)[0]) + abs(roads.lon - place(11)[1]) < 1e-7) == 3


def test_limits_signs_zones_and_defaults(tmp_path: Path) -> None:
    town = (
        TinyOsm()
        .way(1, [0, 1], highway="primary", maxspeed="60")
        .way(2, [1, 2], highway="primary", maxspeed="30 mph")
        .way(3, [2, 12], highway="primary", maxspeed__forward="70", maxspeed__backward="NO:urban")
        .way(4, [12, 11], highway="primary", maxspeed="fast")
        .way(5, [11, 10], highway="primary", source__maxspeed="NO:rural")
        .way(6, [10, 0], highway="motorway", oneway="no")
    )
    roads, tally = town.read(tmp_path)
    kmh = {
        int(source): sorted(set(np.round(roads.arc_kmh[roads.arc_source == source].astype(float), 2).tolist()))
        for source in range(1, 7)
    }
    assert kmh == {1: [60.0], 2: [48.28], 3: [50.0, 70.0], 4: [80.0], 5: [80.0], 6: [100.0]}
    assert tally.remarks == {"unreadable_speed": 1}
    guessed = {int(source) for source in roads.arc_source[(roads.arc_flags & int(RoadFlag.LIMIT_GUESSED)) > 0]}
    assert guessed == {4, 6}


def test_a_through_road_among_homes_is_built_up(tmp_path: Path) -> None:
    homes = (
        TinyOsm()
        .way(1, [0, 1, 2], highway="secondary")
        .way(2, [0, 10, 11, 12, 2])
        .way(3, [1, 11])
        .way(4, [0, 20, 21, 22, 2])
    )
    roads, _ = homes.read(tmp_path)
    assert set(roads.arc_kmh[roads.arc_source == 1].tolist()) == {50.0}


def test_a_ferry_takes_its_time_and_nobody_lives_on_it(tmp_path: Path) -> None:
    town = ring()
    town.ways[9] = [11, 51, 53], {"route": "ferry", "duration": "00:20", "motor_vehicle": "yes"}
    town.way(5, [53, 54], tunnel="yes").way(6, [54, 55])
    roads, _ = town.read(tmp_path)
    ferry = roads.arc_source == 9
    assert roads.arc_fixed_s[ferry & (roads.arc_from < roads.arc_to)].sum() == pytest.approx(20 * 60 + 600)
    assert not roads.access[node_of(roads, 51)]
    assert not roads.access[node_of(roads, 53)]  # between a ferry and a tunnel
    assert roads.access[node_of(roads, 55)]


def test_faults_have_places_and_every_segment_is_told_of(tmp_path: Path) -> None:
    town = ring().way(5, [11, 12, 13, 14]).way(6, [80, 81]).way(7, [0, 0, 1])
    town.missing = {13}
    town.places = {12: place(11)}
    roads, tally = town.read(tmp_path)
    assert tally.read == 4 + 3 + 1 + 2
    assert tally.left_out == {"missing_point": 2, "same_point": 1, "island": 1}
    assert tally.remarks == {"zero_length": 1}
    by_reason = {fault.reason: fault for fault in tally.faults}
    island = by_reason["island"]
    assert island.source == 6
    assert (island.lat, island.lon) == pytest.approx(place(80))
    assert by_reason["missing_point"].lat == pytest.approx(place(11)[0])
    issues = issues_of(tally, "tiny.osm.pbf")
    assert {issue.count for issue in issues} == {1, 2}
    assert all(issue.lat is not None and "→" in issue.text() for issue in issues)
    assert roads.arc_m.min() == 0


def test_long_roads_get_nodes_on_the_way(tmp_path: Path) -> None:
    roads, _ = TinyOsm().way(1, [0, 9]).way(2, [9, 99]).read(tmp_path)
    assert roads.arc_m.max() <= 100.001
    assert roads.arc_m.sum() == pytest.approx(2 * (9 * 100.44 + 9 * 100.26), rel=2e-3)
    there, back = roads.arc_from * roads.nodes + roads.arc_to, roads.arc_to * roads.nodes + roads.arc_from
    assert sorted(there.tolist()) == sorted(back.tolist())


def test_the_same_from_xml_and_pbf(tmp_path: Path) -> None:
    town = ring(oneway="yes").ban(1, 1, 1, 2, "no_left_turn")
    assert town.read(tmp_path)[0].checksum() == town.read(tmp_path, "tiny.osm")[0].checksum()
    assert ring().read(tmp_path)[0].checksum() != ring(maxspeed="30").read(tmp_path)[0].checksum()


def test_no_roads_and_no_osm_file(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="no roads are left"):
        TinyOsm().way(1, [0, 1], highway="footway").read(tmp_path)
    broken = tmp_path / "broken.osm.pbf"
    whole = ring().write(tmp_path / "whole.osm.pbf").read_bytes()
    broken.write_bytes(whole[: len(whole) - 20])
    with pytest.raises(ForeignFilesError, match="cannot be read as OpenStreetMap"):
        read_map(broken)
