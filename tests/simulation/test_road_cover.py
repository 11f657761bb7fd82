"""Which base covers which demand point over a road graph: worked out by hand, and against a plain twin."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.cover_sets import CoverSets
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.road_tables import RoadTables
from beredt.simulation.road_cover import CoverClass, Places, cover_classes, road_sets
from tests.roads.graph.ring_roads import ring, roads


def places(*at: tuple[float, float]) -> Places:
    return Places(np.array([place[0] for place in at], np.float64), np.array([place[1] for place in at], np.float64))


def found(sets: CoverSets) -> dict[tuple[int, ...], float]:
    rows = zip(sets.covers, sets.weight, strict=True)
    return {tuple(np.flatnonzero(row).tolist()): float(weight) for row, weight in rows}


def street() -> RoadTables:
    """Five nodes, one kilometre apart; a minute from each to the next, half as much again the other way and in mode 1.

    At the fourth node the road cannot be left. Off the road a kilometre takes 100 s, in mode 1 200 s.
    """
    nodes = [(float(x), 0.0, x != 3) for x in range(5)]
    east = [(x, x + 1, (60.0, 90.0)) for x in range(4)]
    west = [(x + 1, x, (90.0, 135.0)) for x in range(4)]
    return roads(nodes, east + west, [36.0, 18.0])


BASES = places((0.0, 0.1), (4.0, 0.0))
POINTS = places((0.0, -0.2), (2.0, 0.3), (2.9, 0.0), (4.0, 0.5))
PEOPLE = np.array([100.0, 200.0, 300.0, 400.0])
# In mode 0, from the west: 10 + (0, 120, 120, 240) + (20, 30, 90, 50) = 30, 160, 220, 300 s;
#            from the east: (360, 180, 180, 0) + (20, 30, 90, 50) = 380, 210, 270, 50 s.


@pytest.mark.parametrize(
    ("cover_s", "expected"),
    [
        (30.0, {(0,): 1.0}),
        (159.9, {(0,): 1.0, (1,): 4.0}),
        (215.0, {(0,): 1.0, (0, 1): 2.0, (1,): 4.0}),
        (300.0, {(0,): 1.0, (0, 1): 9.0}),
        (400.0, {(0, 1): 10.0}),
    ],
)
def test_off_the_road_along_it_and_off_it_again(cover_s: float, expected: dict[tuple[int, ...], float]) -> None:
    sets = road_sets(build_road_graph(street()), BASES, POINTS, PEOPLE, [CoverClass(0, cover_s, 10.0)])
    assert found(sets) == pytest.approx(expected)


def test_urgencies_of_another_mode_and_time_are_laid_on_top() -> None:
    classes = cover_classes((0, 0, 1), (215.0, 215.0, 60.0), (6.0, 4.0, 5.0))
    assert classes == (CoverClass(0, 215.0, 10.0), CoverClass(1, 60.0, 5.0))
    # In mode 1 the west reaches the first point in 20 + 40 = 60 s; the east needs 100 s to the last.
    sets = road_sets(build_road_graph(street()), BASES, POINTS, PEOPLE, classes)
    assert found(sets) == pytest.approx({(0,): 1.5, (0, 1): 2.0, (1,): 4.0})


def test_incidents_cannot_be_spread_over_nobody() -> None:
    with pytest.raises(ValueError, match="4 demand points that have 0"):
        road_sets(build_road_graph(street()), BASES, POINTS, np.zeros(4), [CoverClass(0, 60.0, 1.0)])


def quickest(tables: RoadTables, mode: int) -> list[list[float]]:
    """Seconds from node to node over any number of nodes between (Floyd and Warshall)."""
    n = len(tables.lon)
    drive = [[0.0 if a == b else math.inf for b in range(n)] for a in range(n)]
    for a, b, seconds in zip(tables.arc_from, tables.arc_to, tables.arc_time[mode], strict=True):
        drive[a][b] = min(drive[a][b], float(seconds))
    for via in range(n):
        for a in range(n):
            for b in range(n):
                drive[a][b] = min(drive[a][b], drive[a][via] + drive[via][b])
    return drive


def road_node(tables: RoadTables, x: float, y: float) -> tuple[int, float]:
    least, node = min(
        ((tables.lon[i] - x) ** 2 + (tables.lat[i] - y) ** 2, i) for i in range(len(tables.lon)) if tables.access[i]
    )
    return node, math.sqrt(least)


@given(st.integers(0, 2**32))
def test_a_plain_twin_finds_the_same_sets(seed: int) -> None:
    pick = random.Random(seed)
    tables = ring(pick, nodes=pick.randint(3, 9))
    bases = [(float(pick.randint(0, 6)), float(pick.randint(0, 6))) for _ in range(pick.randint(1, 4))]
    points = [(float(pick.randint(0, 6)), float(pick.randint(0, 6))) for _ in range(pick.randint(1, 12))]
    people = [float(pick.randint(1, 9)) for _ in points]
    classes = [CoverClass(mode, float(pick.randint(5, 700)) + 0.5, pick.choice([1.0, 7.5])) for mode in (0, 1)]
    expected: dict[tuple[int, ...], float] = {}
    for mode, cover_s, per_day in classes:
        drive, pace = quickest(tables, mode), 3600.0 / tables.off_road_kmh[mode]
        for (x, y), weight in zip(points, people, strict=True):
            to, off_km = road_node(tables, x, y)
            covering = []
            for b, (base_x, base_y) in enumerate(bases):
                start, base_km = road_node(tables, base_x, base_y)
                if base_km * pace + drive[start][to] + off_km * pace <= cover_s:
                    covering.append(b)
            if covering:
                key = tuple(covering)
                expected[key] = expected.get(key, 0.0) + weight * per_day / sum(people)
    sets = road_sets(build_road_graph(tables), places(*bases), places(*points), np.array(people), classes)
    assert found(sets) == pytest.approx(expected)
