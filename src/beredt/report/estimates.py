"""Looking up a figure of a run by what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from beredt.report.estimate import Estimate

ANY_HOUR: Final = -1
"""The hour of figures that are about all hours."""

ALL: Final = "all"
"""The group of everything."""

Key = tuple[str, str, str, str, int]
"""(alternative, measure, urgency, group, hour)."""

_SCALES: Mapping[str, float] = MappingProxyType({"%": 0.01, "pp": 0.01, "min": 60.0})


@dataclass(frozen=True, slots=True)
class Estimates:
    """Figures of the tables `indicators` or `differences`: shares from 0 to 1, times in seconds, amounts a year.

    Differences between shares are shares too: 0.01 is one percentage point.
    """

    by_key: Mapping[Key, Estimate]

    def find(
        self, alternative: str, measure: str, urgency: str = "", group: str = ALL, hour: int = ANY_HOUR
    ) -> Estimate | None:
        """The figure, or None when the run has none."""
        return self.by_key.get((alternative, measure, urgency, group, hour))

    def groups_of(self, measure: str) -> tuple[str, ...]:
        """Groups for which there is such a figure, in the order of the table."""
        return tuple(dict.fromkeys(key[3] for key in self.by_key if key[1] == measure))


def as_estimates(table: pl.DataFrame | None) -> Estimates:
    """The figures of a table with the columns of `indicators`; none of a table that is not there."""
    if table is None:
        return Estimates(MappingProxyType({}))
    columns = ("alternative", "measure", "urgency", "group", "hour", "unit", "value", "low", "high")
    found: dict[Key, Estimate] = {}
    for alternative, measure, urgency, group, hour, unit, *figures in table.select(columns).iter_rows():
        value, low, high = (float("nan") if figure is None else float(figure) for figure in figures)
        key = (alternative, measure, urgency or "", group or ALL, ANY_HOUR if hour is None else hour)
        found[key] = Estimate(value, low, high).scaled(_SCALES.get(unit, 1.0))
    return Estimates(MappingProxyType(found))
