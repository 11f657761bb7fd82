"""`outlines.geojson`: the shapes that maps draw."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from beredt.model.issue import Issue, has_errors, shown
from beredt.model.reading.files import OUTLINES_FILE, OUTLINES_NEEDED_BY
from beredt.model.reading.text import decode
from beredt.model.study_form import StudyForm

GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
PROPERTIES = ("kind", "id", "name")
DEEPEST = 4
"""Lists around a number in a MultiPolygon."""


def parse_outlines(contents: Mapping[str, bytes], form: StudyForm) -> tuple[dict[str, Any] | None, tuple[Issue, ...]]:
    """The FeatureCollection, or None, and every fault in it. Without shapes where the study needs no outlines."""
    if OUTLINES_FILE not in contents:
        return (None if form.asks(OUTLINES_NEEDED_BY) else {"type": "FeatureCollection", "features": []}), ()
    text, issues = decode(OUTLINES_FILE, contents[OUTLINES_FILE])
    if text is None:
        return None, issues
    try:
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        return None, (_issue(error.lineno, None, None, f"not valid JSON: {error.msg}", "export the file again"),)
    except (ValueError, RecursionError) as error:
        return None, (_issue(None, None, None, f"not valid JSON: {error}", "export the file again"),)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        return None, (_issue(None, "type", None, "not a GeoJSON FeatureCollection", "export the file as GeoJSON"),)
    found = tuple(issue for number, feature in enumerate(features) for issue in _feature_issues(number, feature))
    return (None if has_errors(found) else document), found


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")


def _feature_issues(number: int, feature: Any) -> Iterator[Issue]:
    path = f"features[{number + 1}]"
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        yield _issue(None, path, None, "not a feature with geometry and properties", "export the file as GeoJSON")
        return
    for name in PROPERTIES:
        if not isinstance(properties.get(name), str) or not properties[name]:
            value = None if name not in properties else shown(properties[name])
            yield _issue(None, f"{path}.properties.{name}", value, "the property is missing or no text", "give it text")
    if geometry.get("type") not in GEOMETRIES:
        value = shown(geometry.get("type"))
        yield _issue(None, f"{path}.geometry.type", value, "no such geometry", "use one of " + ", ".join(GEOMETRIES))
    positions = list(_positions(geometry.get("coordinates")))
    if not positions:
        yield _issue(None, f"{path}.geometry", None, "the shape has no coordinates", "remove it, or export it again")
    for position in positions:
        fault = _position_fault(position)
        if fault:
            yield _issue(None, f"{path}.geometry.coordinates", shown(position), fault, "write [lon, lat] in degrees")
            return
    if positions and geometry.get("type") in GEOMETRIES:
        yield from _shape_issues(f"{path}.geometry", geometry)


def _shape_issues(path: str, geometry: Mapping[str, Any]) -> Iterator[Issue]:
    """Coordinates that make no shape of its type; one that crosses itself is drawn, and told of."""
    import shapely
    from shapely.geometry import shape

    try:
        made = shape(dict(geometry))
    except (shapely.errors.GEOSException, ValueError, TypeError, IndexError, AttributeError):
        kind = geometry["type"]
        message = f"the coordinates do not make a {kind}"
        yield _issue(None, f"{path}.coordinates", None, message, "remove it, or export it again")
        return
    if not made.is_valid:
        message, remedy = "the shape crosses itself", "mend it where it is made; until then maps draw it as they can"
        why = shown(shapely.is_valid_reason(made))
        yield replace(_issue(None, path, why, message, remedy), severity="warning")


def _positions(coordinates: Any, depth: int = DEEPEST) -> Iterator[Any]:
    """All innermost lists, and whatever stands in their place."""
    nested = isinstance(coordinates, list) and (not coordinates or any(isinstance(one, list) for one in coordinates))
    if not nested or depth == 1:
        yield coordinates
    else:
        for one in coordinates:
            yield from _positions(one, depth - 1)


def _position_fault(position: Any) -> str | None:
    numbers = isinstance(position, list) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in position
    )
    if not numbers or not 2 <= len(position) <= 3:
        return "not a position of two numbers"
    lon, lat = position[:2]
    if not (abs(lon) <= 180 and abs(lat) <= 90 and math.isfinite(lon) and math.isfinite(lat)):
        return "not a place on the globe"
    return None


def outline_box(document: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """South, west, north, east of all shapes together (degrees); None without shapes."""
    positions = [p for feature in document["features"] for p in _positions(feature["geometry"]["coordinates"])]
    if not positions:
        return None
    lons, lats = [p[0] for p in positions], [p[1] for p in positions]
    return min(lats), min(lons), max(lats), max(lons)


def _issue(row: int | None, field: str | None, value: str | None, message: str, remedy: str) -> Issue:
    return Issue(OUTLINES_FILE, row, field, value, 1, message, remedy)
