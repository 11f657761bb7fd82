"""A municipality that areas belong to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; `number` keeps its leading zero, `urban` is its class in the national indicator."""

    id: str
    number: str
    name: str
    urban: bool
