"""How need depends on age."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgeRate:
    """Need per person of an age band relative to the whole population (≥ 0)."""

    age_band: str
    relative: float
