"""How many incidents there are per resident."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """Incidents of one urgency per 1,000 residents and year in a rate region."""

    rate_region: str
    urgency: str
    per_1000: float
