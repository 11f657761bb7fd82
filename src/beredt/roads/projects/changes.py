"""Changes of roads as edits, read from TOML: links that open, lines that close, limits that are set, each in a year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beredt.errors import DefinitionError
from beredt.model.issue import Issue, shown
from beredt.roads.imported.road_class import CLASS_NUMBER

Place = tuple[float, float]
"""Latitude and longitude, degrees."""


@dataclass(frozen=True, slots=True)
class AddLink:
    """A new road over `places` (two or more), joined to the road nodes nearest to its ends, from `year` on.

    `kmh`: its limit; `tunnel`: the road cannot be left on the way; `km`: its length, None to measure it.
    """

    name: str
    year: int
    places: tuple[Place, ...]
    road_class: str
    kmh: float
    both_ways: bool = True
    tunnel: bool = False
    km: float | None = None


@dataclass(frozen=True, slots=True)
class CloseLink:
    """Lines of the source, by their ids, that nobody drives from `year` on, before `until` if that is given."""

    name: str
    year: int
    lines: tuple[int, ...]
    until: int | None = None


@dataclass(frozen=True, slots=True)
class SetLinkSpeed:
    """A limit in km/h on lines of the source, by their ids, from `year` on."""

    name: str
    year: int
    lines: tuple[int, ...]
    kmh: float


Change = AddLink | CloseLink | SetLinkSpeed

KEYS = {
    "add_link": {"edit", "name", "year", "places", "road_class", "kmh", "both_ways", "tunnel", "km"},
    "close_link": {"edit", "name", "year", "lines", "until"},
    "set_link_speed": {"edit", "name", "year", "lines", "kmh"},
}


def read_changes(path: Path) -> tuple[Change, ...]:
    """The changes in a file, in its order. Raises DefinitionError with everything that is wrong in it."""
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("change", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise DefinitionError(
            "file of road changes", [_issue(path, None, None, str(fault), "write it as TOML")]
        ) from fault
    changes: list[Change] = []
    issues: list[Issue] = []
    for number, row in enumerate(rows, 1):
        try:
            changes.append(_change(row))
        except (KeyError, TypeError, ValueError) as fault:
            what = f"{'missing ' if isinstance(fault, KeyError) else ''}{fault}"
            issues.append(
                _issue(path, f"change {number}", shown(row.get("name", "")), what, "see how-to: road projects")
            )
    if not rows:
        issues.append(_issue(path, "change", None, "there is no change", "write [[change]] with an edit"))
    if issues:
        raise DefinitionError("file of road changes", issues)
    return tuple(changes)


def _issue(path: Path, field: str | None, value: str | None, message: str, remedy: str) -> Issue:
    return Issue(path.name, None, field, value, 1, message, remedy)


def _change(row: Mapping[str, Any]) -> Change:
    kind = row["edit"]
    if kind not in KEYS:
        raise ValueError(f"no edit {kind!r}: there is {', '.join(KEYS)}")
    if unknown := set(row) - KEYS[kind]:
        raise ValueError(f"unknown keys of {kind}: {', '.join(sorted(unknown))}")
    name, year = str(row["name"]), int(row["year"])
    if kind == "close_link":
        return CloseLink(name, year, _lines(row), None if "until" not in row else int(row["until"]))
    if kind == "set_link_speed":
        return SetLinkSpeed(name, year, _lines(row), _above_0(row["kmh"]))
    places = tuple((float(lat), float(lon)) for lat, lon in row["places"])
    if len(places) < 2 or not all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in places):
        raise ValueError("places are two or more pairs of latitude and longitude")
    if row["road_class"] not in CLASS_NUMBER:
        raise ValueError(f"no road class {row['road_class']!r}: there is {', '.join(CLASS_NUMBER)}")
    return AddLink(
        name, year, places, row["road_class"], _above_0(row["kmh"]), bool(row.get("both_ways", True)),
        bool(row.get("tunnel", False)), None if "km" not in row else _above_0(row["km"]),
    )  # fmt: skip


def _lines(row: Mapping[str, Any]) -> tuple[int, ...]:
    lines = tuple(int(line) for line in row["lines"])
    if not lines:
        raise ValueError("lines names no line")
    return lines


def _above_0(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]  # TypeError is what the caller waits for
    if not 0 < number < 10_000:
        raise ValueError(f"{value} is not above 0")
    return number
