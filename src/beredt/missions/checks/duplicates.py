"""Rows that say again what another row says."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import I8, B, Sheet
from beredt.missions.checks.stamps import NO_TIME, SECOND_MS
from beredt.missions.schema import STAMPS

OWN = ("row_id", "source", "row", "part", "marks")
"""Columns in which rows that say the same may differ."""


def find_duplicates(sheet: Sheet) -> None:
    """Mark exact and near duplicates within an incident; one of every set stays unmarked."""
    at = _same_unit_again(sheet)
    if not at.size:
        return
    exact = _exact(sheet, at)
    if sheet.context.has("duplicate"):
        sheet.mark("duplicate", "", at[exact])
    if sheet.context.has("near_duplicate"):
        named = sheet.has_unit()[at] & ~exact
        _find_near(sheet, at[named])


def _same_unit_again(sheet: Sheet) -> I8:
    """Rows whose incident has another row of the same unit."""
    at = sheet.shared_rows()
    again: I8 = at[pl.Series(sheet.unit_in_incident(at)).is_duplicated().to_numpy()]
    return again


def _exact(sheet: Sheet, at: I8) -> B:
    """Which of the rows say what an earlier one says."""
    said = sheet.rows[at].drop(OWN).with_columns(first=sheet.first_row[at])
    again: B = (~said.select(pl.struct(pl.all()).is_first_distinct()).to_series()).to_numpy()
    return again


def _find_near(sheet: Sheet, at: I8) -> None:
    """Mark all but the fullest of rows of one unit that was alerted to one incident within a few seconds.

    A row that does not say when the unit was alerted is near every other row of it.
    """
    if at.size < 2:
        return
    alerted = sheet.stamps["alerted_t"][at]
    frame = pl.DataFrame(
        {
            "incident": sheet.first_row[at],
            "unit": sheet.rows["unit"].to_physical().gather(at),
            "alerted": alerted,
            "stamps": sum((sheet.stamps[name][at] != NO_TIME).astype(np.int64) for name in STAMPS),
            "at": at,
        }
    ).sort("incident", "unit", "alerted", "at")
    before = pl.col("incident", "unit", "alerted").shift(1).name.prefix("before_")
    other = (pl.col("incident") != pl.col("before_incident")) | (pl.col("unit") != pl.col("before_unit"))
    later = pl.col("alerted") - pl.col("before_alerted") > sheet.context.same_alert_s * SECOND_MS
    begins = other | (later & (pl.col("before_alerted") != NO_TIME))
    clusters = frame.with_columns(before).with_columns(cluster=begins.fill_null(value=True).cum_sum())
    fullest_first = clusters.sort("cluster", "stamps", "at", descending=[False, True, False])
    again = fullest_first.filter(~pl.col("cluster").is_first_distinct())["at"].sort()
    sheet.mark("near_duplicate", "", again.to_numpy())
