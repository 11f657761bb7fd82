"""A kind of unit and what it can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit: whether it transports, stops the response clock, and the roles it may take at an incident."""

    id: str
    name_en: str
    name_nb: str
    transports: bool
    stops_clock: bool
    primary: bool
    second: bool
    responder: bool
