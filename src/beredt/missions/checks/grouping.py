"""Rows put together into incidents."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import I8, Sheet
from beredt.missions.checks.stamps import NO_TIME, SECOND_MS

METRES_PER_DEGREE = 111_195.0


def group_rows(sheet: Sheet) -> None:
    """Find the incident of every row: by key where the row has one, else by time, place and urgency; never by both.

    Rows without a key are one incident when they have the same time of call, the same urgency at the call, and
    positions within a few metres (two unknown ones are alike). A row without a call is an incident of its own.
    """
    keyed = (sheet.rows["key"] != "").to_numpy()
    if keyed.any():
        _by_key(sheet, np.flatnonzero(keyed))
    loose = ~keyed & (sheet.stamps["call_t"] != NO_TIME)
    if loose.any() and sheet.context.has("grouped"):
        _by_time_and_place(sheet, np.flatnonzero(loose))


def _by_key(sheet: Sheet, at: I8) -> None:
    frame = pl.DataFrame({"key": sheet.rows["key"].gather(at), "at": at})
    sheet.first_row[at] = frame.select(pl.col("at").first().over("key")).to_series().to_numpy()
    if sheet.context.has("key_conflict"):
        _find_conflicts(sheet, at)


def _find_conflicts(sheet: Sheet, at: I8) -> None:
    """Mark rows whose key stands for calls too far apart."""
    call = sheet.stamps["call_t"][at]
    first = sheet.stamps["call_t"][sheet.first_row[at]]
    apart = (call != NO_TIME) & (first != NO_TIME)
    apart &= np.abs(np.where(apart, call - first, 0)) > sheet.context.key_span_s * SECOND_MS
    if apart.any():
        sheet.mark("key_conflict", "key", at[np.isin(sheet.first_row[at], sheet.first_row[at[apart]])])


def _by_time_and_place(sheet: Sheet, at: I8) -> None:
    call = sheet.stamps["call_t"][at]
    shared = pl.Series(call).is_duplicated().to_numpy()  # the others are alone in their millisecond
    at = at[shared]
    if not at.size:
        return
    unknown = np.isnan(sheet.lat[at])
    frame = pl.DataFrame(
        {
            "call": call[shared],
            "urgency": sheet.rows["urgency_first"].to_physical().gather(at),
            "lat": np.where(unknown, 999.0, sheet.lat[at]),
            "lon": np.where(unknown, 999.0, sheet.lon[at]),
            "at": at,
        }
    ).sort("call", "urgency", "lat", "lon", "at")
    rows = frame["at"].to_numpy()
    group = np.cumsum(_begins(frame, sheet.context.same_place_m)) - 1
    first = np.full(group[-1] + 1, sheet.height)
    np.minimum.at(first, group, rows)
    sheet.first_row[rows] = first[group]
    size = np.bincount(group)
    sheet.mark("grouped", "", np.sort(rows[size[group] > 1]))


def _begins(frame: pl.DataFrame, most_m: float) -> np.ndarray:
    """Whether a row of a sorted frame is another incident than the row before."""
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    degrees = most_m / METRES_PER_DEGREE
    east = np.abs(np.diff(lon)) * np.cos(np.radians(np.minimum(lat[1:], 89.0)))
    begins = np.ones(frame.height, np.bool_)
    begins[1:] = (np.abs(np.diff(lat)) > degrees) | ((east > degrees) & (lat[1:] < 999.0))
    for name in ("call", "urgency"):
        values = frame[name].to_numpy()
        begins[1:] |= values[1:] != values[:-1]
    return begins
