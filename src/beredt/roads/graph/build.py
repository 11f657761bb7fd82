"""From road tables to a road graph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.all_pairs import Progress, all_pairs
from beredt.roads.graph.arcs import renumbered_arcs
from beredt.roads.graph.check_tables import require_sound
from beredt.roads.graph.curve import curve_order
from beredt.roads.graph.neighbours import Neighbours, neighbours
from beredt.roads.graph.reduction import Reduction, reduce_roads
from beredt.roads.graph.road_graph import RoadGraph, require_countable
from beredt.roads.graph.road_tables import RoadTables
from beredt.roads.graph.spots import make_spots, places_in

HAIR = 1e-9
"""Part by which `least_pace` stays below the least pace found, so that rounded sums of times never undercut it."""


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build_road_graph(tables: RoadTables, jobs: int = 2, progress: Progress = say_nothing) -> RoadGraph:
    """Reduce the roads and work out all quickest ways.

    `jobs`: threads, ≥ 1; `progress`: told how many of the ways' destinations are done. Takes seconds for thousands of
    decision nodes N, and M·N²·14 bytes. Raises RoadTablesError, with all issues, where the tables cannot be used, and
    NetworkError where there are too many decision nodes.
    """
    require_sound(tables)
    roads = neighbours(tables)
    reduction = reduce_roads(roads)
    require_countable(len(reduction.decision))
    unit_s = tables.time_unit_s
    x_km, y_km = tables.lon * tables.km_per_degree[0], tables.lat * tables.km_per_degree[1]

    by_curve = curve_order(x_km[reduction.decision], y_km[reduction.decision])
    node_of = np.full(len(tables.lon), -1, dtype=np.int32)
    node_of[reduction.decision[by_curve]] = np.arange(len(by_curve))
    arcs = renumbered_arcs(reduction, node_of)
    places = places_in(reduction, arcs)
    node_of[places.source_of] = np.arange(len(places.source_of)) + len(by_curve)
    source_of = np.concatenate((reduction.decision[by_curve], places.source_of)).astype(np.int32)

    pairs = all_pairs(arcs, rank=by_curve.astype(np.int32), unit_s=unit_s, jobs=jobs, progress=progress)
    spots, spot_km = make_spots(places, arcs, unit_s)
    return RoadGraph(
        node_of=node_of,
        source_of=source_of,
        lon=tables.lon[source_of],
        lat=tables.lat[source_of],
        x_km=x_km[source_of],
        y_km=y_km[source_of],
        access=tables.access[source_of],
        seconds=pairs.seconds,
        hop=pairs.hop,
        km=pairs.km,
        arc_from=arcs.start,
        arc_to=arcs.end,
        arc_s=arcs.time * unit_s,
        arc_km=arcs.km,
        arc_first=places.first,
        chain_spot=(places.node + len(by_curve)).astype(np.int32),
        chain_s=places.time * unit_s,
        chain_km=places.km,
        out_first=arcs.out_first,
        out_to=arcs.out_to,
        out_arc=arcs.out_arc,
        spots=spots,
        spot_km=spot_km,
        off_pace=3600.0 / tables.off_road_kmh,
        least_pace=_least_pace(roads, reduction, x_km, y_km) * unit_s,
        mode_ids=tables.mode_ids,
        km_per_degree=tables.km_per_degree,
    )


def _least_pace(
    roads: Neighbours, reduction: Reduction, x_km: NDArray[np.float64], y_km: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Least time per straight kilometre over all steps that arcs are made of, float64 (M,), 0 without any.

    No drive between road nodes has less: it is made of such steps, and the straight line is the shortest. Part of an
    arc is a difference of sums along it, so that each step may seem shorter by what these sums are rounded by.
    """
    steps = np.unique(reduction.arc_steps)
    start = np.searchsorted(roads.first, steps, side="right") - 1
    end = roads.end[steps]
    straight = np.hypot(x_km[end] - x_km[start], y_km[end] - y_km[start])
    somewhere = straight > 0.0
    rounding = np.max((np.diff(reduction.arc_first) + 2) * reduction.arc_time, axis=1) * 2.0**-51
    pace = np.maximum(roads.time[:, steps[somewhere]] - rounding[:, None], 0.0) / straight[somewhere]
    least: NDArray[np.float64] = np.min(pace, axis=1, initial=np.inf) * (1.0 - HAIR)
    return np.where(np.isfinite(least), least, 0.0)
