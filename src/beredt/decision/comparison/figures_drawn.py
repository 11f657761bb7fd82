"""Draws of what the figures of alternatives may be: simulated ones by replications, others within their range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.comparison.criterion import SIMULATED, CriterionMeasure
from beredt.decision.comparison.levels import find_levels
from beredt.decision.comparison.ranks import resampled_means

F8 = NDArray[np.float64]

REPLICATIONS = "replications"
"""The result table with simulated figures by replication."""


def draw_benefits(
    measures: Sequence[CriterionMeasure],
    tables: Mapping[str, pl.DataFrame],
    alternatives: Sequence[str],
    baseline: str,
    draws: int,
    generator: np.random.Generator,
) -> F8:
    """Benefits over the baseline in swings, float64 (draws, A, M); NaN where a figure is not known.

    Replications are resampled together for all simulated figures. A range is one thing that nobody knows, such as a
    price: in one draw all alternatives stand at the same place between their low and their high end.

    Args:
        measures: with a swing, each.
        tables: results.
        alternatives: A ids, the baseline among them.
        baseline: id.
        draws: how many.
        generator: of the draws.
    """
    benefits = np.full((draws, len(alternatives), len(measures)), np.nan)
    simulated = [place for place, one in enumerate(measures) if one.table == SIMULATED]
    if simulated:
        values = np.stack([_by_replication(measures[place], tables, alternatives) for place in simulated], axis=1)
        benefits[:, :, simulated] = resampled_means(values, draws, generator)
    for place, measure in enumerate(measures):
        if measure.table != SIMULATED:
            benefits[:, :, place] = _within(measure, tables, alternatives, generator.random(draws))
    signs = np.array([one.sign / (one.swing or np.nan) for one in measures])
    base = list(alternatives).index(baseline)
    drawn: F8 = (benefits - benefits[:, base : base + 1]) * signs
    return drawn


def _by_replication(measure: CriterionMeasure, tables: Mapping[str, pl.DataFrame], alternatives: Sequence[str]) -> F8:
    """(A, R), NaN where an alternative has no such figure."""
    table = tables[REPLICATIONS]
    own = table.filter(pl.col("id") == measure.id)
    count = max(table["replication"].to_list(), default=0) + 1
    values = np.full((len(alternatives), count), np.nan)
    places = {one: place for place, one in enumerate(alternatives)}
    for alternative, replication, value in own.select("alternative", "replication", "value").iter_rows():
        if alternative in places and value is not None:
            values[places[alternative], replication] = value
    return values


def _within(
    measure: CriterionMeasure, tables: Mapping[str, pl.DataFrame], alternatives: Sequence[str], place: F8
) -> F8:
    """(draws, A): between low and high, `place` (0 to 1) of the way."""
    levels = find_levels(measure, tables, alternatives)
    low, high = (np.array([getattr(levels[one], end) for one in alternatives]) for end in ("low", "high"))
    between: F8 = low + place[:, np.newaxis] * (high - low)
    return between
