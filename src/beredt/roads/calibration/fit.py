"""Class speeds by regularised least squares over the routes that trips take [1].

The time of a trip is the sum over classes of the time on roads of the class, each times a factor, and a constant for
setting off and stopping. Factors are drawn towards 1: a class that few trips drive on keeps the speed it had. Relative
errors are squared, so that a long trip does not outweigh ten short ones. Quicker classes draw routes, so routes and
factors are found in turns.

1. A. E. Hoerl, R. W. Kennard, Ridge regression: biased estimation for nonorthogonal problems, Technometrics 12 (1970),
   55–67. doi 10.1080/00401706.1970.10488634
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.calibration.trips import Trips
from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import times_matrix
from beredt.roads.routing.route_graph import RouteGraph, route_graph
from beredt.roads.routing.snap_places import Snapped, Snapper
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import SpeedTable

ROUNDS = 3
FOLDS = 5
RIDGES = (0.01, 0.1, 1.0, 10.0, 100.0)
"""How many trips' worth of belief a factor of 1 has; the one with the least error on trips left aside is taken."""
LEAST_FACTOR, MOST_FACTOR = 0.4, 2.5
LEAST_TRIPS = 30
LEAST_TRIPS_OF_CLASS, LEAST_SHARE = 20, 0.005


@dataclass(frozen=True, slots=True)
class TripError:
    """Errors of times on trips: `median` and `p90` of |told − driven| / driven, `bias_s` the mean of told − driven."""

    median: float
    p90: float
    bias_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SpeedFit:
    """The table with the shares of its classes changed, and what speaks for it.

    `factor`: of time, by class that any trip drives on; `km`: driven on each; `start_s`: constant per trip;
    `before`, `after`: errors on held-out trips, each told by a fit that never saw it; `ridge`; `better`: whether the
    held-out error became smaller, surely (twice its standard error); `unreachable`: trips left out as no way leads.
    """

    speeds: SpeedTable
    factor: dict[str, float]
    km: dict[str, float]
    start_s: float
    before: TripError
    after: TripError
    ridge: float
    better: bool
    trips: int
    unreachable: int


def fit_speeds(roads: RoadMap, speeds: SpeedTable, trips: Trips, purpose: str, period: str) -> SpeedFit:
    """Fit the shares of the classes to trips of one purpose and period. Raises NetworkError with too few trips."""
    graph = route_graph(roads)
    snapper = Snapper(roads)
    origins, ends = snapper.snap(trips.from_lat, trips.from_lon), snapper.snap(trips.to_lat, trips.to_lon)
    fitted, ridge = speeds, RIDGES[0]
    first: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
    for _ in range(ROUNDS):
        base, by_class, driven_m = _on_routes(roads, graph, fitted, purpose, period, origins, ends)
        used = np.isfinite(base)
        if used.sum() < LEAST_TRIPS:
            raise NetworkError(f"{int(used.sum())} trips have a way on these roads, and a fit needs {LEAST_TRIPS}")
        if first is None:
            first = base, by_class
        # Times of this round in those of the table that was given: factors are told of that one.
        ratio = fitted.share / speeds.share
        given = by_class * ratio
        ridge, theta, start_s = _best_ridge(base[used], given[used], trips.seconds[used])
        fitted = replace(speeds, share=speeds.share / theta)
    base, by_class = first if first is not None else (base, by_class)
    used = np.isfinite(base) & np.isfinite(given.sum(axis=1))
    seconds = trips.seconds[used]
    before = base[used] + by_class[used].sum(axis=1)
    after = _cross_validated(base[used], given[used], seconds, ridge)
    gain = np.abs(before - seconds) / seconds - np.abs(after - seconds) / seconds
    better = float(gain.mean()) > 2 * float(gain.std(ddof=1)) / np.sqrt(len(gain))
    driven = driven_m[used].sum(axis=0)
    return SpeedFit(
        speeds=replace(fitted, id=f"{speeds.id}-fitted"),
        factor={ROAD_CLASSES[c]: float(theta[c]) for c in np.flatnonzero(driven > 0)},
        km={ROAD_CLASSES[c]: float(driven[c]) / 1000 for c in np.flatnonzero(driven > 0)},
        start_s=float(start_s),
        before=trip_error(before, seconds),
        after=trip_error(after, seconds),
        ridge=ridge,
        better=bool(better),
        trips=len(seconds),
        unreachable=int(len(trips) - len(seconds)),
    )


def _on_routes(
    roads: RoadMap, graph: RouteGraph, speeds: SpeedTable, purpose: str, period: str, origins: Snapped, ends: Snapped
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Along the quickest ways: seconds that classes do not change (k,), seconds and metres by class (k, C).

    The first are off the road, on ferries and at gates; NaN where no way leads.
    """
    ms = arc_ms(roads, speeds, purpose, period)
    fixed_s = np.where(np.isfinite(roads.arc_fixed_s), ms / 1000.0, roads.arc_delay_s)
    driven_s = ms / 1000.0 - fixed_s
    pace = 3.6 / speeds.off_road_kmh
    base = (origins.off_m + ends.off_m) * pace
    shape = len(base), len(ROAD_CLASSES)
    by_class, metres = np.zeros(shape), np.zeros(shape)
    for trip, arcs in _ways(graph, ms, origins.node, ends.node):
        if arcs is None:
            base[trip] = np.nan
            continue
        classes = roads.arc_class[arcs]
        base[trip] += fixed_s[arcs].sum()
        by_class[trip] = np.bincount(classes, driven_s[arcs], minlength=shape[1])
        metres[trip] = np.bincount(classes, roads.arc_m[arcs], minlength=shape[1])
    return base, by_class, metres


def _ways(
    graph: RouteGraph, ms: NDArray[np.uint32], origins: NDArray[np.int32], ends: NDArray[np.int32]
) -> list[tuple[int, NDArray[np.int32] | None]]:
    """The arcs of the map along the quickest way of every trip; None where none leads. One search per origin."""
    from scipy.sparse.csgraph import dijkstra

    matrix = times_matrix(graph, ms)
    order = np.lexsort((ms[graph.arc], graph.end, graph.start))
    pairs = graph.start[order].astype(np.int64) * graph.nodes + graph.end[order]
    found: list[tuple[int, NDArray[np.int32] | None]] = []
    for origin in np.unique(origins).tolist():
        seconds, before = dijkstra(matrix, indices=origin, return_predecessors=True)
        # The arc that leads to each node on the way from the origin: the quickest of parallel ones.
        arc_to = graph.arc[order[np.searchsorted(pairs, before * np.int64(graph.nodes) + np.arange(graph.nodes))]]
        came_from: list[int] = np.asarray(before, dtype=np.int64).ravel().tolist()
        driven: list[int] = arc_to.tolist()
        for trip in np.flatnonzero(origins == origin).tolist():
            nodes = graph.end_node[graph.end_first[ends[trip]] : graph.end_first[ends[trip] + 1]]
            here = int(nodes[np.argmin(seconds[nodes])])
            if not np.isfinite(seconds[here]):
                found.append((trip, None))
                continue
            trail: list[int] = []
            while here != origin:
                trail.append(driven[here])
                here = came_from[here]
            found.append((trip, np.array(trail, dtype=np.int32)))
    return found


def _best_ridge(
    base: NDArray[np.float64], by_class: NDArray[np.float64], seconds: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], float]:
    """The ridge with the least error on trips left aside; factors (C,) and seconds of setting off with it."""
    errors = [
        float(np.mean(np.abs(_cross_validated(base, by_class, seconds, ridge) - seconds) / seconds)) for ridge in RIDGES
    ]
    ridge = RIDGES[int(np.argmin(errors))]
    return ridge, *_solved(base, by_class, seconds, ridge)


def _solved(
    base: NDArray[np.float64], by_class: NDArray[np.float64], seconds: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], float]:
    """Factors (C,), drawn towards 1, and the constant, drawn towards 0 s, at least 0.

    Errors are relative to the time told beforehand, which chance has no part in. Classes that fewer than
    `LEAST_TRIPS_OF_CLASS` trips drive on, or for less than `LEAST_SHARE` of all time, keep the factor 1.
    """
    from scipy.optimize import lsq_linear

    weight = 1.0 / np.maximum(base + by_class.sum(axis=1), 30.0)
    theta = np.ones(by_class.shape[1])
    known = np.count_nonzero(by_class > 0, axis=0) >= LEAST_TRIPS_OF_CLASS
    known &= by_class.sum(axis=0) >= LEAST_SHARE * by_class.sum()
    rest = seconds - base - by_class[:, ~known].sum(axis=1)
    told = np.column_stack((by_class[:, known], np.ones(len(seconds)))) * weight[:, None]
    classes = int(known.sum())
    # A typical share of a trip's time gives a factor's belief its size; a minute that of the constant.
    belief = np.sqrt(ridge) * np.diag([*([0.2] * classes), 1 / 60.0])
    right = np.concatenate((rest * weight, belief[:classes, :classes].sum(axis=1), [0.0]))
    bounds = ([LEAST_FACTOR] * classes + [0.0], [MOST_FACTOR] * classes + [300.0])
    found = lsq_linear(np.vstack((told, belief)), right, bounds=bounds).x
    theta[known] = found[:classes]
    return theta, float(found[classes])


def _cross_validated(
    base: NDArray[np.float64], by_class: NDArray[np.float64], seconds: NDArray[np.float64], ridge: float
) -> NDArray[np.float64]:
    """Times of all trips, each told by a fit to the other four fifths; every fifth trip is in one fold.

    Routes are those of the whole fit: a held-out trip has had its small part in which way is taken.
    """
    told = np.empty(len(seconds))
    for fold in range(FOLDS):
        aside = np.arange(len(seconds)) % FOLDS == fold
        theta, start_s = _solved(base[~aside], by_class[~aside], seconds[~aside], ridge)
        told[aside] = base[aside] + by_class[aside] @ theta + start_s
    return told


def trip_error(told: NDArray[np.float64], driven: NDArray[np.float64]) -> TripError:
    """Errors of told times, seconds above 0, float64 (k,), on trips that took `driven`."""
    relative = np.abs(told - driven) / driven
    return TripError(float(np.median(relative)), float(np.quantile(relative, 0.9)), float(np.mean(told - driven)))
