"""Agreements: what one organisation lets another see of its units. What no agreement says is not seen.

A CSV file, every fault of it an issue; what each column holds stands in `model/fields/live/agreements.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from beredt.model.issue import Issue
from beredt.model.reading.own_table import OwnTable
from beredt.model.reading.table import Table
from beredt.model.service import Service

WHAT = "file of agreements"


class Level(IntEnum):
    """How much of a unit is seen, from the least to the most."""

    NOTHING = 0
    AVAILABILITY = 1
    """Whether it is on duty, and free or not."""
    ROUNDED = 2
    """That, and its place rounded to the middle of a square."""
    FULL = 3
    """Its status and place; its incident only where the viewer sees that incident anyway."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What `viewer` sees of the units of `owner` (ids of organisations); `round_m` is the side of squares, metres."""

    owner: str
    viewer: str
    level: Level
    round_m: float


def read_agreements(path: Path, service: Service) -> tuple[Agreement, ...]:
    """The agreements of a file.

    Args:
        path: of the file.
        service: whose organisations they are between.

    Raises:
        DefinitionError: with every fault of the file.
    """
    own = OwnTable(WHAT, "live/agreements", lambda table: _faults(table, service), may_be_empty=True)
    return tuple(
        Agreement(row["owner"], row["viewer"], Level[row["units"].upper()], row["round_m"])
        for row in own.read(path).frame.iter_rows(named=True)
    )


def _faults(table: Table, service: Service) -> list[Issue]:
    """Organisations that the study does not have, one that agrees with itself, and pairs that are there twice."""
    known = {one.id for one in service.organisations}
    issues = []
    for name in ("owner", "viewer"):
        strange = [place for place, value in enumerate(table.frame[name]) if value is not None and value not in known]
        if strange:
            remedy = f"take one of {', '.join(sorted(known))}"
            issues.append(table.issue(strange, name, "the study has no such organisation", remedy))
    pairs = list(table.frame.select("owner", "viewer").iter_rows())
    own = [place for place, (owner, viewer) in enumerate(pairs) if owner is not None and owner == viewer]
    if own:
        message = "an organisation needs no agreement with itself: it sees its own units whole"
        issues.append(table.issue(own, "viewer", message, "take the row out"))
    twice = [place for place, pair in enumerate(pairs) if pair in pairs[:place]]
    if twice:
        issues.append(table.issue(twice, "viewer", "the pair is there twice", "say once what the viewer sees"))
    return issues
