"""Faults of road tables, all of them, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.model.issue import Issue, has_errors, shown
from beredt.roads.graph.road_tables import RoadTables

NODES, ARCS, TIMES, MODES, STUDY = "road_nodes", "road_arcs", "road_times", "travel_modes", "study.toml"


class RoadTablesError(NetworkError):
    """Road tables that no ways can be made of. `issues` holds everything that was found, warnings too."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        lines = [f"  {issue.text()}" for issue in issues if issue.severity == "error"]
        super().__init__("\n".join([f"the road tables cannot be used: {len(lines)} found", *lines]))


def require_sound(tables: RoadTables) -> None:
    """Raise RoadTablesError where an issue keeps the tables from being used."""
    issues = list_issues(tables)
    if has_errors(issues):
        raise RoadTablesError(issues)


def list_issues(tables: RoadTables) -> tuple[Issue, ...]:
    """Every fault of the tables. `row` counts records from 1, in the table that `file` names."""
    issues = (*_settings(tables), *_nodes(tables), *_arcs(tables))
    return issues if has_errors(issues) else (*issues, *_islands(tables))


def _settings(tables: RoadTables) -> Iterator[Issue]:
    if not tables.mode_ids:
        yield _whole(MODES, "no travel mode is given", "give at least one")
    if len(set(tables.mode_ids)) < len(tables.mode_ids):
        yield _whole(MODES, "a travel mode occurs twice", "give every travel mode an id of its own", "id")
    if not (np.isfinite(tables.time_unit_s) and tables.time_unit_s > 0):
        remedy = "give the seconds in the unit of the road times, above 0"
        yield _whole(STUDY, "the unit of time is no length of time", remedy, "roads.time_unit_s", tables.time_unit_s)
    for name, scale in zip(("x_km_per_degree", "y_km_per_degree"), tables.km_per_degree, strict=True):
        if not (np.isfinite(scale) and scale > 0):
            yield _whole(STUDY, "the length of a degree is no length", "give it in km, above 0", f"roads.{name}", scale)
    speed = tables.off_road_kmh
    wrong = ~(np.isfinite(speed) & (speed > 0))
    yield from _rows(MODES, "off_road_kmh", wrong, speed, "the speed off the road is no speed", "give km/h above 0")


def _nodes(tables: RoadTables) -> Iterator[Issue]:
    if not len(tables.lon):
        yield _whole(NODES, "there is no road node", "give the nodes of the roads")
    for name, values, most in (("lat", tables.lat, 90.0), ("lon", tables.lon, 180.0)):
        wrong = ~(np.abs(values) <= most)
        yield from _rows(NODES, name, wrong, values, "not a place on earth", f"give degrees from −{most:g} to {most:g}")
    if len(tables.lon) and not tables.access.any():
        remedy = "mark with 1 the nodes where one can stop for a place beside the road"
        yield _whole(NODES, "the road can be left at no node", remedy, "access")


def _arcs(tables: RoadTables) -> Iterator[Issue]:
    if not len(tables.arc_from):
        yield _whole(ARCS, "there is no road arc", "give the arcs between the road nodes")
    for name, ends in (("from_node", tables.arc_from), ("to_node", tables.arc_to)):
        unknown = (ends < 0) | (ends >= len(tables.lon))
        yield from _rows(ARCS, name, unknown, ends, "there is no such node", "name a node of road_nodes")
    wrong = ~(np.isfinite(tables.arc_km) & (tables.arc_km >= 0))
    yield from _rows(ARCS, "km", wrong, tables.arc_km, "not a length", "give km from 0 up")
    for mode, times in zip(tables.mode_ids, tables.arc_time, strict=True):
        wrong = ~(np.isfinite(times) & (times >= 0))
        remedy = "give the driving time, from 0 up; leave out an arc that nobody may drive"
        yield from _rows(TIMES, f"time of mode {mode}", wrong, times, "not a driving time", remedy)


def _islands(tables: RoadTables) -> Iterator[Issue]:
    """Nodes that cannot both be reached from the largest piece of the roads and be left towards it."""
    outside = ~main_piece(tables)
    if np.count_nonzero(~outside) == 1:
        remedy = "give roads that lead there and back again; a road of two directions has two arcs"
        yield _whole(ARCS, "there are no two nodes that one can drive between to and fro", remedy)
        return
    stranded = outside & tables.access
    found = "one cannot drive from here to the other roads and back"
    if stranded.any():
        yield _islet(tables, stranded, found, "join the roads here to the others, or set access to 0", "error")
    if (outside & ~tables.access).any():
        remedy = "nothing needs to be done where nobody drives; else join the roads here to the others"
        yield _islet(tables, outside & ~tables.access, found, remedy, "warning")


def main_piece(tables: RoadTables) -> NDArray[np.bool_]:
    """Which nodes belong to the largest part of the roads where one can drive from each node to each other, (n,)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes = len(tables.lon)
    ones = np.ones(len(tables.arc_from), dtype=np.int32)
    steps = csr_array((ones, (tables.arc_from, tables.arc_to)), shape=(nodes, nodes))
    _, piece = connected_components(steps, directed=True, connection="strong")
    main: NDArray[np.bool_] = piece == np.argmax(np.bincount(piece))
    return main


def _islet(tables: RoadTables, nodes: NDArray[np.bool_], message: str, remedy: str, severity: str) -> Issue:
    first = int(np.argmax(nodes))
    return Issue(
        file=NODES,
        row=first + 1,
        field="access" if severity == "error" else None,
        value=None,
        count=int(nodes.sum()),
        message=message,
        remedy=remedy,
        lat=float(tables.lat[first]),
        lon=float(tables.lon[first]),
        severity="error" if severity == "error" else "warning",
    )


def _rows(
    file: str, field: str, wrong: NDArray[np.bool_], values: NDArray[np.generic], message: str, remedy: str
) -> Iterator[Issue]:
    if wrong.any():
        first = int(np.argmax(wrong))
        yield Issue(file, first + 1, field, shown(values[first]), int(wrong.sum()), message, remedy)


def _whole(file: str, message: str, remedy: str, field: str | None = None, value: object = None) -> Issue:
    return Issue(file, None, field, None if value is None else shown(value), 1, message, remedy)
