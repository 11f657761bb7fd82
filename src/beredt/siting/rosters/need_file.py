"""A need that somebody else worked out, hour by hour: a CSV file, every fault of it an issue.

What each column holds stands in `model/fields/roster/need.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError
from beredt.model.dictionary import TableDescription, load_fields
from beredt.model.issue import Issue, has_errors
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.table import Table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table
from beredt.model.reading.weekdays import DAYS
from beredt.siting.rosters.week import WEEK_H

I8 = NDArray[np.int64]

WHAT = "file of needs"
ONE_STATION = "station"
"""What a station is called that the file does not name."""

DAY_H = 24


def read_need(path: Path) -> Mapping[str, I8]:
    """The need of each station, int64 (168,) from Monday 00:00, in the order in which the file names them.

    Raises:
        DefinitionError: with every fault of the file.
    """
    if not path.is_file():
        raise DefinitionError(WHAT, [Issue(path.name, None, None, None, 1, "there is no such file", "check its path")])
    return parse_need(path.name, path.read_bytes())


def parse_need(file: str, content: bytes) -> Mapping[str, I8]:
    """The need in a file's content; see :func:`read_need`."""
    text, issues = decode(file, content)
    raw, more = read_csv_table(file, text) if text is not None else (None, ())
    issues += more
    if raw is None:
        raise DefinitionError(WHAT, issues)
    description = TableDescription("need", load_fields("roster/need"), False, "every", "every", False, {})
    table, faults = type_table(description, raw)
    issues += (*faults, *_empty_cells(table))
    if has_errors(issues):
        raise DefinitionError(WHAT, issues)
    need, faults_of_hours = _by_station(table)
    if faults_of_hours:
        raise DefinitionError(WHAT, (*issues, *faults_of_hours))
    return need


def _empty_cells(table: Table) -> list[Issue]:
    return [
        table.issue(rows, name, "the cell is empty", "say on which weekdays, in which hour, how many units")
        for name in ("weekday", "hour", "units")
        if (rows := table.frame[name].is_null().arg_true().to_list())
    ]


def _by_station(table: Table) -> tuple[dict[str, I8], list[Issue]]:
    """Hours of each station; an issue for hours that are there twice, and for hours that are missing."""
    given: dict[str, I8] = {}
    twice: list[int] = []
    for position, row in enumerate(table.frame.iter_rows(named=True)):
        week = given.setdefault(row["station"] or ONE_STATION, np.full(WEEK_H, -1, np.int64))
        hours = [(day - 1) * DAY_H + row["hour"] for day in row["weekday"]]
        if (week[hours] >= 0).any():
            twice.append(position)
        week[hours] = row["units"]
    issues = []
    if twice:
        issues.append(
            table.issue(twice, "hour", "the hour of that weekday is there twice", "give every hour of the week once")
        )
    for station, week in given.items():
        missing = np.flatnonzero(week < 0)
        if missing.size:
            first = int(missing[0])
            when = f"{DAYS[first // DAY_H]} {first % DAY_H:02d}:00"
            message = f"{missing.size} of {WEEK_H} hours of {station} have no need, first {when}"
            issues.append(table.whole_issue("hour", message, "give every hour of the week; 0 where no unit is needed"))
    return given, issues
