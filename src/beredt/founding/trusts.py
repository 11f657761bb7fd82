"""Which health trust answers for which municipality: Statistics Norway's catchments, or one trust for all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from beredt.founding.borders import Municipality, slug

UNKNOWN = ("trust", "Health trust (to be named)")


@dataclass(frozen=True, slots=True)
class Trust:
    """A health trust, and the municipalities it answers for. `assumed` where nobody has told."""

    id: str
    name: str
    municipalities: tuple[str, ...]
    assumed: bool


def read_trusts(path: Path | None, municipalities: Sequence[Municipality]) -> tuple[Trust, ...]:
    """Trusts by id. A municipality that no list names, or that two trusts share, is told as assumed.

    `path`: correspondences of catchments with municipalities; None where they were not fetched.
    """
    told: dict[str, list[str]] = {}
    for item in _items(path):
        target, name = str(item.get("targetCode", "")), str(item.get("sourceName", "")).strip()
        if target and name and name not in told.setdefault(target, []):
            told[target].append(name)
    by_name: dict[str, list[str]] = {}
    unsure: set[str] = set()
    for one in municipalities:
        names = sorted(told.get(one.number, []))
        name = names[0] if names else UNKNOWN[1]
        by_name.setdefault(name, []).append(one.id)
        if len(names) != 1:
            unsure.add(name)
    return tuple(
        sorted(
            (
                Trust(UNKNOWN[0] if name == UNKNOWN[1] else slug(name), name, tuple(ids), name in unsure)
                for name, ids in by_name.items()
            ),
            key=lambda one: one.id,
        )
    )


def _items(path: Path | None) -> list[dict[str, object]]:
    if path is None:
        return []
    found = json.loads(path.read_bytes()).get("correspondenceItems", [])
    return [one for one in found if isinstance(one, dict)]
