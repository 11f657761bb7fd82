"""A road map of another year: resolve all changes, gather every complaint, then apply all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError
from beredt.model.issue import Issue
from beredt.roads.imported.assemble import MOST_STEP_M
from beredt.roads.imported.core import core_nodes
from beredt.roads.imported.measure import metres_between
from beredt.roads.imported.road_class import CLASS_NUMBER, RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.projects.changes import AddLink, Change, CloseLink, SetLinkSpeed

JOIN_M = 250.0
"""An end of a new link joins the nearest road node within this distance."""

NEW_SOURCE = -1
"""Source ids of new links: −1, −2 … in the order of the changes."""


def changes_in(changes: Sequence[Change], year: int) -> tuple[Change, ...]:
    """The changes that hold in a year."""
    return tuple(
        change
        for change in changes
        if change.year <= year
        and not (isinstance(change, CloseLink) and change.until is not None and year >= change.until)
    )


def apply_changes(roads: RoadMap, changes: Sequence[Change], year: int) -> RoadMap:
    """The roads as they are in a year. The map itself is not changed.

    What a closure cuts off stays in the map, but no place belongs to it. Raises DefinitionError with every line that
    is not there, and every link whose ends are too far from any road.
    """
    holding = changes_in(changes, year)
    complaints = [complaint for change in holding for complaint in _complaints(roads, change)]
    if complaints:
        raise DefinitionError("road changes", complaints)
    kmh = roads.arc_kmh.copy()
    kept = np.ones(roads.arcs, dtype=bool)
    for change in holding:
        if isinstance(change, SetLinkSpeed):
            kmh[np.isin(roads.arc_source, change.lines)] = change.kmh
        elif isinstance(change, CloseLink):
            kept &= ~np.isin(roads.arc_source, change.lines)
    changed = replace(roads, arc_kmh=kmh)
    links = [change for change in holding if isinstance(change, AddLink)]
    if kept.all() and not links:
        return changed
    return _rebuilt(changed, kept, links)


def _complaints(roads: RoadMap, change: Change) -> list[Issue]:
    if isinstance(change, AddLink):
        far = [f"{place}" for place in (change.places[0], change.places[-1]) if _nearest(roads, place)[1] > JOIN_M]
        message, remedy = f"no road node within {JOIN_M:.0f} m of an end", "begin and end new links at roads of the map"
    else:
        far = [str(line) for line in change.lines if not (roads.arc_source == line).any()]
        message, remedy = "there is no such line in the road map", "give ids of lines of the source that are used"
    return [Issue("road changes", None, change.name, ", ".join(far), len(far), message, remedy)] if far else []


def _nearest(roads: RoadMap, place: tuple[float, float]) -> tuple[int, float]:
    lat, lon = place
    away = metres_between(np.full(roads.nodes, lon), np.full(roads.nodes, lat), roads.lon, roads.lat)
    return int(away.argmin()), float(away.min())


def _rebuilt(roads: RoadMap, kept: NDArray[np.bool_], links: Sequence[AddLink]) -> RoadMap:
    """The map with other arcs: sorted anew, bans carried over, and places only where one can drive to and fro."""
    new_lon, new_lat, new_stop, columns = _new_arcs(roads, links)
    names = [field.name for field in fields(RoadMap) if field.name.startswith("arc_") and field.name != "arc_first"]
    arcs: dict[str, NDArray[Any]] = {
        name: np.concatenate((getattr(roads, name)[kept], np.array(columns[name], dtype=getattr(roads, name).dtype)))
        for name in names
    }
    order = np.lexsort((arcs["arc_to"], arcs["arc_from"]))
    nodes = roads.nodes + len(new_lon)
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    number = np.full(roads.arcs, -1, dtype=np.int64)
    number[kept] = position[: int(kept.sum())]
    ban_first, ban_arc = _carried_bans(roads, number)
    sorted_arcs = {name: column[order] for name, column in arcs.items()}
    access = np.concatenate((roads.access, new_stop)).astype(bool)
    return RoadMap(
        lon=np.concatenate((roads.lon, new_lon)),
        lat=np.concatenate((roads.lat, new_lat)),
        access=access & core_nodes(sorted_arcs["arc_from"], sorted_arcs["arc_to"], nodes),
        arc_first=np.searchsorted(sorted_arcs["arc_from"], np.arange(nodes + 1)).astype(np.int32),
        ban_first=ban_first,
        ban_arc=ban_arc,
        **sorted_arcs,
    )


def _new_arcs(
    roads: RoadMap, links: Sequence[AddLink]
) -> tuple[list[float], list[float], list[bool], dict[str, list[Any]]]:
    """Nodes on the new links (longitude, latitude, whether one may stop) and columns of their arcs."""
    lon: list[float] = []
    lat: list[float] = []
    stop: list[bool] = []
    columns: dict[str, list[Any]] = {
        field.name: [] for field in fields(RoadMap) if field.name.startswith("arc_") and field.name != "arc_first"
    }
    for number, link in enumerate(links):
        first, last = _nearest(roads, link.places[0])[0], _nearest(roads, link.places[-1])[0]
        places = _stepped(
            [(roads.lat[first], roads.lon[first]), *link.places[1:-1], (roads.lat[last], roads.lon[last])]
        )
        inner = range(roads.nodes + len(lon), roads.nodes + len(lon) + len(places) - 2)
        nodes = [first, *inner, last]
        lat += [place[0] for place in places[1:-1]]
        lon += [place[1] for place in places[1:-1]]
        may_stop = not link.tunnel and link.road_class not in ("motorway", "motorway_link")
        stop += [may_stop] * len(inner)
        at = np.array(places)
        metres = metres_between(at[:-1, 1], at[:-1, 0], at[1:, 1], at[1:, 0])
        if link.km is not None:
            metres = metres * (link.km * 1000 / metres.sum())
        flags = (int(RoadFlag.TUNNEL) if link.tunnel else 0) | (0 if may_stop else int(RoadFlag.NO_STOP))
        for start, end, length in zip(nodes[:-1], nodes[1:], metres.tolist(), strict=True):
            for pair in ((start, end), (end, start))[: 2 if link.both_ways else 1]:
                row = {
                    "arc_from": pair[0], "arc_to": pair[1], "arc_m": length, "arc_class": CLASS_NUMBER[link.road_class],
                    "arc_flags": flags, "arc_kmh": link.kmh, "arc_fixed_s": np.nan, "arc_delay_s": 0.0,
                    "arc_grade": np.nan, "arc_source": NEW_SOURCE - number,
                }  # fmt: skip
                for name, value in row.items():
                    columns[name].append(value)
    return lon, lat, stop, columns


def _stepped(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same line with a place at least every `MOST_STEP_M` metres."""
    at = np.array(places, dtype=np.float64)
    metres = metres_between(at[:-1, 1], at[:-1, 0], at[1:, 1], at[1:, 0])
    answer = [(float(at[0, 0]), float(at[0, 1]))]
    for begin, end, length in zip(at[:-1], at[1:], metres.tolist(), strict=True):
        pieces = max(1, int(np.ceil(length / MOST_STEP_M)))
        answer += [tuple((begin + (end - begin) * step / pieces).tolist()) for step in range(1, pieces + 1)]
    return answer


def _carried_bans(roads: RoadMap, number: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Bans whose arcs are all still there, in the new numbers."""
    bans = [
        number[roads.ban_arc[begin:end]]
        for begin, end in zip(roads.ban_first[:-1].tolist(), roads.ban_first[1:].tolist(), strict=True)
    ]
    bans = [ban for ban in bans if (ban >= 0).all()]
    first = np.cumsum([0, *(len(ban) for ban in bans)]).astype(np.int32)
    return first, np.concatenate([*bans, np.empty(0)]).astype(np.int32)
