"""Whatever is in a file: every segment is used or listed, and what is used hangs together."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from beredt.errors import NetworkError
from beredt.roads.imported.tally import Tally
from tests.roads.imported.tiny_osm import TinyOsm, read_map

TAGS = st.dictionaries(
    st.sampled_from(
        ["oneway", "access", "motor_vehicle", "bus", "emergency", "maxspeed", "junction", "tunnel", "surface"]
    ),
    st.sampled_from(["yes", "no", "-1", "private", "roundabout", "50", "30 mph", "90;30", "walk", "?", "gravel"]),
    max_size=3,
)
HIGHWAY = st.sampled_from(["residential", "primary", "motorway", "service", "footway", "track", "oddity", "cycleway"])
WAY = st.tuples(st.lists(st.integers(0, 15), min_size=1, max_size=6), HIGHWAY, TAGS)
BARRIER = st.sampled_from(["gate", "bollard", "block", "stile", "oddity"])


@given(
    ways=st.lists(WAY, min_size=1, max_size=8),
    missing=st.sets(st.integers(0, 15), max_size=2),
    barriers=st.dictionaries(st.integers(0, 15), BARRIER, max_size=3),
)
@settings(max_examples=60)
def test_every_segment_is_told_of(
    ways: list[tuple[list[int], str, dict[str, str]]], missing: set[int], barriers: dict[int, str]
) -> None:
    town = TinyOsm(missing=missing, nodes={node: {"barrier": kind} for node, kind in barriers.items()})
    for number, (nodes, highway, tags) in enumerate(ways, 1):
        town.ways[number] = nodes, {"highway": highway, **tags}
    tally: Tally
    with tempfile.TemporaryDirectory() as folder:
        path = town.write(Path(folder) / "random.osm.pbf")
        try:
            roads, tally = read_map(path)
        except NetworkError as fault:
            assert "no roads are left" in str(fault)  # noqa: PT017  # both outcomes are right, and each is checked
            return
    assert tally.read == sum(len(nodes) - 1 for nodes, _, _ in ways)
    assert tally.read == tally.used + sum(tally.left_out.values())
    joined = csr_array((np.ones(roads.arcs), (roads.arc_from, roads.arc_to)), shape=(roads.nodes, roads.nodes))
    assert connected_components(joined, connection="strong")[0] == 1
    assert np.isfinite(roads.arc_m).all()
    assert (np.diff(roads.arc_from) >= 0).all()
    assert roads.arc_kmh.min() > 0
