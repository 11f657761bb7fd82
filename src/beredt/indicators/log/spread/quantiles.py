"""Quantiles of counted durations, and how sure they are.

Of n values in order x[1] … x[n] the quantile q stands at 1 + (n − 1)·q, between two values by straight line: type 7 of
R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), as everywhere
in this program.

Its interval goes from one of the values to another. Of n independent values Bin(n, q) lie below the true quantile,
whatever the distribution, so that x[l] … x[u] holds it with at least the confidence 1 − α when l is the greatest rank
with P(Bin ≤ l − 1) ≤ α/2 and u the least with P(Bin ≥ u) ≤ α/2. Few values have no such rank: then that end is not
known. H. A. David and H. N. Nagaraja, *Order Statistics*, 3rd ed. (2003), section 7.1. A bootstrap of a quantile can
only ever draw these same values, and holds only roughly what this holds exactly; so there is none, at any size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri

from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.log.spread.durations import Durations

if TYPE_CHECKING:
    from beredt.indicators.log.spread.counted import Counted

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]


class Quantile(NamedTuple):
    """A quantile of C cells with its interval, s."""

    value: F8  # [C] nan in an empty cell
    low: F8  # [C] nan where it is not known
    high: F8


def number_in(durations: Durations) -> I8:
    """How many durations each cell [C] holds."""
    return durations.number


def quantile_in(durations: Durations, quantile: float, confidence: float = CONFIDENCE) -> Quantile:
    """A quantile of every cell.

    Args:
        durations: In their cells.
        quantile: Above 0 and below 1.
        confidence: Of the interval, two-sided, between 0 and 1.
    """
    number = number_in(durations)
    place = (number - 1) * quantile
    # (n − 1) · 0.9 is 9 and a hair at n = 11: a whole rank must stay one.
    whole = np.rint(place)
    place = np.where(np.abs(place - whole) < 1e-9 * np.maximum(number, 1), whole, place)
    lower = np.floor(place).astype(np.int64)
    weight = place - lower
    below = _value_at(durations, lower, number)
    value = below + weight * (_value_at(durations, np.minimum(lower + 1, number - 1), number) - below)
    low, high = interval_ranks(number, quantile, confidence)
    return Quantile(
        value,
        np.where(low >= 1, _value_at(durations, low - 1, number), np.nan),
        np.where(high <= number, _value_at(durations, high - 1, number), np.nan),
    )


def interval_ranks(number: I8, quantile: float, confidence: float = CONFIDENCE) -> tuple[I8, I8]:
    """The ranks l and u from 1, of the values between which the true quantile lies; l = 0 or u > n: there is none."""
    tail = (1.0 - confidence) / 2.0
    # The same numbers come again and again, and the distribution is slow to turn round.
    different, place = np.unique(number, return_inverse=True)
    n = np.maximum(different, 1).astype(np.float64)
    low = _least_at(tail, n, quantile)
    high = _least_at(1.0 - tail, n, quantile) + 1
    return np.where(different > 0, low, 0)[place], np.where(different > 0, high, 1)[place]


def _least_at(probability: float, n: F8, quantile: float) -> I8:
    """The least k with P(Bin(n, q) ≤ k) ≥ probability."""
    number = n.astype(np.int64)
    # Begun at the normal distribution bent by the skewness (Cornish and Fisher), which is off by one or two: to turn
    # the distribution itself round takes ten times as long as to look at the few whole numbers around.
    z = float(ndtri(probability))
    spread = np.sqrt(n * quantile * (1.0 - quantile))
    k = np.clip(np.rint(n * quantile + z * spread + (z * z - 1.0) * (1.0 - 2.0 * quantile) / 6.0), 0.0, n)
    low = np.flatnonzero(bdtr(k, number, quantile) < probability)
    while low.size:
        k[low] += 1.0
        low = low[bdtr(k[low], number[low], quantile) < probability]
    high = np.flatnonzero((k > 0.0) & (bdtr(np.maximum(k - 1.0, 0.0), number, quantile) >= probability))
    while high.size:
        k[high] -= 1.0
        high = high[(k[high] > 0.0) & (bdtr(np.maximum(k[high] - 1.0, 0.0), number[high], quantile) >= probability)]
    found: I8 = k.astype(np.int64)
    return found


def _value_at(durations: Durations, rank: I8, number: I8) -> F8:
    """The value of a rank [C] from 0 in each cell; nan outside."""
    found = np.full(number.size, np.nan)
    inside = np.flatnonzero((rank >= 0) & (rank < number))
    _find_ranks(durations.first, durations.second, durations.until, inside, rank, found)
    return found


def within_in(durations: Durations, limit_s: int) -> I8:
    """How many durations [C] are at most some whole seconds long."""
    found = np.zeros(durations.first.size - 1, np.int64)
    _count_within(durations.first, durations.second, durations.until, limit_s, found)
    return found


@njit(cache=True, nogil=True)
def _find_ranks(first: I8, second: I4, until: I4, cells: I8, rank: I8, found: F8) -> None:
    """Fill in the duration of each rank: the first that more than so many are no longer than."""
    for cell in cells:
        found[cell] = second[_first_above(until, first[cell], first[cell + 1], rank[cell])]


@njit(cache=True, nogil=True)
def _count_within(first: I8, second: I4, until: I4, limit_s: int, found: I8) -> None:
    for cell in range(found.size):
        longer = _first_above(second, first[cell], first[cell + 1], limit_s)
        found[cell] = until[longer - 1] if longer > first[cell] else 0


@njit(cache=True, nogil=True)
def _first_above(rising: I4, low: int, high: int, value: int) -> int:
    """Where numbers from place `low` up to `high` first are above a value; `high` where none is."""
    while low < high:
        middle = (low + high) // 2
        if rising[middle] <= value:
            low = middle + 1
        else:
            high = middle
    return low


def numbers_of(counted: Counted) -> I8:
    """How many durations each cell [C] holds."""
    return counted.number


def quantile_of(counted: Counted, quantile: float) -> Quantile:
    """A quantile of every cell."""
    return counted.quantiles[quantile]


def within(counted: Counted, limit_s: int) -> I8:
    """How many durations [C] are at most some whole seconds long."""
    return counted.within[limit_s]
