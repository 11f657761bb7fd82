"""From an OpenStreetMap file to drawn roads, in two passes: ways and turn bans, then the points that they need."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue
from beredt.roads.imported.drawn_roads import DrawnRoads, TurnBan
from beredt.roads.imported.road_class import CLASS_NUMBER
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.osm.relations import Restriction, restriction_of
from beredt.roads.osm.walls import break_at_walls
from beredt.roads.osm.way_rules import LeftOut, WayRule, barrier_delay_s, rule_of_way
from beredt.roads.profile.limits import Limits
from beredt.roads.profile.profile import Profile

LEAST_REFS = 2


@dataclass(slots=True)
class _Lines:
    """Ways as they come: growing columns, and the faults whose place is known after the second pass."""

    refs: array[int] = field(default_factory=lambda: array("q"))
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    source: array[int] = field(default_factory=lambda: array("q"))
    road_class: bytearray = field(default_factory=bytearray)
    flags: array[int] = field(default_factory=lambda: array("H"))
    direction: bytearray = field(default_factory=bytearray)
    numbers: array[float] = field(default_factory=lambda: array("f"))
    restrictions: list[Restriction] = field(default_factory=list)
    unplaced: list[tuple[str, int, int, int, str]] = field(default_factory=list)

    def add(self, id_: int, refs: list[int], rule: WayRule) -> None:
        self.refs.extend(refs)
        self.first.append(len(self.refs))
        self.source.append(id_)
        self.road_class.append(CLASS_NUMBER[rule.road_class])
        self.flags.append(rule.flags)
        self.direction.append(rule.ahead + 2 * rule.back)
        self.numbers.extend((rule.kmh_ahead, rule.kmh_back, rule.seconds, rule.grade))


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points that ways need: `ids` ascending; NaN where the file does not have them."""

    ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    height_m: NDArray[np.float32]
    delay_s: NDArray[np.float64]


def find_region(path: Path) -> tuple[float, float, float, float] | None:
    """South, west, north, east of the file's header, degrees; None where it has none."""
    import osmium

    try:
        with osmium.io.Reader(str(path)) as reader:
            box = reader.header().box()
    except RuntimeError as fault:
        raise _unreadable(path, fault) from fault
    if not box.valid():
        return None
    return box.bottom_left.lat, box.bottom_left.lon, box.top_right.lat, box.top_right.lon


def read_osm(
    path: Path, profile: Profile, limits: Callable[[tuple[float, float, float, float]], Limits], tally: Tally
) -> tuple[DrawnRoads, Limits]:
    """The roads of a file for an ambulance. `limits` gives those of a region (degrees); both come back.

    What is left out goes into `tally`. Memory grows with the roads, not with the file. Raises ForeignFilesError where
    the file cannot be read.
    """
    try:
        region = find_region(path)
        chosen = limits(region if region is not None else _box_of_points(path))
        lines = _read_ways(path, profile, chosen, tally)
        points = _read_points(path, lines, profile)
    except RuntimeError as fault:
        raise _unreadable(path, fault) from fault
    _place_faults(lines, points, tally)
    return _drawn(lines, points), chosen


def _unreadable(path: Path, fault: Exception) -> ForeignFilesError:
    message = f"the file cannot be read as OpenStreetMap data: {fault}"
    return ForeignFilesError([Issue(path.name, None, None, None, 1, message, "give a whole .osm.pbf or .osm file")])


def _box_of_points(path: Path) -> tuple[float, float, float, float]:
    import osmium

    box: Any = osmium.osm.Box(osmium.osm.Location(), osmium.osm.Location())
    points: Any = osmium.FileProcessor(str(path), osmium.osm.NODE)
    for point in points:
        box.extend(point.location)
    if not box.valid():
        return 0.0, 0.0, 0.0, 0.0
    return box.bottom_left.lat, box.bottom_left.lon, box.top_right.lat, box.top_right.lon


def _read_ways(path: Path, profile: Profile, limits: Limits, tally: Tally) -> _Lines:
    import osmium

    lines = _Lines()
    entities = osmium.osm.WAY | osmium.osm.RELATION
    wanted = osmium.filter.KeyFilter("highway", "route", "type")
    processor: Any = osmium.FileProcessor(str(path), entities).with_filter(wanted)
    for found in processor:
        if found.is_way():
            tags = dict(found.tags)
            if "highway" in tags or tags.get("route") == "ferry":
                _take_way(found.id, [node.ref for node in found.nodes], tags, profile, limits, lines, tally)
        elif found.tags.get("type") == "restriction":
            members = [(member.role, member.type, member.ref) for member in found.members]
            read = restriction_of(found.id, dict(found.tags), members, profile)
            if isinstance(read, Restriction):
                lines.restrictions.append(read)
            elif read is not None:
                place = next((ref for role, kind, ref in members if role == "via" and kind == "n"), 0)
                lines.unplaced.append(("unreadable_ban", found.id, place, 0, read))
    return lines


def _take_way(
    id_: int, refs: list[int], tags: dict[str, str], profile: Profile, limits: Limits, lines: _Lines, tally: Tally
) -> None:
    if tags.get("area") == "yes":
        tally.read += max(len(refs) - 1, 0)
        tally.leave_out("not_driven", max(len(refs) - 1, 0))
        return
    rule = rule_of_way(tags, profile, limits)
    segments = max(len(refs) - 1, 0)
    tally.read += segments
    if isinstance(rule, LeftOut):
        if rule.reason == "unknown_class":
            lines.unplaced.append((rule.reason, id_, refs[0] if refs else 0, segments, rule.value))
        else:
            tally.leave_out(rule.reason, segments)
    elif len(refs) < LEAST_REFS:
        lines.unplaced.append(("too_short", id_, refs[0] if refs else 0, 0, ""))
    else:
        lines.add(id_, refs, rule)
        lines.unplaced += [(reason, id_, refs[0], segments, value) for reason, value in rule.remarks]


def _read_points(path: Path, lines: _Lines, profile: Profile) -> _Points:
    import osmium

    refs = np.frombuffer(lines.refs, dtype=np.int64) if lines.refs else np.empty(0, np.int64)
    via = [ban.via_node for ban in lines.restrictions if ban.via_node >= 0]
    ids = np.unique(np.concatenate((refs, [place for _, _, place, _, _ in lines.unplaced], via)).astype(np.int64))
    points = _Points(
        ids=ids,
        lon=np.full(len(ids), np.nan),
        lat=np.full(len(ids), np.nan),
        height_m=np.full(len(ids), np.nan, dtype=np.float32),
        delay_s=np.zeros(len(ids)),
    )
    # Negative ids, of editors' drafts, do not go into a tracker: then every point is looked at.
    processor: Any = osmium.FileProcessor(str(path), osmium.osm.NODE)
    if len(ids) and ids[0] >= 0:
        tracker = osmium.IdTracker()
        for ref in ids.tolist():
            tracker.add_node(ref)
        processor = processor.with_filter(tracker.id_filter())
    place_of = {ref: index for index, ref in enumerate(ids.tolist())}
    lon, lat = points.lon, points.lat
    for node in processor:
        index = place_of.get(node.id)
        if index is None:
            continue
        location = node.location
        if location.valid():
            lon[index], lat[index] = location.lon, location.lat
        if len(node.tags):
            _take_tags(dict(node.tags), index, points, profile)
    return points


def _take_tags(tags: dict[str, str], index: int, points: _Points, profile: Profile) -> None:
    points.delay_s[index] = barrier_delay_s(tags, profile)
    with suppress(ValueError):  # heights such as "about 300"
        points.height_m[index] = float(tags.get("ele", "nan"))


def _place_faults(lines: _Lines, points: _Points, tally: Tally) -> None:
    for reason, source, ref, segments, value in lines.unplaced:
        index = int(np.searchsorted(points.ids, ref))
        tally.add(Fault(reason, source, float(points.lat[index]), float(points.lon[index]), segments, value))


def _drawn(lines: _Lines, points: _Points) -> DrawnRoads:
    refs = np.array(lines.refs, dtype=np.int64)
    walls = np.isinf(points.delay_s)
    point = np.searchsorted(points.ids, refs)
    broken = break_at_walls(point, np.array(lines.first, dtype=np.int64), walls)
    of = broken.line_of
    kmh_ahead, kmh_back, seconds, grade = np.array(lines.numbers, dtype=np.float32).reshape(-1, 4)[of].T.copy()
    direction = np.frombuffer(bytes(lines.direction), dtype=np.uint8)[of]
    numbers = {ref: index for index, ref in enumerate(points.ids.tolist())} if lines.restrictions else {}
    return DrawnRoads(
        lon=points.lon[broken.place_of],
        lat=points.lat[broken.place_of],
        height_m=points.height_m[broken.place_of],
        delay_s=np.where(walls, 0.0, points.delay_s)[broken.place_of].astype(np.float32),
        first=broken.first,
        point=broken.point,
        source=np.array(lines.source, dtype=np.int64)[of],
        road_class=np.frombuffer(bytes(lines.road_class), dtype=np.uint8)[of],
        flags=np.array(lines.flags, dtype=np.uint16)[of],
        ahead=(direction & 1).astype(bool),
        back=(direction & 2).astype(bool),
        kmh_ahead=kmh_ahead,
        kmh_back=kmh_back,
        seconds_ahead=seconds,
        seconds_back=seconds,
        grade=grade,
        length_m=np.full(len(of), np.nan, dtype=np.float32),
        bans=tuple(_ban(one, numbers) for one in lines.restrictions),
    )


def _ban(one: Restriction, numbers: dict[int, int]) -> TurnBan:
    via = numbers[one.via_node] if one.via_node >= 0 else -1
    return TurnBan(one.id, one.only, one.from_way, one.to_way, via, one.via_ways, one.turn_back)
