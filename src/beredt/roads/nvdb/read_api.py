"""Answers of NVDB's API (versions 3 and 4) to drawn roads: link segments, and speed limits beside them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue
from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.line_builder import Line, LineBuilder
from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.nvdb.connectors import directed_connectors
from beredt.roads.nvdb.limits_on_lines import LimitsOnLines
from beredt.roads.nvdb.rules import NvdbRules, load_rules, plain
from beredt.roads.profile.limits import Limits

Found = Mapping[str, Any]
Region = tuple[float, float, float, float]
NAN = float("nan")
LINE_ONLY = "vegtrase"
"""The level of detail of a divided road drawn as one line; its carriageways are drawn beside it."""


def read_nvdb(paths: Sequence[Path], limits: Callable[[Region], Limits], tally: Tally) -> tuple[DrawnRoads, Limits]:
    """The roads in answers of the API; files of segments and of speed limits in any order.

    Raises ForeignFilesError where a file is no such answer, or none has segments.
    """
    segments, on_lines = _read(paths)
    rules = load_rules()
    lines = LineBuilder()
    connectors: set[int] = set()
    for found in segments:
        _take(found, rules, on_lines, lines, connectors, tally)
    lines.lines = directed_connectors(lines, connectors)
    drawn = lines.build()
    known = np.isfinite(drawn.lon)
    region = (
        (
            float(drawn.lat[known].min()),
            float(drawn.lon[known].min()),
            float(drawn.lat[known].max()),
            float(drawn.lon[known].max()),
        )
        if known.any()
        else (60.0, 10.0, 60.0, 10.0)
    )
    return drawn, limits(region)


def _read(paths: Sequence[Path]) -> tuple[list[Found], LimitsOnLines]:
    segments: list[Found] = []
    on_lines = LimitsOnLines()
    seen: set[str] = set()
    issues = []
    for path in paths:
        try:
            for found in _objects(path):
                if "geometri" in found and "veglenkesekvensid" in found:
                    key = f"{found['veglenkesekvensid']} {found.get('startposisjon')} {found.get('veglenkenummer')}"
                    if key not in seen:  # pages of an answer may overlap
                        seen.add(key)
                        segments.append(found)
                elif "egenskaper" in found:
                    on_lines.add(found)
                else:
                    raise ValueError("an object is neither a link segment nor a speed limit")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            message = f"no answer of NVDB's API: {fault}"
            issues.append(
                Issue(path.name, None, None, None, 1, message, "give JSON with objekter, as the API writes it")
            )
    if not issues and not segments:
        remedy = "give an answer of vegnett/veglenkesekvenser/segmentert, too"
        issues.append(Issue(paths[0].name, None, "objekter", None, 1, "there are no link segments", remedy))
    if issues:
        raise ForeignFilesError(issues)
    return segments, on_lines


def _objects(path: Path) -> Iterator[Found]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    answer = json.loads(content)
    pages = answer if isinstance(answer, list) else [answer]
    for page in pages:
        if "objekter" in page:
            yield from page["objekter"]
        else:
            yield page


def _take(
    found: Found, rules: NvdbRules, on_lines: LimitsOnLines, lines: LineBuilder, connectors: set[int], tally: Tally
) -> None:
    """One segment of NVDB: used with all points of its line, or left out with all of them."""
    source = int(found["veglenkesekvensid"])
    try:
        places = _places(found["geometri"])
    except (ValueError, KeyError, TypeError) as fault:
        tally.read += 1
        tally.add(Fault("unreadable_line", source, NAN, NAN, 1, str(fault)))
        return
    steps = len(places) - 1
    tally.read += steps
    line = _line(found, source, rules, on_lines)
    if isinstance(line, str):
        if line == "unknown_class":
            lon, lat, _ = places[0]
            tally.add(Fault(line, source, float(lat), float(lon), steps, str(found.get("typeVeg"))))
        else:
            tally.leave_out(line, steps)
        return
    if "konnektering" in plain(str(found.get("type", ""))):
        connectors.add(len(lines.lines))
    lines.add(line, places, f"n{found['startnode']}", f"n{found['sluttnode']}")


def _line(found: Found, source: int, rules: NvdbRules, on_lines: LimitsOnLines) -> Line | str:
    system = found.get("vegsystemreferanse") or {}
    road, stretch = system.get("vegsystem") or {}, system.get("strekning") or {}
    detail, kind = plain(str(found.get("detaljnivå", ""))), plain(str(found.get("type", "")))
    if detail == LINE_ONLY and kind == "hoved":
        return "carriageway_instead"
    if stretch.get("trafikantgruppe") in rules.table["groups"]["not_driven"]:
        return "not_driven"
    if road.get("fase", "V") not in rules.table["phase"]["driven"]:
        return "not_driven"
    above = found.get("superstedfesting") or {}
    turned = above.get("retning") == "MOT"
    at = above if "veglenkesekvensid" in above else found
    where = int(at["veglenkesekvensid"]), float(at["startposisjon"]), float(at["sluttposisjon"])
    along, against = ("MOT", "MED") if turned else ("MED", "MOT")
    kmh_ahead, kmh_back = on_lines.kmh(*where, along), on_lines.kmh(*where, against)
    known = [kmh for kmh in (kmh_ahead, kmh_back) if not isnan(kmh)]
    found_class = rules.class_of(
        str(found.get("typeVeg", "")), str(road.get("vegkategori", "")), max(known, default=NAN)
    )
    if isinstance(found_class, str):
        return found_class
    road_class, flags = found_class
    told = found.get("feltoversikt") or above.get("kjørefelt") or above.get("kjorefelt") or ()
    ahead, back, only_bus = rules.lanes([str(lane) for lane in told])
    if not told:
        ahead = back = True  # a connector: lanes are told of what it joins
    elif not (ahead or back):
        return "other_lanes"
    if turned and found.get("feltoversikt") is None:
        ahead, back = back, ahead
    flags |= _medium(found) | (int(RoadFlag.PRIVILEGED) if only_bus else 0)
    ferry = rules.table["ferry"]
    length_m = float(found.get("lengde") or NAN)
    if road_class == "ferry":
        seconds = length_m / (ferry["kmh"] / 3.6) + ferry["boarding_s"]
        return Line(source, road_class, ahead, back, flags, ferry["kmh"], ferry["kmh"], seconds, seconds, length_m)
    return Line(source, road_class, ahead, back, flags, kmh_ahead, kmh_back, length_m=length_m)


def _medium(found: Found) -> int:
    """Tunnels (U) and bridges (L) by the medium of a segment or its geometry."""
    medium = str(found.get("medium") or (found.get("geometri") or {}).get("medium") or "")
    return int(RoadFlag.TUNNEL) if medium[:1] == "U" else int(RoadFlag.BRIDGE) if medium[:1] == "L" else 0


def _places(geometry: Found) -> NDArray[np.float64]:
    """Longitude, latitude and height of a line (k, 3). EPSG 5972, 5973 and 5975 are UTM 32, 33 and 35 with heights."""
    text = str(geometry["wkt"])
    inside = text[text.index("(") + 1 : text.rindex(")")]
    places = np.array([[float(number) for number in place.split()] for place in inside.split(",")])
    if not text.strip().upper().startswith("LINESTRING") or len(places) < 2 or not np.isfinite(places).all():
        raise ValueError(f"not a line: {text[:40]}")
    if places.shape[1] == 2:
        places = np.column_stack((places, np.full(len(places), np.nan)))
    srid = int(geometry.get("srid") or 5973)
    if srid != 4326:
        places = places.copy()
        places[:, 0], places[:, 1] = _to_degrees(srid).transform(places[:, 0], places[:, 1])
    elif abs(places[0, 1]) < abs(places[0, 0]) and places[0, 0] > 50:
        places = places[:, [1, 0, 2]]  # NVDB writes latitude first in EPSG:4326
    return places


_TRANSFORMERS: dict[int, Any] = {}


def _to_degrees(srid: int) -> Any:
    from pyproj import Transformer

    flat = {5972: 25832, 5973: 25833, 5975: 25835}.get(srid, srid)
    if flat not in _TRANSFORMERS:
        _TRANSFORMERS[flat] = Transformer.from_crs(f"EPSG:{flat}", "EPSG:4326", always_xy=True)
    return _TRANSFORMERS[flat]
