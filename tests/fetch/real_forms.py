"""Answers in the forms that the shipped sources give, made of numbers of our own."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pyogrio
import shapely

MUNICIPALITIES = {"9901": (10.0, 60.0), "9902": (10.02, 60.0)}
"""Number → south-west corner, longitude and latitude; each is a square of 0.02 degrees."""


def json_stat(dimensions: dict[str, list[str]], values: list[float | None] | dict[str, float]) -> bytes:
    """A data set of JSON-stat 2.0."""
    table = {
        "version": "2.0",
        "class": "dataset",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: f"label of {code}" for code in codes},
                }
            }
            for name, codes in dimensions.items()
        },
        "value": values,
    }
    return json.dumps(table).encode()


def metadata(names: list[str]) -> bytes:
    """What a table says of itself."""
    return json.dumps({"version": "2.0", "class": "dataset", "id": names}).encode()


def pbf() -> bytes:
    """The beginning of a file of roads."""
    header = b"\x0a\x09OSMHeader\x18\x00"
    return struct.pack(">I", len(header)) + header


def border(number: str) -> bytes:
    """A municipality as the register of municipalities tells it."""
    west, south = MUNICIPALITIES[number]
    ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.02], [west, south + 0.02], [west, south]]
    told: dict[str, Any] = {
        "kommunenummer": number,
        "kommunenavn": f"Kommune {number}",
        "omrade": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }
    return json.dumps(told).encode()


def grid_zip(folder: Path, people: str = "popTot") -> bytes:
    """Squares with people, as GML inside a zip, in UTM zone 33."""
    from pyproj import Transformer

    to_utm = Transformer.from_crs(4326, 25833, always_xy=True)
    shapes, counts, ids = [], [], []
    for west, south in MUNICIPALITIES.values():
        east_m, north_m = to_utm.transform(west + 0.01, south + 0.01)
        for step in range(3):
            left, below = (east_m // 250 + step - 1) * 250, (north_m // 250) * 250
            shapes.append(shapely.box(left, below, left + 250, below + 250))
            counts.append(100 * (step + 1))
            ids.append(f"{int(2_000_000 + left)}{int(below):07d}")
    path = folder / "grid.gml"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes)), [np.array(counts), np.array(ids, dtype=object)],
        [people, "ssbid250m"], geometry_type="Polygon", crs="EPSG:25833", driver="GML",
    )  # fmt: skip
    archive = folder / "grid.zip"
    with ZipFile(archive, "w") as packed:
        packed.write(path, "Befolkning.gml")
    return archive.read_bytes()
