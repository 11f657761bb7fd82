"""The figure of a measure for every alternative, and how it differs from the baseline's, looked up in the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import polars as pl

from beredt.decision.comparison.criterion import SIMULATED, CriterionMeasure

PAIRED = "differences"
"""Where a simulated figure's paired differences stand."""


@dataclass(frozen=True, slots=True)
class Level:
    """A figure with the interval or range it lies in; NaN where it is not known, `low` = `high` = value where exact."""

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there is a figure at all."""
        return isfinite(self.value)


UNKNOWN = Level(nan, nan, nan)


def find_levels(
    measure: CriterionMeasure, tables: Mapping[str, pl.DataFrame], alternatives: Sequence[str]
) -> dict[str, Level]:
    """The figure of each alternative; `UNKNOWN` where the results have none, or more than one row fits."""
    rows = _rows(measure, tables.get(measure.table), {})
    return {one: _level(rows.filter(pl.col("alternative") == one), measure) for one in alternatives}


def find_differences(
    measure: CriterionMeasure, tables: Mapping[str, pl.DataFrame], alternatives: Sequence[str], baseline: str
) -> dict[str, Level]:
    """Alternative − baseline, the baseline itself left out.

    Of simulated figures the paired difference, with its interval. Others are held against each other end by end: their
    ranges come from what is assumed of both alike, such as a price, and not from chance.
    """
    others = [one for one in alternatives if one != baseline]
    if measure.table == SIMULATED:
        rows = _rows(measure, tables.get(PAIRED), {"baseline": baseline})
        return {one: _level(rows.filter(pl.col("alternative") == one), measure) for one in others}
    levels = find_levels(measure, tables, alternatives)
    return {one: _end_by_end(levels[one], levels[baseline]) for one in others}


def _end_by_end(own: Level, base: Level) -> Level:
    ends = own.low - base.low, own.high - base.high
    return Level(own.value - base.value, min(ends), max(ends))


def _rows(measure: CriterionMeasure, frame: pl.DataFrame | None, more: Mapping[str, str]) -> pl.DataFrame:
    """The rows that a measure names; a key column that it leaves open must be empty, or -1 for all hours."""
    if frame is None or frame.is_empty():
        return pl.DataFrame(schema={"alternative": pl.String})
    wanted: dict[str, Any] = {key: value for key, value in (("urgency", ""), ("hour", "-1")) if key in frame.columns}
    wanted |= {**measure.where, **more}
    same = [pl.col(key).cast(pl.String).fill_null("") == value for key, value in wanted.items()]
    return frame.filter(*same)


def _level(rows: pl.DataFrame, measure: CriterionMeasure) -> Level:
    if rows.height != 1:
        return UNKNOWN
    row = rows.row(0, named=True)
    value = _number(row[measure.column])
    if measure.column != "value" or "low" not in row:
        return Level(value, value, value)
    return Level(value, _number(row["low"]), _number(row["high"]))


def _number(value: Any) -> float:
    return nan if value is None else float(value)
