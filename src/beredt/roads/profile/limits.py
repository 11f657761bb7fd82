"""Speed limits of a country where the road has no sign: by class, and by whether the place is built-up."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import UnknownIdError
from beredt.roads.imported.road_class import ROAD_CLASSES

FILE = "limits.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """`built_up`, `rural` float32 (classes,): km/h for each of `ROAD_CLASSES`; `walk`: km/h of "walk".

    `general`: km/h of the country's zones by name. `cell_m`, `least_m`, `street` (classes,): what counts as built-up.
    `country`, `source`: whose limits they are and where they are written; `checksum`: of the table.
    """

    country: str
    source: str
    built_up: NDArray[np.float32]
    rural: NDArray[np.float32]
    general: Mapping[str, float]
    walk: float
    cell_m: float
    least_m: float
    street: NDArray[np.bool_]
    checksum: str


def load_limits(country: str) -> Limits:
    """The limits of a country by its two letters, or "default". Raises UnknownIdError."""
    text = (files("beredt.roads.profile") / FILE).read_bytes()
    table = tomllib.loads(text.decode())
    row = table["country"].get(country)
    if row is None:
        raise UnknownIdError("country with speed limits", country, sorted(table["country"]))
    streets = set(table["built_up"]["classes"])
    by_class = [_of_class(name, row, table["everywhere"]) for name in ROAD_CLASSES]
    return Limits(
        country=country,
        source=row["source"],
        built_up=np.array([built_up for built_up, _ in by_class], dtype=np.float32),
        rural=np.array([rural for _, rural in by_class], dtype=np.float32),
        general={
            "urban": row["built_up"], "rural": row["rural"], "motorway": row["motorway"], "walk": row["walk"],
            "living_street": table["everywhere"]["living_street"], "trunk": row["rural"],
        },
        walk=float(row["walk"]),
        cell_m=float(table["built_up"]["cell_m"]),
        least_m=float(table["built_up"]["least_m"]),
        street=np.array([name in streets for name in ROAD_CLASSES]),
        checksum=hashlib.sha256(text).hexdigest(),
    )  # fmt: skip


def _of_class(name: str, row: Mapping[str, Any], everywhere: Mapping[str, float]) -> tuple[float, float]:
    """Limits of one class in and outside built-up places."""
    if name in row:
        return float(row[name]), float(row[name])
    if name in everywhere:
        return float(everywhere[name]), float(everywhere[name])
    return float(row["built_up"]), float(row["rural"])


def list_countries() -> tuple[str, ...]:
    """Countries that have limits of their own, and "default"."""
    return tuple(tomllib.loads((files("beredt.roads.profile") / FILE).read_text("utf-8"))["country"])


def find_country(south: float, west: float, north: float, east: float) -> str | None:
    """The country whose box alone, or whose box inside all others, holds a region (degrees); None if that is unsure."""
    table = tomllib.loads((files("beredt.roads.profile") / FILE).read_text("utf-8"))["country"]
    holding = {
        name: row["box"]
        for name, row in table.items()
        if "box" in row and _inside((south, west, north, east), row["box"], margin=0.05)
    }
    if not holding:
        return None
    least = min(holding, key=lambda name: (holding[name][2] - holding[name][0]) * (holding[name][3] - holding[name][1]))
    return least if all(_inside(holding[least], box, margin=0.0) for box in holding.values()) else None


def _inside(inner: tuple[float, ...] | list[float], outer: list[float], margin: float) -> bool:
    south, west, north, east = inner
    return (
        south >= outer[0] - margin
        and west >= outer[1] - margin
        and north <= outer[2] + margin
        and east <= outer[3] + margin
    )
