"""What missions and incidents are counted by: places, stations, kinds of unit, clock and calendar of the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.log.codes import UNKNOWN, Words, words_of
from beredt.indicators.log.options import (
    DISTRICT,
    HOUR,
    MONTH,
    MUNICIPALITY,
    STATION,
    TETTSTED,
    UNIT_KIND,
    WEEKDAY,
)
from beredt.indicators.log.places.place_finder import KINDS, PlaceFinder, Places, find_places
from beredt.indicators.log.rows import LogSource
from beredt.missions.checks.local_clock import to_local
from beredt.missions.checks.sheet import milliseconds
from beredt.missions.checks.stamps import HOUR_MS, NO_TIME
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

NONE_KEY = "none"
"""Key of what lies in none, or of which nothing is known."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_OF_1970 = 3
"""1970-01-01 was a Thursday."""

MONTHS_TO_1970 = 12 * 1970
OF_MISSIONS_ONLY = (STATION, UNIT_KIND)


class DimensionCodes(dict[str, I4]):
    """Codes [N] of every row by dimension, the last code of a dimension for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Dimensions:
    """The keys of every dimension in the order of their codes, the last of each NONE_KEY, and how rows get them.

    `first_month` is the month, counted from year 0, of the code 0 of a month.
    """

    keys: Mapping[str, tuple[str, ...]]
    finder: PlaceFinder
    stations: Words
    unit_kinds: Words
    first_month: int
    zone: str

    def codes(self, rows: pl.DataFrame, places: Places) -> DimensionCodes:
        """Codes of all dimensions of some missions or incidents."""
        clock = clock_of(rows["call_t"], self.zone)
        found = {
            MUNICIPALITY: places.municipality,
            DISTRICT: places.district,
            TETTSTED: places.tettsted,
            HOUR: clock["hour"].to_numpy(),
            WEEKDAY: clock["weekday"].to_numpy(),
            MONTH: np.where(clock["month"].to_numpy() < 0, UNKNOWN, clock["month"].to_numpy() - self.first_month),
        }
        if STATION in rows.columns:
            found |= {
                STATION: self.stations.codes(rows["station"]),
                UNIT_KIND: self.unit_kinds.codes(rows["unit_kind"]),
            }
        return DimensionCodes(
            {
                name: np.where(codes == UNKNOWN, len(self.keys[name]) - 1, codes).astype(np.int32)
                for name, codes in found.items()
            }
        )


def clock_of(call_t: pl.Series, zone: str) -> pl.DataFrame:
    """Hour, day of the week from 0 (Monday), and month counted from year 0, on local clocks; -1 without a call."""
    here = to_local(milliseconds(call_t), zone)
    latest = int(here.max(initial=NO_TIME))
    if latest == NO_TIME:
        return pl.DataFrame({name: np.full(here.size, UNKNOWN, np.int32) for name in ("hour", "weekday", "month")})
    known = here != NO_TIME
    # Hours since 1970 fit in four bytes, in which they are parted much faster.
    at = (np.where(known, here, latest) // HOUR_MS).astype(np.int32)
    day = at // np.int32(24)
    first = int(day.min())
    days = np.arange(first, int(day.max()) + 1)  # far fewer than calls: what is of a day is looked up
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + MONTHS_TO_1970
    of_day = {"weekday": (days + WEEKDAY_OF_1970) % 7, "month": month}
    told = {
        "hour": at - day * np.int32(24),
        **{name: own.astype(np.int32)[day - first] for name, own in of_day.items()},
    }
    for own in told.values():
        own[~known] = UNKNOWN
    return pl.DataFrame(told)


def month_key(month: int) -> str:
    """`2023-04` for a month counted from year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def urgency_codes(urgency: pl.Series) -> I1:
    """0, 1, 2 for A, H, V; 3 where nothing is known."""
    words = words_of(URGENCIES)
    codes = words.codes(urgency)
    return np.where(codes == UNKNOWN, len(URGENCIES), codes).astype(np.int8)


def dimensions_of(source: LogSource, study: Study | None) -> Dimensions:
    """Find out what there is to count by: a first look at the words and times of a log.

    Args:
        source: The log.
        study: Its places and stations; None: those that the log names.
    """
    seen = source.words()
    finder = find_places(study, {kind: seen[kind] for kind in KINDS})
    rows = () if study is None else study.service.stations
    stations = words_of((row.id for row in rows), {row.name.lower(): row.id for row in rows}, seen[STATION])
    kinds = words_of((), seen=seen[UNIT_KIND])
    first, last = source.months()
    keys = {
        **{kind: (*finder.words[kind].ids, NONE_KEY) for kind in KINDS},
        STATION: (*stations.ids, NONE_KEY),
        UNIT_KIND: (*kinds.ids, NONE_KEY),
        HOUR: (*(f"{hour:02d}" for hour in range(24)), NONE_KEY),
        WEEKDAY: (*WEEKDAYS, NONE_KEY),
        MONTH: (*(month_key(month) for month in range(first, last + 1)), NONE_KEY),
    }
    return Dimensions(keys, finder, stations, kinds, first, source.zone)
