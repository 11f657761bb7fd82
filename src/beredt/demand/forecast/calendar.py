"""What a clock on the wall says of every step: place in the week, day, and whether the day is a special one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.forecast.counts import F8, Counts
from beredt.demand.public_holidays import easter_sunday, public_holidays

DAYS = 7
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """The steps of a stretch of time by the local clock.

    Attributes:
        slots_per_day: Steps in a day.
        slot: int16[T] place in the week by the local clock, from 0 (Monday, midnight) to 7 · slots_per_day - 1.
        day: int32[T] local day, counted from 1970-01-01.
        elapsed_d: float64[T] days since the first step.
        year_part: float64[T] part of the year that has passed, 0 to 1.
        kind: int8[T] 0 on an ordinary day, else 1 + the place in `kinds`.
        kinds: Names of the kinds of special days.
    """

    slots_per_day: int
    slot: NDArray[np.int16]
    day: NDArray[np.int32]
    elapsed_d: F8
    year_part: F8
    kind: NDArray[np.int8]
    kinds: tuple[str, ...]

    @property
    def slots(self) -> int:
        """Places in a week."""
        return DAYS * self.slots_per_day

    @property
    def hour(self) -> F8:
        """float64[T] hour of the day by the local clock, with fractions."""
        return (self.slot % self.slots_per_day).astype(np.float64) * (24.0 / self.slots_per_day)

    @property
    def weekday(self) -> NDArray[np.int16]:
        """int16[T], 0 on Mondays."""
        return self.slot // np.int16(self.slots_per_day)

    def part(self, first: int, last: int) -> Calendar:
        """Steps from `first` up to but not with `last`; `elapsed_d` goes on from where it was."""
        rows = slice(first, last)
        return Calendar(
            self.slots_per_day, self.slot[rows], self.day[rows], self.elapsed_d[rows], self.year_part[rows],
            self.kind[rows], self.kinds,
        )  # fmt: skip


def calendar_of(counts: Counts, ahead: int, special: Mapping[date, str]) -> Calendar:
    """The calendar of all steps of the counts and of those that follow.

    Args:
        counts: Gives start, step and zone.
        ahead: Steps after the last.
        special: Kinds of days that are not like their weekday.
    """
    total = counts.steps + ahead
    last = counts.start + (total - 1) * counts.step
    local = (
        pl.datetime_range(counts.start, last, counts.step, time_zone="UTC", eager=True)
        .dt.convert_time_zone(counts.zone)
        .alias("local")
        .to_frame()
    )
    parts = local.select(
        slot=(pl.col("local").dt.weekday().cast(pl.Int32) - 1) * (MINUTES_A_DAY // counts.step_min)
        + (pl.col("local").dt.hour().cast(pl.Int32) * 60 + pl.col("local").dt.minute()) // counts.step_min,
        day=pl.col("local").dt.date().cast(pl.Int32),
        year_part=(pl.col("local").dt.ordinal_day() - 1 + pl.col("local").dt.hour() / 24.0) / 365.25,
    )
    day = parts["day"].to_numpy().astype(np.int32)
    kinds = tuple(sorted(set(special.values())))
    place = {(when - date(1970, 1, 1)).days: 1 + kinds.index(kind) for when, kind in special.items()}
    days = np.arange(day[0], day[-1] + 1)
    kind_of_day = np.array([place.get(int(one), 0) for one in days], np.int8)
    return Calendar(
        counts.steps_per_day,
        parts["slot"].to_numpy().astype(np.int16),
        day,
        np.arange(total) / counts.steps_per_day,
        parts["year_part"].to_numpy().astype(np.float64),
        kind_of_day[day - day[0]],
        kinds,
    )


def norwegian_days(first: datetime, last: datetime) -> dict[date, str]:
    """Special days of Norway: public holidays, and evenings before feasts that shops and offices keep, too."""
    days: dict[date, str] = {}
    for year in range(first.year, last.year + 2):
        easter = easter_sunday(year)
        days |= dict.fromkeys(sorted(public_holidays(year)), "holiday")
        days |= {easter - timedelta(days=1): "eve", easter + timedelta(days=48): "eve"}
        days |= {date(year, 12, 24): "eve", date(year, 12, 31): "new_year_eve"}
        days |= {date(year, 5, 17): "constitution_day", date(year, 1, 1): "new_year"}
    return days
