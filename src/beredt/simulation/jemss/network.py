"""The road network of a city: nodes, arcs, and days per arc for every way of driving."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.jemss.city_files import CityFiles
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.places import CityMap
from beredt.simulation.jemss.table_file import get_table

ARC_FORMS = ("directed", "undirected")


@dataclass(frozen=True, slots=True, eq=False)
class CityRoads:
    """n nodes: `lon`, `lat` float64 (n,), `access` bool (n,). a arcs: `arc_from`, `arc_to` int64 (a,), nodes counted
    from 1; `arc_km` float64 (a,); `arc_days` float64 (M, a) for M modes.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    access: NDArray[np.bool_]
    arc_from: NDArray[np.int64]
    arc_to: NDArray[np.int64]
    arc_km: NDArray[np.float64]
    arc_days: NDArray[np.float64]


def read_roads(files: CityFiles, city_map: CityMap | None, modes: int) -> CityRoads | None:
    """The roads of a city whose units drive in `modes` ways; None where a table is missing."""
    tables, file = files.read("travel", "roads", "nodes")
    nodes = get_table(tables, "nodes", file, files.faults)
    tables, file = files.read("travel", "roads", "arcs")
    misc = get_table(tables, "miscData", file, files.faults)
    arcs = get_table(tables, "arcs", file, files.faults)
    if nodes is None or arcs is None or misc is None:
        return None
    nodes.check_numbered()
    lon, lat = nodes.numbers("x"), nodes.numbers("y")
    if city_map is not None:
        city_map.check_inside(nodes, lon, lat)
    access = nodes.flags("offRoadAccess") if "offRoadAccess" in nodes.columns else np.ones(nodes.height, np.bool_)
    if not access.any():
        nodes.note(~access[:1], "offRoadAccess", "no node has access", "write 1 for the nodes of ordinary streets")
    directed = _is_directed(misc)
    arcs.check_numbered()
    arc_from = arcs.indices("fromNode", nodes.height, "node")
    arc_to = arcs.indices("toNode", nodes.height, "node")
    arcs.note(arc_from == arc_to, "toNode", "the arc ends where it begins", "remove it, or correct one of its ends")
    arc_km = _lengths(arcs, arc_from, arc_to, lon, lat, city_map)
    arc_days = np.stack([arcs.numbers(f"mode_{mode}", above=0.0) for mode in range(1, _mode_count(misc, modes) + 1)])
    if not directed:
        # Every arc once more the other way round, after all others, as the source does.
        arc_from, arc_to = np.concatenate([arc_from, arc_to]), np.concatenate([arc_to, arc_from])
        arc_km, arc_days = np.concatenate([arc_km, arc_km]), np.concatenate([arc_days, arc_days], axis=1)
    return CityRoads(lon, lat, access, arc_from, arc_to, arc_km, arc_days)


def _is_directed(misc: JemssTable) -> bool:
    form = misc.texts("arcForm")[0]
    if form not in ARC_FORMS and "arcForm" in misc.columns:
        misc.note(np.array([True]), "arcForm", "no such form of arcs", "write directed or undirected")
    return form != "undirected"


def _mode_count(misc: JemssTable, modes: int) -> int:
    count = int(misc.wholes("numModes")[0])
    if modes and count != modes and "numModes" in misc.columns:
        message = f"arcs have times for {count} travel modes, and travelModes lists {modes}"
        misc.note(np.array([True]), "numModes", message, "give both the same modes")
    return max(min(count, modes or count), 1)


def _lengths(
    arcs: JemssTable,
    arc_from: NDArray[np.int64],
    arc_to: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    city_map: CityMap | None,
) -> NDArray[np.float64]:
    """Kilometres along each arc: as written, or else straight from end to end."""
    if "distance" in arcs.columns:
        return arcs.numbers("distance", low=0.0)
    if city_map is None:
        return np.zeros(arcs.height)
    east = (lon[arc_to - 1] - lon[arc_from - 1]) * city_map.x_km_per_degree
    north = (lat[arc_to - 1] - lat[arc_from - 1]) * city_map.y_km_per_degree
    lengths: NDArray[np.float64] = np.sqrt(east * east + north * north)
    return lengths
