"""Small made-up roads for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.roads.hand_links import MainRoads
from beredt.roads.links import Links
from beredt.roads.local_links import LocalRules
from beredt.roads.road_inputs import RoadInputs

RULES = LocalRules(
    max_km=3.0,
    neighbours=8,
    near_km=1.6,
    detour_near=1.25,
    detour_far=1.9,
    density_steps=(30.0, 300.0, 1500.0, 4000.0),
    pace_min_per_km=(1.30, 1.30, 1.35, 1.45, 1.60),
)
NO_WATER: NDArray[np.float64] = np.empty((0, 2, 2))


def links_of(*rows: tuple[int, int, float, float]) -> Links:
    """Links from (start, end, seconds, km)."""
    return Links(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.float64),
    )


def main_roads(*rows: tuple[int, int, float, float, float, float]) -> MainRoads:
    """Main roads from (start, end, km, minutes, factor, join_km)."""
    start, end, *columns = np.array(rows, dtype=np.float64).reshape(-1, 6).T
    return MainRoads(start.astype(np.int64), end.astype(np.int64), *columns)


def road_inputs_of(
    sites: Sequence[tuple[str, float, float]],
    people: Sequence[float],
    roads: MainRoads | None = None,
    water: NDArray[np.float64] = NO_WATER,
) -> RoadInputs:
    """Inputs from (node id, lat, lon); nodes whose id begins with `area:` are areas."""
    return RoadInputs(
        node_ids=tuple(site[0] for site in sites),
        lat=np.array([site[1] for site in sites]),
        lon=np.array([site[2] for site in sites]),
        people=np.array(people, dtype=np.float64),
        is_area=np.array([site[0].startswith("area:") for site in sites]),
        roads=main_roads() if roads is None else roads,
        water=water,
        rules=RULES,
        access_s=102.0,
    )


def town_inputs() -> RoadInputs:
    """A station between two villages 12 km apart that a main road joins, and a hut far from all roads."""
    sites = [
        ("station:mid", 60.001, 10.108),
        ("place:west", 60.0, 10.0),
        ("place:east", 60.0, 10.215),
        ("area:w1", 60.005, 10.0),
        ("area:w2", 59.995, 10.003),
        ("area:e1", 60.005, 10.215),
        ("area:e2", 59.995, 10.212),
        ("area:hut", 60.15, 10.1),
    ]
    people = [0, 0, 0, 400, 500, 900, 300, 5]
    return road_inputs_of(sites, people, main_roads((1, 2, 13.0, 12.0, 1.25, 1.5)))


def with_rules(inputs: RoadInputs, rules: LocalRules) -> RoadInputs:
    """The same roads under other rules."""
    return replace(inputs, rules=rules)
