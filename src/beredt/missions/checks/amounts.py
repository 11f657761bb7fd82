"""Ages and distances that cannot be."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import Sheet

OLDEST = 120
"""Years."""

FARTHEST_KM = 3000.0
"""Further than any mission by road, and nearly twice the length of Norway."""


def check_amounts(sheet: Sheet) -> None:
    """Make unknown an age outside 0 … 120 years and a distance outside 0 … 3000 km."""
    _limit(sheet, "impossible_age", "age", OLDEST)
    _limit(sheet, "impossible_km", "km", FARTHEST_KM)


def _limit(sheet: Sheet, rule: str, field: str, most: float) -> None:
    column = sheet.rows[field]
    if column.null_count() == column.len() or not sheet.context.has(rule):
        return
    wrong = ~column.is_between(0, most).fill_null(value=True)
    if not wrong.any():
        return
    at = wrong.arg_true()
    written = column.gather(at).cast(pl.String)
    sheet.mark(rule, field, at.to_numpy())
    sheet.change(rule, field, at.to_numpy().astype(np.int64), written, pl.Series([None] * at.len(), dtype=pl.String))
    sheet.rows = sheet.rows.with_columns(pl.when(~wrong).then(pl.col(field)).alias(field))
