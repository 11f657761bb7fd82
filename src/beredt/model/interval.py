"""How long a part of a mission takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Lognormal duration of a part of a mission: median in seconds and standard deviation of its logarithm."""

    interval: str
    urgency: str
    median_s: float
    sigma: float
