"""What bands are worth, learned from the two logs themselves.

The shares u come from pairs put together at random, which hardly ever belong together; the shares m, and how many
pairs do, from the pairs of the window by the EM algorithm: guess, weigh every pattern of bands by its probability,
count again, until nothing moves. It needs no known pair, but a window in which true pairs are not too rare (one of a
thousand, say), and at least three things compared. M. A. Jaro, *Advances in record-linkage methodology as applied to
matching the 1985 census of Tampa, Florida*, Journal of the American Statistical Association 84 (1989) 414–420.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.observed import F8, I1
from beredt.indicators.pathway.pairs import MISSING, Pairs, levels_of, pairs_in_window
from beredt.indicators.pathway.rule import Compared, LinkRule, Weight, Weights, weights_of

RANDOM_PAIRS = 1_000_000
ROUNDS = 500
STILL = 1e-7
LEAST = 1e-6
"""No share is taken to be less: what was not seen in a sample may still be."""


class Fitted(NamedTuple):
    """Weights, the share of pairs of the window that belong together, and how many rounds it took."""

    weights: Weights
    share: float
    rounds: int


def fit_weights(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule, seed: int = 0) -> Fitted:
    """Learn what bands are worth.

    Args:
        source: The columns of RECORDS.
        target: The columns of RECORDS.
        rule: Window and limits; its m and u are where the search begins.
        seed: Of the random pairs.
    """
    stated = weights_of(rule)
    random = _random_levels(source, target, rule, seed)
    u = {
        # Moments of other records are spread evenly over the window; a pair at random is seldom in it.
        name: np.array([weight.u for weight in stated[name]]) if name == "time" else _shares(random[name], stated[name])
        for name in stated
    }
    m = {name: np.array([weight.m for weight in stated[name]]) for name in stated}
    patterns, number = _patterns(source, target, rule, stated)
    share, rounds = 0.01, 0
    while rounds < ROUNDS:
        rounds += 1
        weight = _probability(patterns, m, u, share) * number
        new_share = float(np.clip(weight.sum() / max(number.sum(), 1.0), LEAST, 1 - LEAST))
        moved = abs(new_share - share)
        share = new_share
        for name, before in m.items():
            m[name] = _counted(patterns[name], weight, before)
            moved = max(moved, float(np.abs(m[name] - before).max()))
        if moved < STILL:
            break
    weights = {
        name: tuple(
            Weight(limit=one.limit, m=float(m[name][n]), u=float(u[name][n])) for n, one in enumerate(stated[name])
        )
        for name in stated
    }
    return Fitted(MappingProxyType(weights), share, rounds)


def _counted(level: I1, weight: F8, before: F8) -> F8:
    """Share of each band among pairs that count as much as it is likely that they belong together."""
    known = level != MISSING
    if not weight[known].sum() > 0:
        return before
    counted = np.bincount(level[known], weight[known], minlength=before.size)
    return _floored(counted / counted.sum())


def _probability(patterns: dict[Compared, I1], m: dict[Compared, F8], u: dict[Compared, F8], share: float) -> F8:
    """Of each pattern, that a pair with it belongs together."""
    bits = np.full(next(iter(patterns.values())).size, np.log(share / (1 - share)))
    for name, level in patterns.items():
        bits += np.append(np.log(m[name] / u[name]), 0.0)[level]
    return np.asarray(1 / (1 + np.exp(-bits)), np.float64)


def _patterns(
    source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule, weights: Weights
) -> tuple[dict[Compared, I1], F8]:
    """Every different pattern of bands in the window, and how many pairs have it."""
    names = list(weights)
    counted: dict[int, int] = {}
    sizes = [len(weights[name]) + 1 for name in names]
    for pairs in pairs_in_window(source, target, rule):
        levels = levels_of(source, target, pairs, rule)
        code = np.zeros(pairs.source.size, np.int64)
        for name, size in zip(names, sizes, strict=True):
            code = code * size + (levels[name] - MISSING)
        for one, number in zip(*np.unique(code, return_counts=True), strict=True):
            counted[int(one)] = counted.get(int(one), 0) + int(number)
    codes = np.array(sorted(counted), np.int64)
    number = np.array([counted[int(code)] for code in codes], np.float64)
    patterns: dict[Compared, I1] = {}
    for name, size in zip(reversed(names), reversed(sizes), strict=True):
        patterns[name] = (codes % size + MISSING).astype(np.int8)
        codes //= size
    return patterns, number


def _random_levels(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule, seed: int) -> dict[Compared, I1]:
    generator = np.random.default_rng(seed)
    number = min(RANDOM_PAIRS, source.height * target.height)
    one = generator.integers(0, max(source.height, 1), number)
    other = generator.integers(0, max(target.height, 1), number)
    return levels_of(source, target, Pairs(one, other, np.full(number, np.nan)), rule)


def _shares(level: I1, weights: tuple[Weight, ...]) -> F8:
    """Share of each band; as stated where nothing was seen."""
    known = level[level != MISSING]
    if not known.size:
        return np.array([weight.u for weight in weights])
    return _floored(np.bincount(known, minlength=len(weights)) / known.size)


def _floored(shares: F8) -> F8:
    raised = np.maximum(shares, LEAST)
    return np.asarray(raised / raised.sum(), np.float64)
