"""Demand made slowly, in plain Python integers and floats, straight from the description: a twin to compare with.

Shares nothing with the code under test but the tables it starts from and the numbers of the purposes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import NormalDist

MASK = 2**64 - 1


def philox(key: tuple[int, int], counter: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Philox4x64-10 in Python's own integers."""
    (k0, k1), (a, b, c, d) = key, counter
    for _ in range(10):
        left, right = 0xD2E7470EE14C6C93 * a, 0xCA5A826395121157 * c
        a, b, c, d = (right >> 64) ^ b ^ k0, right & MASK, (left >> 64) ^ d ^ k1, left & MASK
        k0, k1 = (k0 + 0x9E3779B97F4A7C15) & MASK, (k1 + 0xBB67AE8584CAA73B) & MASK
    return a, b, c, d


def uniform(seed: int, replication: int, stratum: int, k: int, number: int) -> float:
    """The draw `number` of an incident; 0 is for counts, 1 for times, 4 + p for purpose p."""
    word = philox((seed, replication), (number // 4, k, stratum, 0))[number % 4]
    return ((word >> 12) + 0.5) / 2**52


def stratum_of(area: str, urgency: int) -> int:
    return (int.from_bytes(hashlib.blake2b(area.encode(), digest_size=8).digest(), "big") >> 4) * 4 + urgency


def poisson(u: float, expected: float) -> int:
    """Smallest n whose distribution function reaches u, by adding up probabilities."""
    n, total = 0, math.exp(-expected)
    while total < u:
        n += 1
        total += math.exp(n * math.log(expected) - expected - math.lgamma(n + 1)) if expected else 0.0
    return n


def hours_of(weights: Sequence[float], start: date, warmup: int, days: int) -> list[float]:
    """Weights of the hours of a period, walked day by day."""
    hours: list[float] = []
    for n in range(days):
        day = start - timedelta(days=warmup) + timedelta(days=n)
        hours.extend(weights[24 * (day.isoweekday() - 1) + hour] for hour in range(24))
    return hours


def time_at(u: float, hours: Sequence[float]) -> float:
    """Walk through the hours until the share u of the incidents has happened."""
    left = u * math.fsum(hours)
    for n, weight in enumerate(hours):
        if left < weight:
            return n * 3600 + math.floor(left / weight * 3_600_000) / 1000
        left -= weight
    # Rounding has brought a draw next to 1 past the end: the last moment of the last hour with any weight.
    return max(n for n, weight in enumerate(hours) if weight > 0) * 3600 + 3599.999


def incidents(
    yearly: dict[tuple[str, int], float],
    weights: dict[int, list[float]],
    period: tuple[date, int, int],
    seed: int,
    replication: int,
) -> Iterator[tuple[float, int, int, str, int]]:
    """All incidents as (time, stratum, k, area, urgency), in no order. `period`: start, warm-up days, all days."""
    start, warmup, days = period
    year_days = (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days
    for (area, urgency), per_year in yearly.items():
        hours = hours_of(weights[urgency], start, warmup, days)
        share_of_year = math.fsum(hours) / math.fsum(weights[urgency]) * 168 / (24 * year_days)
        stratum = stratum_of(area, urgency)
        count = poisson(uniform(seed, replication, stratum, 0, 0), per_year * share_of_year)
        for k in range(count):
            yield time_at(uniform(seed, replication, stratum, k, 1), hours), stratum, k, area, urgency


def lognormal_s(u: float, median_s: float, sigma: float) -> float:
    return round(median_s * math.exp(sigma * NormalDist().inv_cdf(u)) * 1000) / 1000
