"""Positions: read from what the log gives, mended where one mistake explains them, marked where none does."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import F8, I8, B, Sheet, numbers
from beredt.missions.cleaning_context import Region
from beredt.missions.coordinates import DEGREES, ZONES, from_degrees, to_degrees, zone_of

EARTH = Region(-90.0, -180.0, 90.0, 180.0)

MOST_DIGITS = 12
"""Digits after a lost decimal sign that are tried."""

Mistake = Callable[[F8, F8], Iterator[tuple[F8, F8]]]
"""Of east and north as they stand, latitude and longitude as they may have been meant, one attempt after another."""


class Given(NamedTuple):
    """Coordinates as they stand in the log: names of the columns, their values [n], and their system."""

    x_name: str
    y_name: str
    x: F8
    y: F8
    crs: str


def read_positions(sheet: Sheet) -> None:
    """Give every row its latitude and longitude, and look at those outside the region.

    What lies outside is tried with one mistake at a time: axes changed, another zone, a lost decimal sign. The first
    that puts it inside the region is held to be true.
    """
    given = _given(sheet)
    absent = np.isnan(given.x) & np.isnan(given.y)  # half a position is looked at, and given up
    sheet.lat, sheet.lon = to_degrees(given.x, given.y, given.crs)
    if sheet.context.has("position_missing"):
        sheet.mark("position_missing", "", absent)
    region = sheet.context.region or EARTH
    out = np.flatnonzero(~inside(sheet.lat, sheet.lon, region) & ~absent)
    for rule, mistake in _mistakes(given.crs, sheet.context.region):
        if out.size and sheet.context.has(rule):
            out = out[~_mend(sheet, given, out, rule, mistake, region)]
    if out.size:
        _give_up(sheet, given, out)
    sheet.lat[np.isnan(sheet.lon)] = sheet.lon[np.isnan(sheet.lat)] = np.nan


def inside(lat: F8, lon: F8, region: Region) -> B:
    """Whether positions lie in a region; nan lies nowhere."""
    within: B = (lat >= region.south) & (lat <= region.north) & (lon >= region.west) & (lon <= region.east)
    return within


def _given(sheet: Sheet) -> Given:
    """What the log says: its own coordinates, or degrees where it has none."""
    x, y = numbers(sheet.rows["x"]), numbers(sheet.rows["y"])
    if np.isnan(x).all() and np.isnan(y).all():
        return Given("lon", "lat", numbers(sheet.rows["lon"]), numbers(sheet.rows["lat"]), DEGREES)
    return Given("x", "y", x, y, sheet.context.crs)


def _mistakes(crs: str, region: Region | None) -> tuple[tuple[str, Mistake], ...]:
    def axes(x: F8, y: F8) -> Iterator[tuple[F8, F8]]:
        yield to_degrees(y, x, crs)

    def zone(x: F8, y: F8) -> Iterator[tuple[F8, F8]]:
        for other in (*ZONES, DEGREES):
            if zone_of(other) != zone_of(crs):
                yield to_degrees(x, y, other)

    def scale(x: F8, y: F8) -> Iterator[tuple[F8, F8]]:
        if region is not None:
            yield from _with_sign_put_back(x, y, crs, region)

    return ("position_axes", axes), ("position_zone", zone), ("position_scale", scale)


def _with_sign_put_back(x: F8, y: F8, crs: str, region: Region) -> Iterator[tuple[F8, F8]]:
    """Latitude and longitude of whole numbers with a decimal sign before some of their last digits, nan of others."""
    west, east, south, north = _limits(crs, region)
    fits_x = [(k == 0 or x == np.rint(x)) & (x / 10.0**k >= west) & (x / 10.0**k <= east) for k in range(MOST_DIGITS)]
    fits_y = [(k == 0 or y == np.rint(y)) & (y / 10.0**k >= south) & (y / 10.0**k <= north) for k in range(MOST_DIGITS)]
    for k, j in _SHIFTS:
        at = np.flatnonzero(fits_x[k] & fits_y[j])
        if at.size:
            lat, lon = np.full(x.size, np.nan), np.full(x.size, np.nan)
            lat[at], lon[at] = to_degrees(x[at] / 10.0**k, y[at] / 10.0**j, crs)
            yield lat, lon


_SHIFTS = sorted(
    ((k, j) for k in range(MOST_DIGITS) for j in range(MOST_DIGITS) if k or j),
    key=lambda pair: (abs(pair[0] - pair[1]), pair),
)
"""How many digits east and north may have after their sign, equally many first."""


def _limits(crs: str, region: Region) -> tuple[float, float, float, float]:
    """Least and greatest easting and northing of a region, or somewhat more."""
    lat, lon = np.meshgrid(np.linspace(region.south, region.north, 9), np.linspace(region.west, region.east, 9))
    x, y = from_degrees(lat.ravel(), lon.ravel(), crs)
    spare_x, spare_y = 0.02 * np.ptp(x), 0.02 * np.ptp(y)
    return float(x.min() - spare_x), float(x.max() + spare_x), float(y.min() - spare_y), float(y.max() + spare_y)


def _mend(sheet: Sheet, given: Given, out: I8, rule: str, mistake: Mistake, region: Region) -> B:
    """Put right what one kind of mistake explains; which rows of `out` it did."""
    done = np.zeros(out.size, np.bool_)
    lat, lon = np.full(out.size, np.nan), np.full(out.size, np.nan)
    for try_lat, try_lon in mistake(given.x[out], given.y[out]):
        fits = ~done & inside(try_lat, try_lon, region)
        lat[fits], lon[fits] = try_lat[fits], try_lon[fits]
        done |= fits
        if done.all():
            break
    at = out[done]
    if at.size:
        sheet.lat[at], sheet.lon[at] = lat[done], lon[done]
        sheet.mark(rule, "", at)
        x, y = from_degrees(lat[done], lon[done], given.crs)
        _change(sheet, given, rule, at, x, y)
    return done


def _give_up(sheet: Sheet, given: Given, out: I8) -> None:
    """Mark what no mistake explains; what cannot be a position at all is unknown."""
    nowhere = ~inside(sheet.lat[out], sheet.lon[out], EARTH) | ((given.x[out] == 0) & (given.y[out] == 0))
    lost = out[nowhere]
    sheet.lat[lost] = sheet.lon[lost] = np.nan
    if sheet.context.has("position_unreadable"):
        sheet.mark("position_unreadable", "", lost)
    nothing = np.full(lost.size, np.nan)
    _change(sheet, given, "position_unreadable", lost, nothing, nothing)
    if sheet.context.has("position_outside"):
        sheet.mark("position_outside", "", out[~nowhere])


def _change(sheet: Sheet, given: Given, rule: str, at: I8, x: F8, y: F8) -> None:
    for name, before, after in ((given.x_name, given.x, x), (given.y_name, given.y, y)):
        sheet.change(rule, name, at, _text(before[at]), _text(after))


def _text(values: F8) -> pl.Series:
    """Numbers in full, so that they can be read back; null for nan."""
    return pl.Series([None if math.isnan(value) else repr(value) for value in values.tolist()], dtype=pl.String)
