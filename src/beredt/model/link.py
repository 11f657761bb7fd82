"""A main road between two named places, driven both ways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`km` of the road `road` between two places; free-flow `minutes` × `factor` are ordinary car minutes.

    Local roads meet it every `join_km`, at its ends only where that is 0.
    """

    from_place: str
    to_place: str
    road: str
    km: float
    minutes: float
    factor: float = 1.25
    join_km: float = 0.0
