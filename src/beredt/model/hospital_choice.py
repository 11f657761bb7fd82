"""Where patients of a zone are taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HospitalChoice:
    """A share (0–1) of a zone's patients of one urgency, taken to the nearest of `hospitals`."""

    hospital_zone: str
    urgency: str
    hospitals: tuple[str, ...]
    share: float
