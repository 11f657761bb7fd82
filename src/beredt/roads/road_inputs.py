"""Everything a network is made from, as arrays, and a checksum of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.roads.hand_links import MainRoads
from beredt.roads.local_links import LocalRules
from beredt.roads.projects.changes import Change

METHOD = 3
"""Counts the ways of making a network from the same inputs: raise it with every change, or old caches stay in use."""
MAP_METHOD = 2
"""The same for networks on imported roads, with the shipped speeds."""
STATE_METHOD = 1
"""The same for networks whose roads an alternative has changed."""


class MapFile(NamedTuple):
    """An imported road map: the folder it lies in, and the SHA-256 of the file."""

    folder: Path
    checksum: str


class ChangedLinks(NamedTuple):
    """Main roads as an alternative has them: those of today in their order, `minutes` infinite for a closed one, and
    those that it opens.
    """

    now: MainRoads
    opened: MainRoads


class NewNode(NamedTuple):
    """A node that only edits make: its id, and its place in degrees."""

    node_id: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, eq=False)
class RoadInputs:
    """N nodes, main roads between some of them, water, and the rules for local roads.

    `node_ids`: N ids as in `Network`. `lat`, `lon`: float64 (N,), degrees. `people`: float64 (N,), residents at each
    node (0 but for areas). `is_area`: bool (N,). `roads`: main roads between nodes. `water`: float64 (W, 2, 2),
    pieces of water lines, (end, lat/lon), degrees. `access_s`: seconds that a trip takes besides the road, both
    ends together. `added`: nodes that only edits make, with places of their own beside the N. `road_map`: imported
    roads that stand in the place of main and local roads. `changed_links` and
    `map_changes`: what an alternative makes of `roads` or of `road_map`, which are those of today.
    """

    node_ids: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    people: NDArray[np.float64]
    is_area: NDArray[np.bool_]
    roads: MainRoads
    water: NDArray[np.float64]
    rules: LocalRules
    access_s: float
    added: tuple[NewNode, ...] = ()
    road_map: MapFile | None = None
    changed_links: ChangedLinks | None = None
    map_changes: tuple[Change, ...] = ()

    def checksum(self) -> str:
        """SHA-256 over all of it and over the method, as hexadecimal text."""
        digest = hashlib.sha256()
        words: dict[str, object] = {
            "method": METHOD,
            "nodes": self.node_ids,
            "rules": asdict(self.rules),
            "access_s": self.access_s,
        }
        words["added"] = self.added
        if self.road_map is not None:
            words["road_map"] = [MAP_METHOD, self.road_map.checksum]
        if self.changed_links is not None or self.map_changes:
            words["changes"] = [STATE_METHOD, repr(self.map_changes)]
        digest.update(json.dumps(words, sort_keys=True).encode())
        columns = _columns(self.roads)
        if self.changed_links is not None:
            columns += _columns(self.changed_links.now) + _columns(self.changed_links.opened)
        for array in (self.lat, self.lon, self.people, self.is_area, self.water, *columns):
            digest.update(f"{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def _columns(roads: MainRoads) -> tuple[NDArray[Any], ...]:
    return roads.start, roads.end, roads.km, roads.minutes, roads.factor, roads.join_km
