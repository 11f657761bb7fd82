"""One entry of a ranked list of stations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PriorityEntry:
    """Of a ranked `table` the entry with this `rank` (≥ 1, the lowest first); a station may have several."""

    table: str
    rank: int
    station: str
