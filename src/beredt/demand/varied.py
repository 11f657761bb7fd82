"""One replication of demand that varies: its own expectations and hours, and what happens beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.happenings import Happenings, draw
from beredt.demand.intensity import DAY_HOURS, HOUR_S, WEEK_HOURS
from beredt.demand.poisson import poisson_counts
from beredt.demand.purposes import Common, Happening
from beredt.demand.special import gammaincinv, ndtri
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.demand.variation import Clusters, Moves, Variation

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

FOLLOWER_BIT = 1 << 62
"""Set in the stratum of an incident that follows another; numbers of strata leave it free."""

MOST_FOLLOWERS = 16
"""Of one incident: with the largest size that a study may ask for, 4, one in a million would have more."""


def replication_factors(variation: Variation, seed: int, replication: int) -> F8:
    """Factor on every urgency and day against the mean, float64[3, D]."""
    days = variation.season_factor.shape[2]
    ordinal = variation.first_day + np.arange(days, dtype=np.int64)
    factor = np.ones((variation.season_factor.shape[1], days))
    if variation.day_sigma > 0.0:
        key = np.full(days, _key("day"), np.int64)
        score = _correlated(ndtri(draw(Common.DAY, seed, replication, key, ordinal)), variation.day_persistence)
        factor *= np.exp(variation.day_sigma * score - 0.5 * variation.day_sigma**2)
    for key_of, mean, spread in zip(
        variation.season_key.tolist(), variation.season_factor, variation.season_sd.tolist(), strict=True
    ):
        if spread > 0.0:
            sigma = np.sqrt(np.log1p(spread**2))
            uniform = draw(Common.SEASON, seed, replication, np.array([key_of]), np.zeros(1, np.int64))
            strength = float(np.exp(sigma * ndtri(uniform[0]) - 0.5 * sigma**2))
            factor *= np.maximum(1.0 + (mean - 1.0) * strength, 0.0) / mean
    return factor


def _correlated(score: F8, persistence: float) -> F8:
    """Normal scores made into a stationary first-order autoregression."""
    if persistence == 0.0:
        return score
    out, own = score.copy(), np.sqrt(1.0 - persistence**2)
    for day in range(1, len(out)):
        out[day] = persistence * out[day - 1] + own * score[day]
    return out


def hourly_in_replication(variation: Variation, seed: int, replication: int) -> F8:
    """Weight of every hour for every shape, float64[N, H]."""
    factor = np.repeat(replication_factors(variation, seed, replication), DAY_HOURS, axis=1)
    every = np.vstack([factor, np.ones(factor.shape[1])])
    weighted: F8 = variation.hourly * every[variation.follows]  # -1 takes the last row
    return weighted


def rates_in_replication(variation: Variation, stratum: I8, seed: int, replication: int) -> F8:
    """Factor on the expectation of every stratum, float64[S], from rates within what is known of them."""
    zero = np.zeros(len(variation.rate_key), np.int64)
    of_rate = _gamma(draw(Common.RATE, seed, replication, variation.rate_key, zero), variation.rate_shape)
    factor = np.append(of_rate, 1.0)[variation.rate_of]
    own = np.isfinite(variation.area_shape)
    uniform = draw(Common.AREA_RATE, seed, replication, stratum[own], np.zeros(int(own.sum()), np.int64))
    factor[own] *= _gamma(uniform, variation.area_shape[own])
    return factor


def _gamma(uniform: F8, shape: F8) -> F8:
    """Quantiles of gamma distributions of mean 1; 1 where the shape is infinite."""
    out = np.ones(len(shape))
    finite = np.isfinite(shape)
    out[finite] = gammaincinv(shape[finite], uniform[finite]) / shape[finite]
    return out


def moved(moves: Moves, happened: Happenings, seed: int, replication: int) -> Happenings:
    """Incidents where people are in that hour; those of people outside the study are gone.

    An incident belongs to somebody who lives in its area; with the share of the area's need that is elsewhere in that
    hour it happens there. So no number changes but by who leaves the study, and each place keeps its own draws.
    """
    hour = (moves.first_hour + (happened.call_t // HOUR_S).astype(np.int64)) % WEEK_HOURS
    begin, end = moves.first[happened.area], moves.first[happened.area + 1]
    may = np.flatnonzero(end > begin)
    uniform = draw(Happening.MOVED, seed, replication, happened.stratum[may], happened.k[may])
    area = happened.area.copy()
    below, left = np.zeros(len(may)), np.ones(len(may), np.bool_)
    for step in range(int((end - begin).max(initial=0))):
        row = begin[may] + step
        there = np.flatnonzero(left & (row < end[may]))
        row = row[there]
        below[there] += moves.share[row] * moves.hours[row, hour[may[there]]]
        goes = uniform[there] < below[there]
        area[may[there[goes]]] = moves.to[row[goes]]
        left[there[goes]] = False
    return happened._replace(area=area).taken(area >= 0)


def followed(clusters: Clusters, happened: Happenings, end_s: float, seed: int, replication: int) -> Happenings:
    """Incidents with those that follow them; what would come after the end of the period is left out."""
    begins = draw(Happening.CLUSTER, seed, replication, happened.stratum, happened.k) < clusters.share
    first = happened.taken(begins)
    uniform = draw(Happening.CLUSTER_SIZE, seed, replication, first.stratum, first.k)
    count = np.minimum(poisson_counts(uniform, np.full(len(uniform), clusters.size)), MOST_FOLLOWERS)
    after = first.taken(np.repeat(np.arange(len(count)), count))
    number = np.arange(len(after.k)) - np.repeat(np.cumsum(count) - count, count)
    after = after._replace(stratum=after.stratum | FOLLOWER_BIT, k=after.k * MOST_FOLLOWERS + number)
    delay_s = -clusters.delay_s * np.log(draw(Happening.CLUSTER_DELAY, seed, replication, after.stratum, after.k))
    after = after._replace(call_t=np.floor((after.call_t + delay_s) * 1000.0) / 1000.0)
    return happened.joined(after.taken(after.call_t < end_s))


def _key(name: str) -> int:
    return int(stratum_numbers([name])[0, 0])
