"""A need that somebody else worked out, hour by hour: a CSV file, every fault of it an issue.

What each column holds stands in `model/fields/roster/need.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.model.issue import Issue
from beredt.model.reading.own_table import OwnTable
from beredt.model.reading.table import Table
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
    return _by_station(_OWN_TABLE.read(path))[0]


def parse_need(file: str, content: bytes) -> Mapping[str, I8]:
    """The need in a file's content; see :func:`read_need`."""
    return _by_station(_OWN_TABLE.parse(file, content))[0]


def _faults(table: Table) -> list[Issue]:
    """Empty cells; without any, what is wrong with the hours."""
    return _empty_cells(table) or _by_station(table)[1]


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


_OWN_TABLE = OwnTable(WHAT, "roster/need", _faults)
