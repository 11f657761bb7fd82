"""The whole local days that a log is looked at, and its time stamps in seconds from their beginning.

The axis is the wall clock of the log's time zone, laid out in days of 24 hours, as a simulated year has them. All
stamps of one incident are moved by what the zone's clock differs from UTC at its call: so no duration is ever changed,
and the clock hour of every call is that of the wall. In the night when clocks go back, the two hours of one name lie
upon each other; in the night when they go forward, an hour stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from beredt.errors import OutOfRangeError

DAY_S = 86_400
MS_PER_S = 1_000

QUIET_SHARE = 0.1
"""Days at either end with fewer calls than this share of the median day are not taken for days of service."""


@dataclass(frozen=True, slots=True)
class ServiceDays:
    """Days of a log: `zone` is the IANA name of its clock, `start` the first day, `days` (≥ 1) their number."""

    zone: str
    start: date
    days: int

    @property
    def end_s(self) -> float:
        """Seconds from the beginning to the end."""
        return float(self.days * DAY_S)

    @property
    def last(self) -> date:
        """The last day."""
        return self.start + timedelta(days=self.days - 1)

    def midnight(self, number: int) -> datetime:
        """When a day begins on its own clock, in UTC; number 0 is the first, `days` the one after the last."""
        start = datetime(self.start.year, self.start.month, self.start.day, tzinfo=ZoneInfo(self.zone))
        return (start + timedelta(days=number)).astimezone(UTC)

    def called(self, first: int = 0, end: int | None = None) -> pl.Expr:
        """Whether a call came on any of the days from `first` up to, not with, `end` [default: on all days]."""
        begin, after = self.midnight(first), self.midnight(self.days if end is None else end)
        return (pl.col("call_t") >= begin) & (pl.col("call_t") < after)


def local_day(stamp: pl.Expr, zone: str) -> pl.Expr:
    """The local date of a UTC time stamp."""
    return stamp.dt.convert_time_zone(zone).dt.date()


def days_of(calls: pl.LazyFrame, zone: str, first: date | None = None, last: date | None = None) -> ServiceDays:
    """The days of a log: those given, or from the first to the last day of ordinary service.

    A day of ordinary service has at least a tenth of the calls of the median day: a stray stamp of another year does
    not make a period of many years.

    Args:
        calls: with `call_t`, Datetime UTC; without a stamp a row says nothing.
        zone: IANA name of the log's clock.
        first: the first day; None for what the log shows.
        last: the last day; None for what the log shows.

    Raises:
        OutOfRangeError: no row has a call time, or the last day is before the first.
    """
    if first is None or last is None:
        seen = _ordinary_days(calls, zone)
        first, last = first or seen[0], last or seen[1]
    if last < first:
        raise OutOfRangeError("the last day", last, f"the first is {first}; give a later one")
    return ServiceDays(zone, first, (last - first).days + 1)


def _ordinary_days(calls: pl.LazyFrame, zone: str) -> tuple[date, date]:
    by_day = (
        calls.filter(pl.col("call_t").is_not_null())
        .group_by(quarter=pl.col("call_t").dt.truncate("15m"))
        .len()
        .collect(engine="streaming")
        # Clocks differ by quarters of an hour: what is slow to look up is looked up once for each.
        .group_by(day=local_day(pl.col("quarter"), zone))
        .agg(pl.col("len").sum())
    )
    if by_day.is_empty():
        raise OutOfRangeError("the number of call times", 0, "a log without any call time has no days to be looked at")
    ordinary = by_day.filter(pl.col("len") >= QUIET_SHARE * pl.col("len").median())
    first, last = ordinary["day"].min(), ordinary["day"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first, last


def midnight_ms(day: date) -> int:
    """The midnight at which a day begins, in ms since 1970 on its own clock."""
    return int((datetime(day.year, day.month, day.day) - datetime(1970, 1, 1)).total_seconds()) * MS_PER_S
