from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.errors import NetworkError, UnknownIdError
from beredt.roads.hand_links import hand_links
from beredt.roads.make import make_network
from beredt.roads.network import Network, moved_node_id
from beredt.roads.reach import nearest_site, people_per_nearest_site, people_within, trip_minutes
from beredt.roads.sites import Site, site_index
from tests.roads.small import NO_WATER, RULES, main_roads, road_inputs_of, town_inputs


@pytest.fixture(scope="module")
def town() -> Network:
    return make_network(town_inputs())


def test_a_main_road_takes_its_minutes_times_the_factor(town: Network) -> None:
    west, east = town.index_of("place:west"), town.index_of("place:east")
    assert town.seconds[east, west] == pytest.approx(12.0 * 1.25 * 60)
    assert town.km[east, west] == pytest.approx(13.0)
    assert town.trip_s(west, east) == pytest.approx(12.0 * 1.25 * 60 + 102)


def test_a_station_joins_an_ordinary_road_on_its_way_but_not_a_motorway(town: Network) -> None:
    station, east = town.index_of("station:mid"), town.index_of("place:east")
    assert town.seconds[east, station] == pytest.approx(12.0 * 1.25 * 60 / 2, rel=0.1)
    inputs = town_inputs()
    motorway = make_network(replace(inputs, roads=replace(inputs.roads, join_km=np.zeros(1))))
    assert motorway.remnants == ("station:mid", "area:hut")


def test_what_no_road_reaches_hangs_on_the_nearest_area_and_is_named(town: Network) -> None:
    assert town.remnants == ("area:hut",)
    hut, nearest = town.index_of("area:hut"), town.index_of("area:w1")
    assert town.hop[town.index_of("place:east"), hut] == nearest
    assert np.isfinite(town.seconds).all()


def test_no_joints_on_a_road_whose_straight_line_crosses_water() -> None:
    xy = np.array([[0.0, 0.0], [10.0, 0.0]])
    road = main_roads((0, 1, 14.0, 10.0, 1.25, 1.5))
    joints, links = hand_links(xy, road, NO_WATER)
    assert (len(joints), len(links)) == (6, 7)
    assert links.seconds.sum() == pytest.approx(750)
    joints, links = hand_links(xy, road, np.array([[[5.0, -1.0], [5.0, 1.0]]]))
    assert (len(joints), len(links)) == (0, 1)
    assert links.km.tolist() == [14.0]


def test_seconds_follow_from_the_next_hop_within_float32(town: Network) -> None:
    n = len(town.node_ids)
    destination, origin = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    hop = town.hop.astype(np.int64)
    by_hop = town.seconds[hop, origin].astype(np.float64) + town.seconds[destination, hop]
    np.testing.assert_allclose(by_hop, town.seconds, rtol=3e-7, atol=1e-4)


def test_an_unknown_node_is_named_with_a_suggestion(town: Network) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'area:hut'"):
        town.index_of("area:hat")


def test_a_moved_station_has_a_node_of_its_own() -> None:
    moved = moved_node_id("station:s", 60.01, 10.02)
    inputs = road_inputs_of([("station:s", 60.0, 10.0), (moved, 60.01, 10.02), ("area:a", 60.005, 10.01)], [0, 0, 9])
    network = make_network(inputs)
    assert moved == "station:s@60.010000,10.020000"
    assert site_index(network, Site("station", "s", 60.0, 10.0)) == 0
    assert site_index(network, Site("station", "s", 60.01, 10.02)) == 1


def test_too_many_and_no_nodes_are_refused() -> None:
    with pytest.raises(NetworkError, match="this one has 0"):
        make_network(road_inputs_of([], []))


def test_a_single_node_is_a_network() -> None:
    network = make_network(road_inputs_of([("area:only", 60.0, 10.0)], [10.0]))
    assert network.seconds.tolist() == [[0.0]]


def test_arrays_that_do_not_fit_are_refused(town: Network) -> None:
    with pytest.raises(NetworkError, match="shape of lat"):
        replace(town, lat=town.lat[1:])
    with pytest.raises(NetworkError, match="occur twice"):
        replace(town, node_ids=("area:hut",) * len(town.node_ids))


def test_the_same_inputs_make_the_same_network(town: Network) -> None:
    again = make_network(town_inputs())
    for name in ("seconds", "hop", "km"):
        assert (getattr(again, name) == getattr(town, name)).all()


def test_every_input_counts_in_the_checksum() -> None:
    inputs = town_inputs()
    changed = [
        inputs,
        replace(inputs, access_s=90.0),
        replace(inputs, rules=replace(RULES, neighbours=7)),
        replace(inputs, people=inputs.people + 1),
        replace(inputs, lat=inputs.lat + 1e-6),
        replace(inputs, roads=replace(inputs.roads, join_km=np.zeros(1))),
        replace(inputs, water=np.array([[[60.0, 10.0], [60.1, 10.1]]])),
        replace(inputs, node_ids=(*inputs.node_ids[:-1], "area:cabin")),
    ]
    assert len({one.checksum() for one in changed}) == len(changed)
    assert inputs.checksum() == town_inputs().checksum()


def test_reach_counts_people_whose_door_is_near_enough(town: Network) -> None:
    people = {"w1": 400.0, "w2": 500.0, "e1": 900.0, "e2": 300.0, "hut": 5.0}
    minutes = trip_minutes(town, ["station:mid"], ["area:w1", "area:hut"])[0]
    assert people_within(town, "station:mid", people, float(minutes[0])) >= 400
    assert people_within(town, "station:mid", people, 0.1) == 0
    assert people_within(town, "station:mid", people, 1000) == 2105
    assert people_within(town, "station:mid", people, float(minutes[1]) * 0.8, factor=0.8) == 2105
    assert people_within(town, "station:mid", {}, 1000) == 0


def test_everybody_has_one_nearest_site(town: Network) -> None:
    sites = ["place:west", "place:east"]
    assert nearest_site(town, sites, ["w1", "e1"]) == {"w1": "place:west", "e1": "place:east"}
    people = {"w1": 400.0, "w2": 500.0, "e1": 900.0, "e2": 300.0}
    assert people_per_nearest_site(town, sites, people) == {"place:west": 900.0, "place:east": 1200.0}
    assert people_per_nearest_site(town, [*sites, "place:west"], {}) == {"place:west": 0.0, "place:east": 0.0}
    with pytest.raises(NetworkError, match="list of sites is empty"):
        nearest_site(town, [], ["w1"])
