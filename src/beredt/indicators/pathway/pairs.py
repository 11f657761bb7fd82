"""Pairs of records that may belong together, and what each is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.observed import F8, I1, I8
from beredt.indicators.pathway.rule import Compared, LinkRule, Weights
from beredt.indicators.review.station_times import distance_m

MISSING = -1
"""Level of what one of the two does not say."""

PAIRS_AT_ONCE = 2_000_000
MS_PER_MIN = 60_000


class Pairs(NamedTuple):
    """P pairs, by the places of their records in two tables, and the minutes between them."""

    source: I8
    target: I8
    gap_min: F8


def pairs_in_window(source: pl.DataFrame, target: pl.DataFrame, rule: LinkRule) -> Iterator[Pairs]:
    """Every pair whose times fit, in order of the source, some millions at a time.

    Args:
        source: The columns of RECORDS, in any order; records without the time that is measured from are in no pair.
        target: The columns of RECORDS.
        rule: With the window.
    """
    begin = target["start"].dt.epoch("ms").fill_null(np.iinfo(np.int64).max).to_numpy()
    order = np.argsort(begin, kind="stable")
    begin = begin[order][: target.height - target["start"].null_count()]
    moment = source[rule.measured].dt.epoch("ms")
    known = moment.is_not_null().arg_true().to_numpy().astype(np.int64)
    moment_ms = moment.drop_nulls().to_numpy()
    first = np.searchsorted(begin, moment_ms + int(rule.earliest_min * MS_PER_MIN), side="left")
    last = np.searchsorted(begin, moment_ms + int(rule.latest_min * MS_PER_MIN), side="right")
    number = np.maximum(last - first, 0)
    before = np.cumsum(number) - number
    for rows_at_once in np.split(np.arange(number.size), np.flatnonzero(np.diff(before // PAIRS_AT_ONCE)) + 1):
        own = number[rows_at_once]
        rows = np.repeat(rows_at_once, own)
        at = first[rows] + np.arange(own.sum()) - np.repeat(np.cumsum(own) - own, own)
        yield Pairs(known[rows], order[at], (begin[at] - moment_ms[rows]) / MS_PER_MIN)


def levels_of(source: pl.DataFrame, target: pl.DataFrame, pairs: Pairs, rule: LinkRule) -> dict[Compared, I1]:
    """The band of everything compared, for each pair: its place in the weights, MISSING where one does not say.

    Args:
        source: The columns of RECORDS.
        target: The columns of RECORDS.
        pairs: Of the two.
        rule: With the limits.
    """
    expected = min(max(0.0, rule.earliest_min), rule.latest_min)

    def both(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        one, other = (table[name].fill_null(np.nan).to_numpy() for table in (source, target))
        return one[pairs.source], other[pairs.target]

    def same(name: str) -> F8:
        words = pl.concat([source[name], target[name]]).rank("dense").cast(pl.Float64).fill_null(np.nan).to_numpy()
        apart = np.abs(words[: source.height][pairs.source] - words[source.height :][pairs.target])
        return np.asarray(np.minimum(apart, 1.0), np.float64)

    (lat, other_lat), (lon, other_lon), (age, other_age) = both("lat"), both("lon"), both("age")
    place = distance_m(lat, lon, other_lat, other_lon)
    differences: dict[Compared, F8] = {
        "time": np.abs(pairs.gap_min - expected),
        "place": place,
        # Only the place counts where both have one.
        "municipality": np.where(np.isnan(place), same("municipality"), np.nan),
        "age": np.abs(age - other_age),
        "sex": same("sex"),
        "patient": same("patient"),
    }
    return {name: _level(difference, name, rule) for name, difference in differences.items()}


def score_of(levels: dict[Compared, I1], weights: Weights) -> F8:
    """Bits of each pair."""
    total = np.zeros(next(iter(levels.values())).size)
    for name, level in levels.items():
        # The last is for MISSING, which is -1.
        bits = np.array([*(weight.bits for weight in weights[name]), 0.0])
        total += bits[level]
    return total


def _level(difference: F8, name: Compared, rule: LinkRule) -> I1:
    limits = np.array([band.within for band in getattr(rule.compare, name)])
    level = np.searchsorted(limits, difference, side="left")
    return np.where(np.isnan(difference), MISSING, level).astype(np.int8)
