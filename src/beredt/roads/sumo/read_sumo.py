"""A SUMO network to drawn roads: one line per edge, turn bans from the turns that its connections leave out."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

import numpy as np
from numpy.typing import NDArray

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue
from beredt.roads.imported.drawn_roads import DrawnRoads, TurnBan
from beredt.roads.imported.line_builder import Line, LineBuilder
from beredt.roads.imported.road_class import CLASS_NUMBER, RoadFlag
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.profile.limits import Limits
from beredt.roads.profile.profile import Profile

Region = tuple[float, float, float, float]
CARS, OURS = "passenger", ("emergency", "authority", "bus", "taxi")
NAN = float("nan")


@dataclass(slots=True)
class _Edge:
    """An edge of the net: ends, class in SUMO's words, speed of its fastest lane, places it passes."""

    id: str
    start: str
    end: str
    type: str
    metres: float
    metres_per_s: float
    shape: str
    for_cars: bool
    for_ours: bool


def read_sumo(
    path: Path, profile: Profile, limits: Callable[[Region], Limits], tally: Tally
) -> tuple[DrawnRoads, Limits]:
    """The roads of a net. Lines are numbered from 1 in the order of the file.

    Raises ForeignFilesError where it is no net, or does not say where on earth it lies.
    """
    try:
        edges, junctions, turns, location = _read(path)
        to_degrees = _placing(location)
    except (ParseError, OSError, ValueError, KeyError) as fault:
        remedy = "give a whole .net.xml, plain or gzipped, made from a map"
        message = f"the file cannot be read as a SUMO network: {fault}"
        raise ForeignFilesError([Issue(path.name, None, None, None, 1, message, remedy)]) from fault
    lines = LineBuilder()
    numbers: dict[str, int] = {}
    for number, edge in enumerate(edges, 1):
        _take(edge, number, junctions, to_degrees, profile, lines, numbers, tally)
    drawn = lines.build(_bans(edges, numbers, turns, lines))
    if not len(drawn.lon):
        return drawn, limits((0.0, 0.0, 0.0, 0.0))
    return drawn, limits(
        (float(drawn.lat.min()), float(drawn.lon.min()), float(drawn.lat.max()), float(drawn.lon.max()))
    )


def _read(path: Path) -> tuple[list[_Edge], dict[str, str], dict[str, set[str]], Element]:
    """Edges, places of junctions, the edges that one may go on to from each edge, and the location."""
    edges: list[_Edge] = []
    junctions: dict[str, str] = {}
    turns: dict[str, set[str]] = defaultdict(set)
    location: Element | None = None
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for _, found in iterparse(file, events=("end",)):
            if found.tag == "edge":
                if found.get("function", "normal") in ("normal", "connector"):
                    edges.append(_edge(found))
                found.clear()
            elif found.tag == "junction" and found.get("type") != "internal":
                junctions[found.attrib["id"]] = f"{found.attrib['x']},{found.attrib['y']}"
                found.clear()
            elif found.tag == "connection" and not found.attrib["from"].startswith(":"):
                turns[found.attrib["from"]].add(found.attrib["to"])
            elif found.tag == "location":
                location = found
    if location is None or not edges:
        raise ValueError("it has no edges, or no location")
    return edges, junctions, turns, location


def _edge(found: Element) -> _Edge:
    lanes = found.findall("lane")
    cars = [lane for lane in lanes if _allowed(lane, (CARS,))]
    ours = [lane for lane in lanes if _allowed(lane, OURS)]
    used = cars or ours or lanes
    return _Edge(
        id=found.attrib["id"],
        start=found.attrib["from"],
        end=found.attrib["to"],
        type=found.get("type", ""),
        metres=max((float(lane.attrib["length"]) for lane in used), default=NAN),
        metres_per_s=max((float(lane.attrib["speed"]) for lane in used), default=NAN),
        shape=found.get("shape", ""),
        for_cars=bool(cars),
        for_ours=bool(ours),
    )


def _allowed(lane: Element, kinds: tuple[str, ...]) -> bool:
    allow, disallow = lane.get("allow", "").split(), lane.get("disallow", "").split()
    if allow:
        return "all" in allow or any(kind in allow for kind in kinds)
    return "all" not in disallow and any(kind not in disallow for kind in kinds)


def _take(
    edge: _Edge,
    number: int,
    junctions: dict[str, str],
    to_degrees: Callable[[str], NDArray[np.float64]],
    profile: Profile,
    lines: LineBuilder,
    numbers: dict[str, int],
    tally: Tally,
) -> None:
    text = edge.shape or f"{junctions.get(edge.start, '')} {junctions.get(edge.end, '')}".strip()
    try:
        places = to_degrees(text)
    except ValueError as fault:
        tally.read += 1
        tally.add(Fault("unreadable_line", number, NAN, NAN, 1, str(fault)))
        return
    tally.read += len(places) - 1
    highway = edge.type.split("|")[0].removeprefix("highway.")
    known = profile.classes.get(highway)
    if not (edge.for_cars or edge.for_ours):
        tally.leave_out("other_lanes", len(places) - 1)
        return
    if known is None and highway in (profile.not_driven | profile.if_opened):
        tally.leave_out("not_driven", len(places) - 1)
        return
    if known is None or known[0] not in CLASS_NUMBER:
        lon, lat, _ = places[0]
        tally.add(Fault("unknown_class", number, float(lat), float(lon), len(places) - 1, edge.type))
        return
    flags = (0 if known[1] else int(RoadFlag.NO_STOP)) | (0 if edge.for_cars else int(RoadFlag.PRIVILEGED))
    kmh = edge.metres_per_s * 3.6
    lines.add(Line(number, known[0], True, False, flags, kmh, length_m=edge.metres), places, edge.start, edge.end)
    numbers[edge.id] = number


def _bans(edges: list[_Edge], numbers: dict[str, int], turns: dict[str, set[str]], lines: LineBuilder) -> list[TurnBan]:
    """Turns between used edges that no connection allows; turning round is left to the ambulance."""
    leaving: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.id in numbers:
            leaving[edge.start].append(edge)
    bans: list[TurnBan] = []
    for edge in edges:
        if edge.id not in numbers or edge.id not in turns:
            continue
        for onward in leaving[edge.end]:
            if onward.id not in turns[edge.id] and onward.end != edge.start:
                ban = TurnBan(len(bans) + 1, False, numbers[edge.id], numbers[onward.id], lines.ends[edge.end])
                bans.append(ban)
    return bans


def _placing(location: Element) -> Callable[[str], NDArray[np.float64]]:
    """From "x,y x,y" on the net's plane to longitude, latitude and no height, (k, 3)."""
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    offset = np.array([float(part) for part in location.attrib["netOffset"].split(",")])
    try:
        plane = CRS(location.attrib["projParameter"])
    except CRSError as fault:
        raise ValueError(f"its projection is unknown: {location.attrib['projParameter']}") from fault
    transformer: Any = Transformer.from_crs(plane, "EPSG:4326", always_xy=True)

    def place(text: str) -> NDArray[np.float64]:
        parts = [[float(number) for number in part.split(",")[:2]] for part in text.split()]
        if len(parts) < 2:
            raise ValueError("a line of fewer than two points")
        flat = np.array(parts) - offset
        lon, lat = transformer.transform(flat[:, 0], flat[:, 1])
        return np.column_stack((lon, lat, np.full(len(parts), np.nan)))

    return place
