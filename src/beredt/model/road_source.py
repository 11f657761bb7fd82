"""Where the road network of a study comes from: its files, read only when they are needed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from beredt.errors import StudyError
from beredt.model.checks.keys import check_keys
from beredt.model.checks.references import check_references
from beredt.model.checks.roads import check_roads
from beredt.model.dictionary import load_tables
from beredt.model.issue import has_errors
from beredt.model.reading.table import Tables
from beredt.model.reading.tables import find_table_file, parse_tables

LARGE_ROAD_TABLES = ("road_nodes", "road_arcs", "road_times")
"""Tables of a road network that need not be read where the network is known already."""
ROAD_TABLES = (*LARGE_ROAD_TABLES, "travel_modes")
"""Tables that a road network is made of."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadFrames:
    """The tables of a road network, checked, with the columns of the field dictionary, rows in their order.

    `nodes` (id, lat, lon, access), `arcs` (id, from_node, to_node, km), `times` (arc, mode, time), `modes` (id,
    off_road_kmh).
    """

    nodes: pl.DataFrame
    arcs: pl.DataFrame
    times: pl.DataFrame
    modes: pl.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class RoadSource:
    """The files of a road network and how their numbers are meant.

    Kilometres per degree of longitude (`x`) and latitude (`y`) make the plane in which distances beside the road are
    measured; `time_unit_s` is the unit of road times in seconds. `contents` holds the files' bytes by name. `checksum`
    is the SHA-256 over all of it: who has kept what was made of these files need not read them.
    """

    x_km_per_degree: float
    y_km_per_degree: float
    time_unit_s: float
    contents: Mapping[str, bytes]
    checksum: str

    def read(self) -> RoadFrames:
        """The tables, parsed and checked. Raises StudyError with every fault in them."""
        descriptions = {name: load_tables()[name] for name in ROAD_TABLES}
        tables, issues = parse_tables(self.contents, descriptions)
        found = list(issues)
        for description in descriptions.values():
            if description.name in tables:
                found += check_keys(tables[description.name], description)
                found += check_references(tables, description)
        found += check_roads(tables)
        if has_errors(found) or len(tables) < len(ROAD_TABLES):
            raise StudyError(found)
        return road_frames(tables)


def make_road_source(
    x_km_per_degree: float, y_km_per_degree: float, time_unit_s: float, contents: Mapping[str, bytes]
) -> RoadSource:
    """The source in the `contents` of a study folder (other files are left out)."""
    files = [find_table_file(name, contents) for name in ROAD_TABLES]
    own = {file: contents[file] for file in files if file is not None}
    digest = hashlib.sha256(f"{x_km_per_degree!r} {y_km_per_degree!r} {time_unit_s!r}\n".encode())
    for file, content in own.items():
        digest.update(f"{file}\n{len(content)}\n".encode())
        digest.update(content)
    return RoadSource(x_km_per_degree, y_km_per_degree, time_unit_s, own, digest.hexdigest())


def road_frames(tables: Tables) -> RoadFrames:
    """The frames of typed, sound tables."""
    return RoadFrames(*(tables[name].frame for name in ROAD_TABLES))
