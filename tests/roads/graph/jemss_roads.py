"""A small reader for the road files of the published JEMSS cities."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.road_tables import RoadTables

DAY_S = 86400.0


def read_table(path: Path, name: str) -> dict[str, list[str]]:
    """The columns of one table of a file of several; cells as text."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = iter(csv.reader(raw.decode().splitlines()))
    for row in rows:
        if row and row[0] == name:
            break
    header = next(rows)
    columns: dict[str, list[str]] = {title: [] for title in header if title}
    for row in rows:
        if not row or not row[0]:
            break
        for title, cell in zip(header, row, strict=False):
            if title:
                columns[title].append(cell)
    return columns


def numbers(cells: list[str]) -> NDArray[np.float64]:
    return np.array(cells, dtype=np.float64)


def read_jemss_roads(city: Path) -> RoadTables:
    """`city`: folder of a city's model, with `maps` and `travel` in it."""
    nodes = read_table(city / "travel/roads/nodes.csv.gz", "nodes")
    arcs = read_table(city / "travel/roads/arcs.csv.gz", "arcs")
    plane = read_table(city / "maps/map_1.csv", "map")
    modes = read_table(city / "travel/travel/travel_1.csv", "travelModes")
    scale = (float(plane["xScale"][0]), float(plane["yScale"][0]))
    lon, lat = numbers(nodes["x"]), numbers(nodes["y"])
    start, end = (numbers(arcs[side]).astype(np.int32) - 1 for side in ("fromNode", "toNode"))
    straight = np.sqrt(((lon[start] - lon[end]) * scale[0]) ** 2 + ((lat[start] - lat[end]) * scale[1]) ** 2)
    return RoadTables(
        lon=lon,
        lat=lat,
        access=numbers(nodes["offRoadAccess"]) == 1,
        arc_from=start,
        arc_to=end,
        arc_km=numbers(arcs["distance"]) if "distance" in arcs else straight,
        arc_time=np.array([numbers(arcs[title]) for title in arcs if title.startswith("mode_")]),
        time_unit_s=DAY_S,
        mode_ids=tuple(f"mode-{index}" for index in modes["travelModeIndex"]),
        off_road_kmh=numbers(modes["offRoadSpeed"]) / 24.0,
        km_per_degree=scale,
    )
