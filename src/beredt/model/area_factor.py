"""How an area differs from what its people, their ages and its region's rate would give."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaFactor:
    """Factor (≥ 0) on the incidents of one urgency in an area, and how far it may be off: its relative spread."""

    area: str
    urgency: str
    factor: float
    relative_sd: float = 0.0
