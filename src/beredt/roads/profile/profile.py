"""The access profile: which ways, gates and directions are for an ambulance, read from a table in TOML."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from beredt.errors import DefinitionError
from beredt.model.issue import Issue
from beredt.roads.imported.road_class import CLASS_NUMBER

BUNDLED = "ambulance.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The table `ambulance.toml`, whose comments tell what each of these means; `checksum` is that of its text."""

    id: str
    classes: Mapping[str, tuple[str, bool]]
    if_opened: frozenset[str]
    if_opened_class: str
    not_driven: frozenset[str]
    keys: tuple[str, ...]
    closed: frozenset[str]
    opens: Mapping[str, frozenset[str]]
    slow_classes: frozenset[str]
    slow_keys: frozenset[str]
    along: frozenset[str]
    against: frozenset[str]
    both_ways_if_no: tuple[str, ...]
    implied_by_junction: frozenset[str]
    implied_by_highway: frozenset[str]
    uncertain: frozenset[str]
    gate_s: Mapping[str, float]
    walls: frozenset[str]
    walls_unless_opened: frozenset[str]
    ferry_kmh: float
    boarding_s: float
    ferry_closed_keys: tuple[str, ...]
    bans_not_for: frozenset[str]
    checksum: str


def load_profile(path: Path | None = None) -> Profile:
    """The bundled profile, or one of the same form. Raises DefinitionError with what is wrong in the file."""
    name = BUNDLED if path is None else path.name
    text = (files("beredt.roads.profile") / BUNDLED).read_bytes() if path is None else path.read_bytes()
    try:
        return _profile(tomllib.loads(text.decode()), hashlib.sha256(text).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        message = f"the profile cannot be read: {type(fault).__name__} {fault}"
        remedy = f"give the same tables and keys as the bundled {BUNDLED}"
        raise DefinitionError("access profile", [Issue(name, None, None, None, 1, message, remedy)]) from fault


def _profile(table: Mapping[str, Any], checksum: str) -> Profile:
    access, one_way, barrier, ferry = table["access"], table["one_way"], table["barrier"], table["ferry"]
    classes = {value: (row["class"], bool(row.get("stop", True))) for value, row in table["highway"].items()}
    unknown = {name for name, _ in classes.values()} | {table["highway_if_opened"]["class"]}
    if unknown := unknown - set(CLASS_NUMBER):
        raise ValueError(f"no such road class: {', '.join(sorted(unknown))}")
    return Profile(
        id=table["id"],
        classes=classes,
        if_opened=frozenset(table["highway_if_opened"]["values"]),
        if_opened_class=table["highway_if_opened"]["class"],
        not_driven=frozenset(table["not_driven"]["highway"]),
        keys=tuple(access["keys"]),
        closed=frozenset(access["closed"]),
        opens={key: frozenset(values) for key, values in access["opens"].items()},
        slow_classes=frozenset(access["slow_instead"]["classes"]),
        slow_keys=frozenset(access["slow_instead"]["keys"]),
        along=frozenset(one_way["along"]),
        against=frozenset(one_way["against"]),
        both_ways_if_no=tuple(one_way["both_ways_if_no"]),
        implied_by_junction=frozenset(one_way["implied_by_junction"]),
        implied_by_highway=frozenset(one_way["implied_by_highway"]),
        uncertain=frozenset(one_way["uncertain"]),
        gate_s={value: float(seconds) for value, seconds in barrier["seconds"].items()},
        walls=frozenset(barrier["closed"]),
        walls_unless_opened=frozenset(barrier["closed_unless_opened"]),
        ferry_kmh=float(ferry["kmh"]),
        boarding_s=float(ferry["boarding_s"]),
        ferry_closed_keys=tuple(ferry["closed_keys"]),
        bans_not_for=frozenset(table["restriction"]["not_for"]),
        checksum=checksum,
    )
