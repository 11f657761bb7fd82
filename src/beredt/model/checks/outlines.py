"""Outlines must belong to the study: its region, its municipalities and districts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue, shown
from beredt.model.reading.files import OUTLINES_FILE
from beredt.model.reading.outlines import outline_box
from beredt.model.reading.table import Tables
from beredt.model.settings_sections import Region

TABLE_OF_KIND = {"municipality": "municipalities", "district": "districts"}
"""Kinds of outline whose id is that of a row."""


def check_outlines(document: Mapping[str, Any], tables: Tables, region: Region | None) -> Iterator[Issue]:
    """Shapes of unknown municipalities and districts, shapes given twice, and shapes far from the region."""
    seen: set[tuple[str, str]] = set()
    for number, feature in enumerate(document["features"]):
        kind, key = feature["properties"]["kind"], feature["properties"]["id"]
        path = f"features[{number + 1}].properties.id"
        table = TABLE_OF_KIND.get(kind)
        if table and table in tables:
            known = sorted(tables[table].frame["id"].drop_nulls())
            if key not in known:
                close = find_closest(key, known)
                remedy = f"did you mean {close}?" if close else "remove the shape, or add the row"
                yield Issue(OUTLINES_FILE, None, path, shown(key), 1, f"there is no {key!r} in {table}", remedy)
        if table and (kind, key) in seen:
            message = f"a second outline of {kind} {key}"
            yield Issue(OUTLINES_FILE, None, path, shown(key), 1, message, "make one MultiPolygon of the two")
        seen.add((kind, key))
    box = outline_box(document)
    if region is not None and box is not None and not _touches(region, *box):
        south, west, north, east = box
        swapped = _touches(region, west, south, east, north)
        message = "lat and lon are swapped" if swapped else "all shapes lie outside the region"
        value = f"{south:g}–{north:g} north, {west:g}–{east:g} east"
        remedy = "write positions as [lon, lat]" if swapped else "export the outlines of the study's region"
        yield Issue(OUTLINES_FILE, None, "features", value, 1, message, remedy)


def _touches(region: Region, south: float, west: float, north: float, east: float) -> bool:
    return south <= region.north and north >= region.south and west <= region.east and east >= region.west
