"""A station where units are based."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """A station: place (degrees, WGS84), owner, coordinating centre; `basis` is published or assumed.

    Its units belong to the station's organisation and are sent by the station's centre.
    """

    id: str
    name: str
    lat: float
    lon: float
    organisation: str
    centre: str
    basis: str
