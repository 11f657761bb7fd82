"""The effects table: every criterion with its figures, for every alternative, beside the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import polars as pl

from beredt.decision.comparison.criterion import Criterion, CriterionMeasure
from beredt.decision.comparison.levels import UNKNOWN, Level, find_differences, find_levels
from beredt.decision.frames import Cell, result_frame


def effect_of(difference: Level, sign: int) -> str:
    """What a difference is: better, worse, same, no_clear_difference or unknown; `sign` 1 where more is better."""
    if not difference.known:
        return "unknown"
    if difference.value == difference.low == difference.high == 0.0:
        return "same"
    if not (isfinite(difference.low) and isfinite(difference.high)) or difference.low <= 0.0 <= difference.high:
        return "no_clear_difference"
    return "better" if difference.value * sign > 0.0 else "worse"


def effects_table(
    criteria: Sequence[Criterion],
    measures: Sequence[CriterionMeasure],
    tables: Mapping[str, pl.DataFrame],
    alternatives: Sequence[str],
    baseline: str,
) -> pl.DataFrame:
    """Table `effects`: one row for each measure and alternative, criteria in their order.

    Args:
        criteria: in the order in which they are shown.
        measures: figures that speak for them.
        tables: results that the figures are looked up in.
        alternatives: ids, the baseline among them.
        baseline: what differences are taken from.
    """
    order = {criterion.id: place for place, criterion in enumerate(criteria)}
    rows: list[Mapping[str, Cell]] = []
    for measure in sorted(measures, key=lambda one: order[one.criterion]):
        levels = find_levels(measure, tables, alternatives)
        differences = find_differences(measure, tables, alternatives, baseline)
        for alternative in alternatives:
            level, difference = levels[alternative], differences.get(alternative, UNKNOWN)
            rows.append(
                {
                    "criterion": measure.criterion,
                    "measure": measure.id,
                    "alternative": alternative,
                    "value": level.value,
                    "low": level.low,
                    "high": level.high,
                    "difference": difference.value,
                    "difference_low": difference.low,
                    "difference_high": difference.high,
                    "effect": "baseline" if alternative == baseline else effect_of(difference, measure.sign),
                }
            )
    return result_frame("effects", rows)
