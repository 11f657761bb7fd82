"""What a search looks for: how many units of which kind stand where, and when they are on duty."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Slot(NamedTuple):
    """A place for units: of this kind, at this site, on this roster. All three are ids."""

    kind: str
    site: str
    roster: str


class RosterHours(NamedTuple):
    """Other hours for every shift of a roster: seconds after midnight, an end before the start is on the next day."""

    roster: str
    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One answer to the question. Equal layouts are equal services, whichever units of a slot are meant.

    `units`: how many units each slot has, ascending by slot, each at least 1. `hours`: rosters whose hours differ from
    the base, ascending.
    """

    units: tuple[tuple[Slot, int], ...]
    hours: tuple[RosterHours, ...] = ()

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits that name the layout."""
        return hashlib.sha256(json.dumps(self.as_json(), separators=(",", ":")).encode()).hexdigest()[:16]

    def counts(self) -> Counter[Slot]:
        """Units by slot."""
        return Counter(dict(self.units))

    def units_at(self, site: str) -> int:
        """Units at a site."""
        return sum(count for slot, count in self.units if slot.site == site)

    def sites(self) -> set[str]:
        """Sites with a unit."""
        return {slot.site for slot, _ in self.units}

    def as_json(self) -> list[Any]:
        """Slots with their counts, and hours, as lists."""
        return [[[*slot, count] for slot, count in self.units], [list(one) for one in self.hours]]


def make_layout(counts: Mapping[Slot, int], hours: Iterable[RosterHours] = ()) -> Layout:
    """The layout with these units; slots without any are left out.

    Raises:
        ValueError: a slot with fewer than no units.
    """
    if min(counts.values(), default=0) < 0:
        raise ValueError(f"no slot has fewer than 0 units, got {min(counts.values())}")
    return Layout(tuple(sorted((slot, count) for slot, count in counts.items() if count)), tuple(sorted(hours)))


def find_changed(
    layout: Layout, take: Iterable[Slot], give: Iterable[Slot], hours: Iterable[RosterHours] | None = None
) -> Layout | None:
    """The layout with units taken out of some slots and put into others; None when there is none to take.

    Args:
        layout: what is changed.
        take: a slot for each unit taken.
        give: a slot for each unit put.
        hours: instead of the layout's; None to keep them.
    """
    counts = layout.counts()
    counts.subtract(take)
    if min(counts.values(), default=0) < 0:
        return None
    counts.update(give)
    return make_layout(counts, layout.hours if hours is None else hours)
