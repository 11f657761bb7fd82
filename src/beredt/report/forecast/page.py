"""A forecast with the words and numbers of one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import polars as pl

from beredt.demand.forecast.count_store import UNKNOWN
from beredt.demand.forecast.forecast import Forecast
from beredt.demand.forecast.levels import TOTAL
from beredt.demand.forecast.small_areas import REST
from beredt.demand.forecast.sums import sums_table
from beredt.demand.forecast.tables import ALL, forecast_table
from beredt.demand.intensity import DAY_HOURS, WEEK_HOURS
from beredt.indicators.suppress import THRESHOLD
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.words import Words

RATE = Form("count", 1.0, 1)
SCORE = Form("count", 1.0, 4)
SHARE = Form("percent", 100.0, 0)
INNER, OUTER = 0.8, 0.95
DAYS = WEEK_HOURS // DAY_HOURS


@dataclass(frozen=True, eq=False)
class ForecastPage:
    """A forecast, its title (a log or a study), and how its words and figures are written.

    `without_time` and `outside` are incidents of the log that could not be counted.
    """

    answer: Forecast
    title: str
    fingerprint: str
    words: Words
    numbers: NumberFormat
    without_time: int = 0
    outside: int = 0

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The forecast, one row per step, area and urgency, and per sum."""
        return forecast_table(self.answer)

    @cached_property
    def sums(self) -> pl.DataFrame:
        """Sums over longer stretches, all places and urgencies together."""
        return sums_table(self.answer, (TOTAL,))

    @property
    def inner(self) -> str:
        """The inner interval's chance in words."""
        return self.numbers.text(INNER, SHARE)

    @property
    def outer(self) -> str:
        """The outer interval's chance in words."""
        return self.numbers.text(OUTER, SHARE)

    @property
    def hours(self) -> str:
        """How far the forecast reaches."""
        return self.length(len(self.answer.mean) * self.answer.counts.step_min // 60)

    def length(self, hours: int) -> str:
        """A length in hours."""
        return self.numbers.text(float(hours), Form("h"))

    @property
    def told_length_h(self) -> int:
        """The shortest stretches in which all together may be told, in hours; 0 for single steps.

        As with `hourly`: in each part of the week that is told apart the log must hold enough.
        """
        counts = self.answer.counts
        had = int(counts.counts.sum(dtype="int64"))
        if had >= THRESHOLD * DAYS * counts.steps_per_day:
            return 0
        lengths: list[int] = sorted(set(self.sums["hours"].to_list()))
        fit = [one for one in lengths if one <= DAY_HOURS and had >= THRESHOLD * WEEK_HOURS / one]
        return fit[0] if fit else lengths[-1]

    def series(self, area: str, urgency: str) -> pl.DataFrame:
        """All steps of an area and urgency; `all` for the sums over them, which are there where there are several."""
        return self.rows.filter((pl.col("area") == area) & (pl.col("urgency") == urgency))

    def told_areas(self) -> Sequence[str]:
        """Areas with enough incidents in the log to be told apart, those with most first."""
        counts = self.answer.counts
        had = counts.counts.sum(axis=(0, 2), dtype="int64").tolist()
        many = sorted(((-n, area) for n, area in zip(had, counts.areas, strict=True) if n >= THRESHOLD))
        return [area for _, area in many]

    def hourly(self, names: Sequence[str], axis: int) -> Sequence[str]:
        """Those of some areas (axis 1) or urgencies (axis 2) that may be told hour by hour.

        A mean of the hour of the week gives the count of that hour away: the log must hold enough of each.
        """
        counts = self.answer.counts
        known = counts.areas if axis == 1 else counts.urgencies
        had = counts.counts.sum(axis=(0, 3 - axis), dtype="int64").tolist()
        return [one for one in names if had[known.index(one)] >= THRESHOLD * WEEK_HOURS]

    def told_urgencies(self) -> Sequence[str]:
        """Urgencies with enough incidents in the log to be told apart."""
        counts = self.answer.counts
        had = counts.counts.sum(axis=(0, 1), dtype="int64").tolist()
        return [one for n, one in zip(had, counts.urgencies, strict=True) if n >= THRESHOLD]

    def area(self, name: str) -> str:
        """The name of an area."""
        if name == ALL:
            return self.words("forecast.all")
        return (
            self.words({UNKNOWN: "forecast.unknown", REST: "forecast.rest"}[name]) if name in (UNKNOWN, REST) else name
        )

    def urgency(self, name: str) -> str:
        """An urgency in words."""
        if name == ALL:
            return self.words("forecast.all")
        if name == UNKNOWN:
            return self.words("forecast.unknown")
        return self.words(f"urgency.{name}") if self.words.has(f"urgency.{name}") else name

    def model(self, name: str) -> str:
        """A model in words."""
        return self.words(f"forecast.model.{name}") if self.words.has(f"forecast.model.{name}") else name

    def local(self, moment: datetime) -> datetime:
        """A moment by the clock of the service."""
        return moment.astimezone(ZoneInfo(self.answer.counts.zone))

    def day(self, moment: datetime) -> str:
        """A day: "Mon 24 Nov"."""
        weekday = self.words("roster.weekdays").split()[moment.weekday()]
        month = self.words("date.months").split()[moment.month - 1]
        return f"{weekday} {self.numbers.label(moment.day)} {month}"

    def moment(self, moment: datetime) -> str:
        """A day and its clock: "Mon 24 Nov 14:00"."""
        return f"{self.day(moment)} {self.numbers.clock(moment.hour * 3600 + moment.minute * 60)}"
