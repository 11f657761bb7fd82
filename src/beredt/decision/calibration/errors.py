"""The error of a table on even weeks, before and after: one figure of all its rows."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple

from beredt.decision.calibration.calibrate import TABLES, Calibration

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "rates": "missed_share",
        "area_factors": "deviance_areas",
        "profile": "deviance",
        "intervals": "missed_percentiles",
        "needs": "missed_points",
        "speeds": "missed_s",
    }
)
"""What the error of each table is; the language files have a sentence for each."""


class TableError(NamedTuple):
    """Both errors of a table, the mean over its tested rows by their observations of even weeks; nan without any.

    `error_new` is that of the new study, in which kept rows have the study's own values. `replaced` and `kept` count
    rows.
    """

    table: str
    measure: str
    n_test: int
    error_before: float
    error_after: float
    error_new: float
    replaced: int
    kept: int


def table_errors(calibration: Calibration) -> tuple[TableError, ...]:
    """One row for each table, in order."""
    return tuple(_error(calibration, table) for table in TABLES)


def _error(calibration: Calibration, table: str) -> TableError:
    changes = calibration.of_table(table)
    tested = [one for one in changes if isfinite(one.error_before) and isfinite(one.error_after)]
    n = sum(one.n_test for one in tested)

    def mean(values: list[float]) -> float:
        weighted = sum(one.n_test * value for one, value in zip(tested, values, strict=True))
        return weighted / n if n else float("nan")

    replaced = sum(one.replaced for one in changes)
    return TableError(
        table=table,
        measure=MEASURES[table],
        n_test=n,
        error_before=mean([one.error_before for one in tested]),
        error_after=mean([one.error_after for one in tested]),
        error_new=mean([one.error_after if one.replaced else one.error_before for one in tested]),
        replaced=replaced,
        kept=len(changes) - replaced,
    )
