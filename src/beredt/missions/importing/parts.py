"""Which rows are cleaned together: days in order, months whole where they fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from beredt.missions.importing.plan import ImportPlan
from beredt.missions.importing.read_pass import NO_DAY, rows_file
from beredt.missions.schema import ROWS, STAMP, STAMPS

LEAST_SHARE = 4
"""A part ends with a month when it has at least this share (1/4) of the rows it may have."""

EPOCH = date(1970, 1, 1)


class Part(NamedTuple):
    """Days since 1970 from `first` up to, not with, `end`; `rows` of the log fall on them."""

    first: int
    end: int
    rows: int


def cut_parts(pieces: Sequence[Mapping[str, Any]], most: int) -> list[Part]:
    """Cut all days of a log into parts of about `most` rows: never inside a day, at the ends of months if possible."""
    counts: dict[int, int] = {}
    for piece in pieces:
        for day, count in piece["days"]:
            counts[day] = counts.get(day, 0) + count
    parts: list[Part] = []
    for month in _months(sorted(counts)):
        rows = sum(counts[day] for day in month)
        last = parts[-1] if parts else None
        if last and last.end <= NO_DAY and month[0] != NO_DAY and last.rows + rows <= most and (
            last.rows < most // LEAST_SHARE
        ):  # fmt: skip
            parts[-1] = Part(last.first, month[-1] + 1, last.rows + rows)
        else:
            parts += _days(month, counts, most)
    return parts


def _months(days: Sequence[int]) -> Iterator[list[int]]:
    month: list[int] = []
    for day in days:
        if month and _month(day) != _month(month[-1]):
            yield month
            month = []
        month.append(day)
    if month:
        yield month


def _month(day: int) -> tuple[int, int]:
    """Year and month of a day; days that no calendar has are a month together."""
    try:
        known = EPOCH + timedelta(days=day)
    except OverflowError:
        return (0, 0) if day == NO_DAY else (1, 0)
    return known.year, known.month


def _days(month: Sequence[int], counts: Mapping[int, int], most: int) -> Iterator[Part]:
    """A month as parts of about equal size, none above `most` rows but single days."""
    total = sum(counts[day] for day in month)
    fair = total / -(-total // most)
    first, rows = month[0], 0
    for number, day in enumerate(month):
        rows += counts[day]
        following = month[number + 1] if number + 1 < len(month) else None
        if following is None or rows >= fair or rows + counts[following] > most:
            yield Part(first, day + 1, rows)
            first, rows = following or day, 0


class _Kept:
    """The rows of one block, in order of their day."""

    def __init__(self, file: Path, piece: Mapping[str, Any]) -> None:
        days, counts = np.array(piece["days"], np.int64).T
        self.file, self._days, self._until = file, days, np.concatenate([[0], np.cumsum(counts)])

    def rows_before(self, day: int) -> int:
        return int(self._until[np.searchsorted(self._days, day)])


class RowsKept:
    """The rows that reading has kept, by their day."""

    def __init__(self, plan: ImportPlan, pieces: Sequence[Mapping[str, Any]]) -> None:
        """Take in where every day's rows are."""
        self._pieces = [
            _Kept(rows_file(plan.work, number), piece) for number, piece in enumerate(pieces) if piece["days"]
        ]
        self._local = plan.loaded.profile.file.clock == "local"

    def load(self, part: Part) -> pl.DataFrame:
        """The rows of whole incidents that begin in a part.

        Rows of the day after whose incident has rows in the part's last day are taken in, and those that the part
        before has taken in are left to it.
        """
        rows = self.between(part.first, part.end)
        if "key" not in rows.columns:
            return rows
        before = self._keys(part.first - 1)
        if before.len():
            first_day = pl.Series(rows["row_id"].is_in(self._ids(part.first, before).implode()))
            rows = rows.filter(~first_day)
        own = self._keys(part.end - 1)
        if own.len():
            after = self.between(part.end, part.end + 1)
            rows = pl.concat([rows, after.filter(pl.col("key").is_in(own.implode()))], how="diagonal")
        return rows

    def between(self, first: int, end: int) -> pl.DataFrame:
        """Rows whose day is `first` or later, and before `end`."""
        found = []
        for piece in self._pieces:
            begin, until = piece.rows_before(first), piece.rows_before(end)
            if until > begin:
                found.append(pl.scan_ipc(piece.file).slice(begin, until - begin).collect())
        if found:
            return pl.concat(found, how="diagonal")
        stamps = dict.fromkeys(STAMPS, pl.Datetime("ms") if self._local else STAMP)
        return pl.DataFrame(schema={**ROWS, **stamps})

    def _keys(self, day: int) -> pl.Series:
        """Keys of incidents with rows on a day; none where the rows have no time."""
        if day >= NO_DAY - 1:
            return pl.Series([], dtype=pl.String)
        rows = self.between(day, day + 1)
        keys = rows["key"] if "key" in rows.columns else pl.Series([], dtype=pl.String)
        return keys.filter(keys != "").unique()

    def _ids(self, day: int, keys: pl.Series) -> pl.Series:
        rows = self.between(day, day + 1)
        if "key" not in rows.columns:
            return pl.Series([], dtype=pl.Int64)
        return rows.filter(pl.col("key").is_in(keys.implode()))["row_id"]
