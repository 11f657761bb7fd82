"""How many calls a year may reach the wrong centre, and what that may cost: ranges, since nobody could state them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from scipy.stats import poisson

CONFIDENCE = 0.95
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class MisroutedCalls:
    """Misrouted calls of one year.

    `calls_low`, `calls_high`: whole calls, smallest and largest share with the chance of a single year.
    `lost_low_h`, `lost_high_h`: hours that the callers lose together.
    """

    calls_low: float
    calls_high: float
    lost_low_h: float
    lost_high_h: float


def misrouted_calls(near_calls: float, shares: tuple[float, float], delays_s: tuple[float, float]) -> MisroutedCalls:
    """Misrouted calls of a year in which `near_calls` are expected near a border.

    Calls near a border are a Poisson number, and so are those of them that go astray. The interval runs from the lower
    limit at the smallest share to the upper limit at the largest one; it holds 0 where the smallest share is 0. Hours
    lost are the fewest calls times the shortest hand-over, and the most times the longest.

    Args:
        near_calls: expected, at least 0.
        shares: smallest and largest share, 0 to 1.
        delays_s: shortest and longest hand-over, at least 0.
    """
    tail = (1.0 - CONFIDENCE) / 2.0
    low = _quantile(tail, near_calls * shares[0])
    high = _quantile(1.0 - tail, near_calls * shares[1])
    return MisroutedCalls(low, high, low * delays_s[0] / HOUR_S, high * delays_s[1] / HOUR_S)


def _quantile(probability: float, mean: float) -> float:
    if mean == inf:
        raise ValueError("there cannot be endlessly many calls")
    return float(poisson.ppf(probability, mean)) if mean > 0.0 else 0.0
