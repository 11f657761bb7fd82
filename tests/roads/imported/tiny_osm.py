"""Small OpenStreetMap files, written by hand: points on a lattice of about 100 m, ways over them, turn bans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

from beredt.roads.imported.assemble import assemble
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.osm.read_osm import read_osm
from beredt.roads.profile.limits import Limits, load_limits
from beredt.roads.profile.profile import load_profile

STEP = 0.0009
"""Degrees of latitude of about 100 m."""
ORIGIN = 60.0, 10.0
Tags = Mapping[str, str]


def place(node: int) -> tuple[float, float]:
    """Latitude and longitude of a node: number 12 is 1 step north, 2 steps east, where a degree is half as long."""
    north, east = divmod(node, 10)
    return ORIGIN[0] + north * STEP, ORIGIN[1] + east * 2 * STEP


@dataclass
class TinyOsm:
    """Ways over lattice nodes; all nodes of ways are written but those in `missing`."""

    ways: dict[int, tuple[Sequence[int], Tags]] = field(default_factory=dict)
    bans: dict[int, tuple[Sequence[tuple[str, str, int]], Tags]] = field(default_factory=dict)
    nodes: dict[int, Tags] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)

    def way(self, id_: int, nodes: Sequence[int], **tags: str) -> TinyOsm:
        self.ways[id_] = (
            nodes,
            {key.replace("__", ":"): value for key, value in ({"highway": "residential"} | tags).items()},
        )
        return self

    def ban(self, id_: int, come: int, via: Sequence[int] | int, go: int, kind: str, **tags: str) -> TinyOsm:
        middle = [("via", "n", via)] if isinstance(via, int) else [("via", "w", way) for way in via]
        members = [("from", "w", come), *middle, ("to", "w", go)]
        self.bans[id_] = members, {"type": "restriction", "restriction": kind, **tags}
        return self

    def write(self, path: Path) -> Path:
        """As `.osm.pbf` or `.osm`, in the usual order."""
        path.unlink(missing_ok=True)
        nodes = sorted({node for refs, _ in self.ways.values() for node in refs} - self.missing)
        mutable: Any = osmium.osm.mutable
        with osmium.SimpleWriter(str(path)) as writer:
            for node in nodes:
                lat, lon = self.places.get(node, place(node))
                writer.add_node(mutable.Node(id=node, location=(lon, lat), tags=dict(self.nodes.get(node, {}))))
            for id_, (refs, tags) in sorted(self.ways.items()):
                writer.add_way(mutable.Way(id=id_, nodes=list(refs), tags=dict(tags)))
            for id_, (members, tags) in sorted(self.bans.items()):
                made = [(kind, ref, role) for role, kind, ref in members]
                writer.add_relation(mutable.Relation(id=id_, members=made, tags=dict(tags)))
        return path

    def read(self, folder: Path, name: str = "tiny.osm.pbf") -> tuple[RoadMap, Tally]:
        """Written, read and assembled."""
        return read_map(self.write(folder / name))


def read_map(path: Path, limits: Limits | None = None) -> tuple[RoadMap, Tally]:
    tally = Tally()
    drawn, chosen = read_osm(path, load_profile(), lambda _: limits or load_limits("NO"), tally)
    return assemble(drawn, chosen, tally), tally


def node_of(roads: RoadMap, node: int) -> int:
    """The road node at a lattice node."""
    lat, lon = place(node)
    away = abs(roads.lat - lat) + abs(roads.lon - lon)
    assert away.min() < 1e-6, f"no road node at {node}"
    return int(away.argmin())


def drives(roads: RoadMap) -> set[tuple[int, int]]:
    """Arcs between lattice nodes, by their numbers; nodes put in between are passed over."""
    from numpy import argwhere

    names: dict[int, int] = {}
    for number in range(100):
        lat, lon = place(number)
        found = argwhere((abs(roads.lat - lat) < 1e-6) & (abs(roads.lon - lon) < 1e-6))
        for index in found.ravel().tolist():
            names[index] = number
    answer = set()
    for start, name in names.items():
        for arc in range(roads.arc_first[start], roads.arc_first[start + 1]):
            before, here, source = start, int(roads.arc_to[arc]), roads.arc_source[arc]
            while here not in names:
                onward = [
                    one
                    for one in range(roads.arc_first[here], roads.arc_first[here + 1])
                    if roads.arc_to[one] != before and roads.arc_source[one] == source
                ]
                before, here = here, int(roads.arc_to[onward[0]])
            answer.add((name, names[here]))
    return answer
