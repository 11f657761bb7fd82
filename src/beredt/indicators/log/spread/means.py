"""Means of counted durations, and how sure they are.

Response times have long tails, so that an interval must reach further up than down. From `MANY` durations on, that
is done in one look at them: Student's t of the mean is bent by the skewness of the durations until it is as good as
symmetric, and the ends are bent back. P. Hall, "On the removal of skewness by transformation", Journal of the Royal
Statistical Society B 54 (1992) 221–228.

With fewer durations the interval is the bootstrap's: they are drawn again and again with replacement, as many as there
are, and the interval is read off the means of the draws, corrected for their bias and for the skewness of the durations
(BCa). B. Efron, "Better bootstrap confidence intervals", Journal of the American Statistical Association 82 (1987)
171–185.

What is drawn depends on nothing but the durations of the cell, so that a table does not change when another is made
beside it. Missions of one incident count as independent, which they are not quite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.log.spread.durations import MS_PER_S, Durations

if TYPE_CHECKING:
    from beredt.indicators.log.spread.counted import Counted

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]

MANY = 50
"""Cells with fewer durations have the bootstrap's interval. With as many and more, Hall's holds the true mean at least
as often, mildly skewed or badly: see docs/explanation/times-of-a-log.md."""

FEWEST = 5
"""Durations of a cell at least for an interval of its mean."""

DRAWS = 1_000
CELLS_AT_ONCE = 256

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)


class Mean(NamedTuple):
    """Mean of C cells with its interval, s."""

    value: F8  # [C] nan in an empty cell
    low: F8  # [C] nan with fewer than FEWEST durations
    high: F8


def mean_of(counted: Counted) -> Mean:
    """The mean of every cell."""
    return counted.mean


def mean_in(durations: Durations, confidence: float = CONFIDENCE) -> Mean:
    """The mean of every cell.

    Args:
        durations: In their cells.
        confidence: Of the interval, two-sided, between 0 and 1.
    """
    number = durations.number
    n = np.maximum(number, 1)
    value = np.where(number > 0, durations.sum_ms / MS_PER_S / n, np.nan)
    squares, cubes = np.zeros((2, number.size))
    add_powers(durations.first, durations.second, durations.until, squares, cubes)
    low, high = (value + away for away in _hall(n, squares, cubes, confidence))
    drawn = np.flatnonzero((number >= FEWEST) & (number < MANY))
    for begin in range(0, drawn.size, CELLS_AT_ONCE):
        cells = drawn[begin : begin + CELLS_AT_ONCE]
        low[cells], high[cells] = _bootstrap(durations, cells, number[cells], value[cells], DRAWS, confidence)
    few = number < FEWEST
    return Mean(value, np.where(few, np.nan, low), np.where(few, np.nan, high))


def _hall(n: I8, squares: F8, cubes: F8, confidence: float) -> tuple[F8, F8]:
    """How far the ends of Hall's interval are from the mean.

    Args:
        n: [C] durations, at least 1.
        squares: [C] of what they are away from their mean, added up.
        cubes: [C] of the same.
        confidence: Of the interval.
    """
    error = np.sqrt(squares / np.maximum(n - 1, 1) / n)
    skew = np.sqrt(n) * cubes / np.where(squares > 0, squares, 1.0) ** 1.5
    bent = skew / np.sqrt(n)
    quantile = np.asarray(stdtrit(np.maximum(n - 1, 1), (1 + confidence) / 2), np.float64)

    def unbent(t: F8) -> F8:
        # Without skewness it is t itself, which the formula comes to but cannot be asked for.
        plain = np.abs(bent) < 1e-9
        own = np.where(plain, 1.0, bent)
        found: F8 = np.where(plain, t, 3.0 / own * (np.cbrt(1.0 + own * (t - own / 6.0)) - 1.0))
        return found

    return -error * unbent(quantile), -error * unbent(-quantile)


def _bootstrap(durations: Durations, cells: I8, number: I8, mean_s: F8, draws: int, confidence: float) -> tuple[F8, F8]:
    """Ends of the BCa interval of some cells."""
    first = np.concatenate([[0], np.cumsum(number)])
    seconds = np.concatenate([durations.laid_out(cell) for cell in cells.tolist()])
    cell = np.repeat(np.arange(cells.size), number)
    middle = np.bincount(cell, seconds, cells.size) / number
    away = seconds - middle[cell]
    squares, cubes = (np.bincount(cell, power, cells.size) for power in (away * away, away * away * away))
    spread = squares > 0
    skew = np.where(spread, cubes / (6.0 * np.where(spread, squares, 1.0) ** 1.5), 0.0)
    seed = number.astype(np.uint64) * _MIX_1 ^ durations.sum_ms[cells].astype(np.uint64)
    sums = np.empty((cells.size, draws), np.int64)
    _draw(seconds, first, seed, sums)
    means = np.sort(sums, axis=1) / number[:, None]
    # A draw with exactly the mean of the durations is half below it.
    below = ((means < middle[:, None]).sum(axis=1) + (means <= middle[:, None]).sum(axis=1)) / (2.0 * draws)
    bias = ndtri(np.clip(below, 0.5 / draws, 1.0 - 0.5 / draws))

    def end(probability: float) -> F8:
        moved = bias + ndtri(probability)
        at = ndtr(bias + moved / (1.0 - skew * moved)) * (draws - 1)
        at = np.clip(at, 0.0, draws - 1.0)
        lower = np.floor(at).astype(np.int64)
        rows = np.arange(cells.size)
        left, right = means[rows, lower], means[rows, np.minimum(lower + 1, draws - 1)]
        # Durations count by the second they end in, the mean by the millisecond.
        reached: F8 = left + (at - lower) * (right - left) + (mean_s - middle)
        return reached

    return end((1 - confidence) / 2), end((1 + confidence) / 2)


@njit(cache=True, nogil=True)
def add_powers(first: I8, second: I4, until: I4, squares: F8, cubes: F8) -> None:
    """Squares and cubes [C] of what durations are away from the mean of their cell, added up.

    Equal ones are taken together: fewer sums are rounded.
    """
    for cell in range(squares.size):
        begin, end = first[cell], first[cell + 1]
        total = before = 0
        for i in range(begin, end):
            total += (until[i] - before) * second[i]
            before = until[i]
        middle = total / max(before, 1)
        square = cube = 0.0
        before = 0
        for i in range(begin, end):
            away = second[i] - middle
            times = until[i] - before
            square += times * (away * away)
            cube += times * (away * away * away)
            before = until[i]
        squares[cell], cubes[cell] = square, cube


@njit(cache=True, nogil=True)
def _draw(seconds: I4, first: I8, seed: NDArray[np.uint64], sums: I8) -> None:
    """Sums [C, draws] of durations drawn with replacement, by SplitMix64 from each cell's seed.

    G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    for cell in range(sums.shape[0]):
        state = seed[cell]
        own = seconds[first[cell] : first[cell + 1]]
        number = np.uint64(own.size)
        for draw in range(sums.shape[1]):
            total = np.int64(0)
            for _ in range(own.size):
                state += _GOLDEN
                mixed = (state ^ (state >> np.uint64(30))) * _MIX_1
                mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
                mixed = mixed ^ (mixed >> np.uint64(31))
                # The upper 32 bits times n, over 2^32: fewer than 50 values are drawn evenly to one in 80 million.
                total += own[((mixed >> np.uint64(32)) * number) >> np.uint64(32)]
            sums[cell, draw] = total
