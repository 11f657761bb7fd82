"""Units that a major incident needs beside those that take patients along: who, how many, and whether others wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beredt.errors import UnknownIdError
from beredt.model.service import Service
from beredt.model.unit_kind import UnitKind

COMMAND_ID = "command"
"""What is needed where nobody says anything else."""


@dataclass(frozen=True, slots=True)
class Needed:
    """`units` (≥ 0) at each place, or at one, that carry nobody, stay `stay_min` minutes, and are asked for first.

    Any unit will do whose kind is one of `wanted`, or has one of these words among its competence or equipment; with
    none named, any plain first unit. Where the others are `waited` for, no patient of the place is treated before all
    of them are there, which is when their own stay begins, too; else nobody waits. `incident` is the id of the only
    place that needs them, None for each.
    """

    id: str
    wanted: tuple[str, ...] = ()
    units: int = 1
    stay_min: float = 120.0
    waited: bool = False
    incident: str | None = None

    def kinds_of(self, kinds: Iterable[UnitKind]) -> frozenset[str]:
        """Ids of the kinds that will do, of those that are named."""
        named = set(self.wanted)
        return frozenset(kind.id for kind in kinds if kind.id in named or kind.words & named)


COMMAND = Needed(COMMAND_ID)


def with_needed(before: Sequence[Needed], given: Iterable[Needed]) -> tuple[Needed, ...]:
    """What is needed after others were named: one of the same id takes the place of that before it."""
    merged = {one.id: one for one in before}
    merged.update({one.id: one for one in given})
    return tuple(one for one in merged.values() if one.units)


def named_kind(text: str) -> Needed:
    """`NAME`, or `NAME:KIND/KIND`: the name alone is the kind itself, but for command, which any first unit may do."""
    name, sign, kinds = text.partition(":")
    wanted = tuple(part for part in kinds.split("/") if part) if sign else (() if name == COMMAND_ID else (name,))
    return Needed(name, wanted)


def refuse_unknown_kinds(needed: Sequence[Needed], services: Iterable[Service]) -> None:
    """Raise UnknownIdError for a word that no kind of any of the services is called by or has."""
    kinds = [kind for service in services for kind in service.unit_kinds]
    known = sorted({word for kind in kinds for word in (kind.id, *kind.words)})
    for one in needed:
        for word in one.wanted:
            if word not in known:
                raise UnknownIdError("kind of unit", word, known)
