"""A vehicle with a crew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A vehicle with a crew: home station, kind, roster; `basis` is published or assumed."""

    id: str
    station: str
    kind: str
    roster: str
    basis: str
