"""Text to times: dates in any order, clocks of 12 and 24 hours, with an offset or without a date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from beredt.missions.profile import FileHabits

NAIVE = pl.Datetime("ms")
"""What a clock on the wall showed."""

SAMPLE = 500
"""Cells by which the form of a column is told."""

_CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S%.f", "%I:%M:%S %p", "%I:%M %p")
_POINTED = ("%H.%M.%S", "%H.%M")
"""As Norwegian writes clocks; only behind a date, for alone they are no other than numbers."""

_ORDERS = {
    "day": tuple(f"%d{mark}%m{mark}%{year}" for year in "Yy" for mark in "./-"),
    "month": tuple(f"%m{mark}%d{mark}%{year}" for year in "Yy" for mark in "/.-"),
    "year": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"),
}
_ALWAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y %b %d", "%d-%b-%Y", "%d %b %Y")
_COMPACT = ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%dT%H%M%S")
_OFFSETS = ("%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z")
_WITH_OFFSET = r"[0-9](Z|z|[+-][0-9]{2}:?[0-9]{2})$"

_EPOCH_DAYS = 25_569
"""Days of a spreadsheet's calendar before 1970-01-01."""

_SINCE_1970 = frozenset({"unix_s", "unix_ms"})
_PER_UNIT = {"unix_s": 1_000.0, "unix_ms": 1.0, "excel": 86_400_000.0}
_EARLIEST = pl.datetime(1900, 1, 1, time_unit="ms")


class Times(NamedTuple):
    """A column of times: `at` [n] as a clock shows them, null where there is none, on 1970-01-01 where `clock_only`.

    `unreadable` [n] says that something stands there that is no time.
    """

    at: pl.Series
    clock_only: bool
    unreadable: pl.Series


def read_times(cells: pl.Series, habits: FileHabits, zone: str) -> Times:
    """Read a column of times.

    Args:
        cells: [n] text, or dates, times or numbers of a file that knows its types.
        habits: In which order dates are written, and what stands for nothing.
        zone: The clock that times with an offset are put on, unless the habits say that clocks are UTC.
    """
    clock = "UTC" if habits.clock == "utc" else zone
    given = cells.is_not_null()
    if cells.dtype == pl.String:
        return _read_text(cells, habits, clock)
    if cells.dtype.is_numeric():
        at = _read_numbers(cells.cast(pl.Float64), habits, clock)
    elif isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone is not None:
        at = cells.dt.convert_time_zone(clock).dt.replace_time_zone(None).cast(NAIVE)
    elif cells.dtype.base_type() in {pl.Datetime, pl.Date}:
        at = cells.cast(NAIVE)
    elif cells.dtype.base_type() in {pl.Time, pl.Duration}:
        return Times(_on_first_day(cells.cast(pl.Duration("ms"))), clock_only=True, unreadable=~given & given)
    else:
        at = pl.Series(cells.name, [None] * cells.len(), dtype=NAIVE)
    return Times(at, clock_only=False, unreadable=given & at.is_null())


def _read_text(cells: pl.Series, habits: FileHabits, clock: str) -> Times:
    sample = cells.drop_nulls().head(SAMPLE)
    if _counts_from_1970(sample, habits):
        return _read_since_1970(cells, habits, clock)
    best = best_form(sample, habits)
    if best is not None and best in _CLOCKS:
        return _read_clocks(cells, habits)
    return _read_by_form(cells, best, habits, clock)


def _read_since_1970(cells: pl.Series, habits: FileHabits, clock: str) -> Times:
    """Text that counts seconds or milliseconds since 1970, and whatever else stands among it."""
    numbers = _read_numbers(cells.str.strip_chars().cast(pl.Float64, strict=False), habits, clock)
    text = pl.select(pl.when(numbers.is_null()).then(cells)).to_series().rename(cells.name)
    others = _read_by_form(text, _form_of(text.drop_nulls().head(SAMPLE), habits), habits, clock)
    at = pl.select(pl.coalesce(numbers, others.at)).to_series()
    return Times(at.rename(cells.name), clock_only=False, unreadable=others.unreadable)


def best_form(known: pl.Series, habits: FileHabits) -> str | None:
    """The form in which most of some cells are read, the likeliest of equals; None for no cells, or none that is read.

    None, too, where numbers that count from 1970 are among them: these have no form.

    Args:
        known: the first cells of a column in which anything stands, at most SAMPLE of them.
        habits: In which order dates are written.
    """
    return None if _counts_from_1970(known, habits) else _form_of(known, habits)


def _counts_from_1970(sample: pl.Series, habits: FileHabits) -> bool:
    if habits.numbers not in _SINCE_1970:
        return False
    return sample.str.strip_chars().cast(pl.Float64, strict=False).is_not_null().any()


def _form_of(known: pl.Series, habits: FileHabits) -> str | None:
    return _best_form(known.str.strip_chars(), list(_forms(habits)))


def likeliest_form(habits: FileHabits) -> str:
    """The form that is tried first."""
    return next(_forms(habits))


def read_left(cells: pl.Series, form: str, habits: FileHabits, zone: str) -> Times:
    """Read what is left over of a column, as `read_times` would have read it with the rest.

    Args:
        cells: text.
        form: in which the column is read; no mere clock.
        habits: see `read_times`.
        zone: see `read_times`.
    """
    return _read_by_form(cells, form, habits, "UTC" if habits.clock == "utc" else zone)


def _read_by_form(cells: pl.Series, best: str | None, habits: FileHabits, clock: str) -> Times:
    """Read text by a form, and by all others what it does not fit."""
    at = _parse(cells, best, clock) if best else pl.Series([None] * cells.len(), dtype=NAIVE)
    left = (at.is_null() & cells.is_not_null()).arg_true()
    if left.len():
        forms = list(_forms(habits))
        tried = _try_all(cells.gather(left).str.strip_chars(), [best] if best else [], forms, habits, clock)
        at = at.scatter(left, tried)
    wrong = at.is_null() & cells.is_not_null()
    if wrong.any():
        wrong = wrong & ~cells.str.strip_chars().is_in(list(habits.absent))
    return Times(at.rename(cells.name), clock_only=False, unreadable=wrong)


def _read_clocks(cells: pl.Series, habits: FileHabits) -> Times:
    text = cells.str.strip_chars()
    at = pl.Series([None] * cells.len(), dtype=NAIVE)
    for form in _CLOCKS:
        left = (at.is_null() & text.is_not_null()).arg_true()
        if not left.len():
            break
        at = at.scatter(left, _on_first_day(text.gather(left).str.to_time(form, strict=False).cast(pl.Duration("ms"))))
    wrong = at.is_null() & text.is_not_null() & ~text.is_in(list(habits.absent))
    return Times(at.rename(cells.name), clock_only=True, unreadable=wrong.fill_null(value=False))


def _on_first_day(durations: pl.Series) -> pl.Series:
    return durations.to_physical().cast(NAIVE)


def _forms(habits: FileHabits) -> Iterator[str]:
    """Forms of times, those that the habits make likeliest first."""
    dates = dict.fromkeys((*_ORDERS[habits.date_order], *_ALWAYS))
    for date in dates:
        for clock in (*_CLOCKS, *_POINTED):
            yield f"{date} {clock}"
        if date == "%Y-%m-%d":
            yield from (f"{date}T{clock}" for clock in ("%H:%M:%S", "%H:%M:%S%.f", "%H:%M"))
    yield from _OFFSETS
    yield from _CLOCKS
    yield from _COMPACT
    yield from dates


def _best_form(sample: pl.Series, forms: list[str]) -> str | None:
    """The form that reads most of a sample; the first of equals."""
    if not sample.len():
        return None
    best, most = None, 0
    for form in forms:
        read = sample.str.to_time(form, strict=False) if form in _CLOCKS else _parse(sample, form, "UTC")
        count = sample.len() - read.null_count()
        if count > most:
            best, most = form, count
        if most == sample.len():
            break
    return best


def _try_all(text: pl.Series, first: list[str], forms: list[str], habits: FileHabits, clock: str) -> pl.Series:
    """What one form after the other makes of cells that the usual one did not read."""
    at = pl.Series([None] * text.len(), dtype=NAIVE)
    if text.is_in(list(habits.absent)).all():
        return at
    for form in dict.fromkeys((*first, *(form for form in forms if form not in _CLOCKS))):
        left = (at.is_null() & text.is_not_null()).arg_true()
        if not left.len():
            break
        at = at.scatter(left, _parse(text.gather(left), form, clock))
    return at


def _parse(text: pl.Series, form: str, clock: str) -> pl.Series:
    """Times of one form; null elsewhere, and for years of two digits that were read as years of four."""
    if form in _OFFSETS:
        utc = text.str.to_datetime(form, time_unit="ms", time_zone="UTC", strict=False)
        at = utc.dt.convert_time_zone(clock).dt.replace_time_zone(None)
    elif "%H" in form or "%I" in form:
        at = text.str.to_datetime(form, time_unit="ms", strict=False, cache=False)
    else:
        at = text.str.to_date(form, strict=False).cast(NAIVE)
    # Asked for as a number: Python has no year 0.
    if "%Y" in form and (low := at.dt.year().min()) is not None and low < 1900:  # type: ignore[operator]  # years are integers
        at = pl.select(pl.when(at >= _EARLIEST).then(at)).to_series()
    return at


def _read_numbers(numbers: pl.Series, habits: FileHabits, clock: str) -> pl.Series:
    """Days of a spreadsheet are what its clock showed; what is counted from 1970 is counted in UTC."""
    days = float(_EPOCH_DAYS if habits.numbers == "excel" else 0)
    finite = pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()
    milliseconds = pl.select((pl.lit(finite) - days) * _PER_UNIT[habits.numbers]).to_series()
    at = milliseconds.round().cast(pl.Int64, strict=False).cast(NAIVE)
    if habits.numbers in _SINCE_1970:
        return at.dt.replace_time_zone("UTC").dt.convert_time_zone(clock).dt.replace_time_zone(None)
    return at
