"""How busy an hour of the week is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProfileHour:
    """Weight (≥ 0) of one hour (0–23) of a weekday (1 = Monday); only proportions within an urgency count."""

    urgency: str
    weekday: int
    hour: int
    weight: float
