"""What incidents of an urgency ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """Shares (0–1) of incidents of one urgency that need transport, a second unit, or start at a hospital."""

    urgency: str
    transport_share: float
    second_unit_share: float
    hospital_origin_share: float
