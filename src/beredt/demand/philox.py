# mypy: disallow-untyped-decorators=False
"""Random numbers without a state: Philox4x64-10, a number for every counter.

A generator with a state hands out its numbers in the order they are asked for, so that one incident more in
one area changes every incident after it. Here a draw is a function of what it is for: the key is (seed,
replication), the counter is (block, k, stratum), and no order exists. numpy has the same generator
(`numpy.random.Philox`), but starting it once per incident would take longer than the simulation.

Reference:
    J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3",
    SC '11, doi 10.1145/2063384.2063405. Constants as in the authors' Random123 library.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
U8 = NDArray[np.uint64]
Key = tuple[np.uint64, np.uint64]
Counter = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

WORDS = 4
"""Numbers that one counter gives."""

_ROUNDS = 10
_MULTIPLIER_0 = np.uint64(0xD2E7470EE14C6C93)
_MULTIPLIER_1 = np.uint64(0xCA5A826395121157)
_WEYL_0 = np.uint64(0x9E3779B97F4A7C15)
_WEYL_1 = np.uint64(0xBB67AE8584CAA73B)
_LOW_HALF = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_DROPPED_BITS = np.uint64(12)


@njit(cache=True)
def _high_word(a: np.uint64, b: np.uint64) -> np.uint64:
    """Upper 64 bits of the 128-bit product, by halves: no product of halves overflows."""
    a_low, a_high = a & _LOW_HALF, a >> _HALF
    b_low, b_high = b & _LOW_HALF, b >> _HALF
    middle = a_high * b_low + ((a_low * b_low) >> _HALF)
    other = a_low * b_high + (middle & _LOW_HALF)
    return a_high * b_high + (middle >> _HALF) + (other >> _HALF)


@njit(cache=True)
def _mix(key: Key, counter: Counter) -> Counter:
    """The bijection: ten rounds over the four words of a counter, the key moved on by a Weyl step each round."""
    key_0, key_1 = key
    c0, c1, c2, c3 = counter
    for _ in range(_ROUNDS):
        high_0, low_0 = _high_word(_MULTIPLIER_0, c0), _MULTIPLIER_0 * c0
        high_1, low_1 = _high_word(_MULTIPLIER_1, c2), _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = high_1 ^ c1 ^ key_0, low_1, high_0 ^ c3 ^ key_1, low_0
        key_0, key_1 = key_0 + _WEYL_0, key_1 + _WEYL_1
    return c0, c1, c2, c3


@njit(cache=True)
def _open_unit(word: np.uint64) -> float:
    """Upper 52 bits to the middle of one of 2⁵² equal steps of (0, 1): never 0, never 1, both exact in float64."""
    return ((word >> _DROPPED_BITS) + 0.5) * 2.0**-52


@njit(cache=True)
def _fill_words(key: Key, stratum: U8, k: U8, block: np.uint64, out: U8) -> None:
    for i in range(len(stratum)):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = _mix(key, (block, k[i], stratum[i], np.uint64(0)))


@njit(cache=True)
def _fill_uniforms(key: Key, stratum: U8, k: U8, block: np.uint64, out: F8) -> None:
    for i in range(len(stratum)):
        w0, w1, w2, w3 = _mix(key, (block, k[i], stratum[i], np.uint64(0)))
        out[0, i], out[1, i], out[2, i], out[3, i] = _open_unit(w0), _open_unit(w1), _open_unit(w2), _open_unit(w3)


def words(seed: int, replication: int, stratum: I8, k: I8, block: int) -> U8:
    """Give the raw 64-bit words of Philox4x64-10, bit-equal to `numpy.random.Philox`.

    numpy adds 1 to its counter before it draws, so the words of block b are the first four of
    ``Philox(key=[seed, replication], counter=[b - 1, k, stratum, 0])`` for b > 0.

    Args:
        seed: First word of the key, 0 … 2⁶⁴ − 1.
        replication: Second word of the key, 0 … 2⁶⁴ − 1.
        stratum: [n] third word of the counter, at least 0.
        k: [n] second word of the counter, at least 0.
        block: First word of the counter, 0 … 2⁶⁴ − 1.

    Returns:
        uint64[n, 4].

    Raises:
        ValueError: A word out of range, or `stratum` and `k` of different lengths.
    """
    key, strata, ks = _checked(seed, replication, stratum, k, block)
    out = np.empty((len(strata), WORDS), np.uint64)
    _fill_words(key, strata, ks, np.uint64(block), out)
    return out


def uniforms(seed: int, replication: int, stratum: I8, k: I8, block: int) -> F8:
    """Give four independent uniform numbers in the open interval (0, 1) for every counter.

    Arguments and errors are those of :func:`words`; each number is the middle of the step of 2⁻⁵² that the upper
    52 bits of its word name.

    Returns:
        float64[n, 4]. Its transpose is contiguous, since whoever asks reads one column at a time.
    """
    return uniform_rows(seed, replication, stratum, k, range(block, block + 1)).T


def uniform_rows(seed: int, replication: int, stratum: I8, k: I8, blocks: range) -> F8:
    """Give the uniforms of several blocks, one row per number.

    Args:
        seed: As in :func:`words`.
        replication: As in :func:`words`.
        stratum: As in :func:`words`.
        k: As in :func:`words`.
        blocks: The blocks, at least one.

    Returns:
        float64[4 × blocks, n]: row 4·j + w is word w of the j-th block.
    """
    key, strata, ks = _checked(seed, replication, stratum, k, blocks[0])
    out = np.empty((WORDS * len(blocks), len(strata)))
    for j, block in enumerate(blocks):
        _fill_uniforms(key, strata, ks, np.uint64(block), out[WORDS * j : WORDS * (j + 1)])
    return out


def _checked(seed: int, replication: int, stratum: I8, k: I8, block: int) -> tuple[Key, U8, U8]:
    for name, value in (("seed", seed), ("replication", replication), ("block", block)):
        if not 0 <= value < 2**64:
            raise ValueError(f"{name} is {value}; it must lie in 0 … 2⁶⁴ − 1")
    if len(stratum) != len(k):
        raise ValueError(f"stratum has {len(stratum)} rows and k has {len(k)}; they must have one row per incident")
    for name, column in (("stratum", stratum), ("k", k)):
        if column.size and column.min() < 0:
            raise ValueError(f"{name} holds {column.min()}; its numbers must be at least 0")
    key = np.uint64(seed), np.uint64(replication)
    return key, np.ascontiguousarray(stratum, np.uint64), np.ascontiguousarray(k, np.uint64)
