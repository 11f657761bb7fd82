"""When a place counts as covered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverTime:
    """For one urgency: a place is covered that is reached within `cover_s` (≥ 0, s) of driving.

    `rate_per_day` (≥ 0) is how many incidents of this urgency a day brings: the weight of the urgency.
    """

    urgency: str
    cover_s: float
    rate_per_day: float
