"""A roster as it was planned and staffed: one row per unit and shift, in a CSV file.

Its columns stand in `model/fields/roster/roster.csv`: unit, on, off (the log's own clock), staffed, reason. A shift
that was planned and had no crew or car counts as planned hours and not as duty.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from beredt.errors import StudyError
from beredt.indicators.area_groups import places_in
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.duty import Duty, joined
from beredt.indicators.observing.fleet import Fleet, plain
from beredt.missions.read.csv_layout import find_layout
from beredt.missions.read.encoding import guess_encoding, to_utf8
from beredt.model.dictionary import TableDescription, load_fields
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue, has_errors
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.table import Table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table

_DATES = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M")
CLOCK_FORMS = (*_DATES, *(f"{form}:%S" for form in _DATES))
"""How the clock may be written; `24:00` is not among them, the next day's `00:00` is."""

LONGEST_H = 24 * 14
"""A longer shift is a slip of the pen: two weeks."""


@dataclass(frozen=True, slots=True, eq=False)
class RosterFile:
    """A roster as read.

    `shifts` has one row per shift: `unit` (the log's name where the log knows the unit), `on`, `off` (naive local
    Datetime), `staffed` (Boolean), `reason` ("" for none). `issues` are warnings: units that the log does not know,
    and whatever else of roster and log does not fit together. `file` is the name that they tell.
    """

    shifts: pl.DataFrame
    issues: tuple[Issue, ...]
    file: str = "roster.csv"


def read_roster(path: Path, fleet: Fleet) -> RosterFile:
    """Read and check a roster file.

    Args:
        path: a CSV file, in any encoding and with any delimiter that logs are read in.
        fleet: the units of the log, whose names the file should use.

    Raises:
        StudyError: the file is missing, or has rows that cannot be used; all of it is listed.
    """
    table, shifts, issues = _checked(path)
    issues += _unit_issues(table, shifts, fleet)
    known = {plain(unit): unit for unit in fleet.unit}
    names = [known.get(plain(unit), unit) for unit in shifts["unit"].to_list()]
    return RosterFile(shifts.with_columns(pl.Series("unit", names, dtype=pl.String)), issues, path.name)


def check_roster(path: Path) -> int:
    """How many shifts a roster file has, whatever log it will stand beside.

    Raises:
        StudyError: as `read_roster`.
    """
    return _checked(path)[1].height


def _checked(path: Path) -> tuple[Table, pl.DataFrame, tuple[Issue, ...]]:
    """The file, its shifts and what is odd about them. Raises StudyError with all that makes it of no use."""
    if not path.is_file():
        issue = Issue(path.name, None, None, None, 1, "there is no such file", "give the path of a roster, a CSV file")
        raise StudyError([issue], HEADLINE)
    table, issues = _typed(path)
    if table is None or has_errors(issues):
        raise StudyError(issues, HEADLINE)
    shifts = table.frame.with_columns(
        _clock("on"), _clock("off"), pl.col("staffed").fill_null(True), pl.col("reason").fill_null("")
    )
    issues += _time_issues(table, shifts)
    if has_errors(issues):
        raise StudyError(issues, HEADLINE)
    return table, shifts, issues


HEADLINE = "the roster cannot be used"
UNKNOWN_UNIT = "the log knows no such unit"


def duty_of_roster(roster: RosterFile, fleet: Fleet, days: ServiceDays) -> Duty:
    """The staffed shifts of units that the log knows, on the axis of the days; each keeps its length on the clock."""
    start = datetime(days.start.year, days.start.month, days.start.day)
    staffed = roster.shifts.filter(pl.col("staffed"))
    unit = places_in(staffed["unit"].to_list(), fleet.unit)
    on_s, off_s = (
        staffed.select((pl.col(name) - start).dt.total_milliseconds() / 1000.0).to_series().to_numpy()
        for name in ("on", "off")
    )
    inside = (unit >= 0) & (off_s > 0) & (on_s < days.end_s)
    return joined(unit[inside], np.maximum(on_s[inside], 0.0), np.minimum(off_s[inside], days.end_s), "roster")


def _typed(path: Path) -> tuple[Table | None, tuple[Issue, ...]]:
    content = path.read_bytes()
    content, _ = to_utf8(content, guess_encoding(content))
    text, issues = decode(path.name, content)
    if text is None:
        return None, issues
    layout = find_layout(text.encode())
    if layout is not None and layout.delimiter != ",":
        text = _with_commas(text, layout.delimiter)
    raw, issues = read_csv_table(path.name, text)
    if raw is None:
        return None, issues
    description = TableDescription("roster", load_fields("roster/roster"), False, "every", "every", False, {})
    table, more = type_table(description, raw)
    empty = [
        table.issue(rows, name, "the cell is empty", "say which unit, from when and until when")
        for name in ("unit", "on", "off")
        if (rows := table.frame[name].is_null().arg_true().to_list())
    ]
    return table, (*issues, *more, *empty)


def _with_commas(text: str, delimiter: str) -> str:
    """The same table separated by commas, line for line; as it was where a quotation mark is never closed."""
    told = io.StringIO(newline="\n")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error:
        return text
    csv.writer(told, lineterminator="\n").writerows(rows)
    return told.getvalue()


def _clock(name: str) -> pl.Expr:
    return pl.coalesce(pl.col(name).str.to_datetime(form, strict=False, time_unit="ms") for form in CLOCK_FORMS)


def _time_issues(table: Table, shifts: pl.DataFrame) -> tuple[Issue, ...]:
    length = pl.col("off") - pl.col("on")
    overlaps = (
        shifts.with_row_index("place")
        .sort("unit", "on")
        .filter(pl.col("on") < pl.col("off").cum_max().shift(1).over("unit"))
    )
    found = [
        *((name, shifts[name].is_null().arg_true().to_list(), "no time of day on a date",
           "write day and clock like 2026-01-31 07:30")
          for name in ("on", "off")),
        ("off", _where(shifts, length <= pl.duration()), "the shift ends before it has begun", "give a later end"),
        ("off", _where(shifts, length > pl.duration(hours=LONGEST_H)), f"the shift is longer than {LONGEST_H} h",
         "check the dates; write a row for each shift"),
        ("on", sorted(overlaps["place"].to_list()),
         "the unit has another shift then", "end one before the next begins"),
    ]  # fmt: skip
    return tuple(table.issue(rows, field, message, remedy) for field, rows, message, remedy in found if rows)


def _where(shifts: pl.DataFrame, condition: pl.Expr) -> list[int]:
    return shifts.select(pl.arg_where(condition)).to_series().to_list()


def _unit_issues(table: Table, shifts: pl.DataFrame, fleet: Fleet) -> tuple[Issue, ...]:
    known = {plain(unit) for unit in fleet.unit}
    issues = []
    for unit in sorted(set(shifts["unit"].drop_nulls().to_list())):
        if plain(unit) not in known:
            rows = _where(shifts, pl.col("unit") == unit)
            close = find_closest(unit, fleet.unit)
            remedy = f"did you mean {close}?" if close else "a unit that was never sent needs no row to be mended"
            issues.append(table.issue(rows, "unit", UNKNOWN_UNIT, remedy, severity="warning"))
    return tuple(issues)
