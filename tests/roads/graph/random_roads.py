"""Small random road networks, full of what real ones have seldom: ties, rings, loops, parallel and zero-length arcs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from beredt.roads.graph.check_tables import main_piece
from beredt.roads.graph.road_tables import RoadTables

HARDLY_MORE = float(np.nextafter(0.1 + 0.2, 1.0))
"""0.3000000000000001: more than 0.1 + 0.2, but with 20 more they are the same."""

TIMES = (0.1, 0.2, 0.3, 0.1 + 0.2, HARDLY_MORE, 0.6, 20.0, 1e-9, 0.0)


@st.composite
def road_tables(draw: st.DrawFn) -> RoadTables:
    """Junctions joined by roads of 0 to 3 bends, one way or both, in any order of nodes and arcs."""
    junctions = draw(st.integers(1, 7))
    steps: list[tuple[int, int]] = []
    nodes = junctions
    for _ in range(draw(st.integers(1, 12))):
        ends = draw(st.tuples(*[st.integers(0, junctions - 1)] * 2))
        bends = draw(st.integers(0, 3))
        road = [ends[0], *range(nodes, nodes + bends), ends[1]]
        nodes += bends
        steps.extend(pairwise(road))
        if draw(st.booleans()):
            steps.extend(pairwise(reversed(road)))
    return tables_of(draw, nodes, draw(st.permutations(steps)), TIMES)


def tied_tables(seed: int) -> RoadTables:
    """Junctions joined at random by roads without bends, some ways quicker than others by no more than the last bit."""
    random = np.random.default_rng(seed)
    nodes = int(random.integers(12, 16))
    start, end = np.nonzero(random.random((nodes, nodes)) < 0.5)
    tables = RoadTables(
        lon=random.random(nodes),
        lat=random.random(nodes),
        access=np.ones(nodes, dtype=bool),
        arc_from=start.astype(np.int32),
        arc_to=end.astype(np.int32),
        arc_km=random.random(len(start)),
        arc_time=random.choice([0.1, 0.2, HARDLY_MORE, 20.0], (1, len(start)), p=[0.2, 0.2, 0.2, 0.4]),
        time_unit_s=86400.0,
        mode_ids=("only",),
        off_road_kmh=np.array([30.0]),
        km_per_degree=(60.0, 111.0),
    )
    return replace(tables, access=main_piece(tables))


def tables_of(draw: st.DrawFn, nodes: int, steps: list[tuple[int, int]], some_times: tuple[float, ...]) -> RoadTables:
    number = draw(st.permutations(range(nodes)))
    modes = draw(st.integers(1, 2))
    cells = st.integers(0, 4)
    times = [[draw(st.sampled_from(some_times)) for _ in steps] for _ in range(modes)]
    tables = RoadTables(
        lon=np.array([draw(cells) for _ in range(nodes)]) / 64.0,
        lat=np.array([draw(cells) for _ in range(nodes)]) / 64.0,
        access=np.ones(nodes, dtype=bool),
        arc_from=np.array([number[start] for start, _ in steps], dtype=np.int32),
        arc_to=np.array([number[end] for _, end in steps], dtype=np.int32),
        arc_km=np.array([draw(st.sampled_from([0.0, 0.5, 1.0, 2.5])) for _ in steps]),
        arc_time=np.array(times),
        time_unit_s=draw(st.sampled_from([1.0, 60.0, 86400.0])),
        mode_ids=("fast", "slow")[:modes],
        off_road_kmh=np.array([30.0, 20.0])[:modes],
        km_per_degree=(60.0, 111.0),
    )
    access = main_piece(tables)
    assume(np.count_nonzero(access) > 1)
    return replace(tables, access=access)
