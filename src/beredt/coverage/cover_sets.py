"""Demand points that the same bases cover, put together into sets.

A rule that asks how many free units cover a point gets the same answer for every point of a set. A city has half a
million points and fewer than two hundred sets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

_BASES_AT_ONCE = 32
"""So many bases make one number; with the number of a set found so far it fits into 64 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class CoverSets:
    """G sets of demand points and B bases. No two sets are covered by the same bases, and each by at least one.

    `covers`: bool (G, B), whether the base covers the set.
    `weight`: float64 (G,), > 0, summed over the points of the set.
    """

    covers: B
    weight: F8


def group_points(covers: B, weight: F8) -> CoverSets:
    """Put points together that the same bases cover. Points that no base covers, or of weight 0, are left out.

    Args:
        covers: (B, P) whether the base covers the point: a row for each base.
        weight: (P,) ≥ 0, demand of the point.

    Returns:
        The sets in the order of their first points; weights are summed in the order of the points.

    Raises:
        ValueError: the shapes do not fit, or a weight is negative or not a number.
    """
    if covers.shape[1:] != weight.shape:
        raise ValueError(f"{covers.shape[1:]} points are covered, but {weight.shape} have a weight")
    if not (weight >= 0.0).all():
        raise ValueError(f"weights of points are at least 0, got {weight[~(weight >= 0.0)][0]}")
    kept = covers.any(axis=0) & (weight > 0.0)
    if not kept.all():
        covers, weight = covers[:, kept], weight[kept]
    found, first = _numbers(covers)
    total: F8 = np.bincount(found, weight, len(first)).astype(np.float64)
    return CoverSets(np.ascontiguousarray(covers[:, first].T), total)


def join_sets(*several: CoverSets) -> CoverSets:
    """Lay several groupings over the same bases on top of each other, such as those of urgencies.

    Sets that the same bases cover become one again, since whatever is free covers them alike.

    Args:
        several: at least one.
    """
    covers = np.concatenate([sets.covers for sets in several])
    return group_points(covers.T, np.concatenate([sets.weight for sets in several]))


def _numbers(covers: B) -> tuple[I8, I8]:
    """Number columns by content in the order of their first occurrence: the number of each, the first of each."""
    bases, points = covers.shape
    found, first = np.zeros(points, np.int64), np.zeros(min(points, 1), np.int64)
    for start in range(0, bases, _BASES_AT_ONCE):
        key = found << _BASES_AT_ONCE
        for bit, row in enumerate(covers[start : start + _BASES_AT_ONCE]):
            key |= row.astype(np.int64) << bit
        found, first = _in_order(key)
    return found, first


def _in_order(key: I8) -> tuple[I8, I8]:
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[number], first[order]
