"""Days of a log, and its clock laid out in seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OutOfRangeError
from beredt.indicators.observing.days import days_of, midnight_ms
from beredt.indicators.observing.year import clock_shifts_ms

OSLO = "Europe/Oslo"


def calls(*stamps: datetime) -> pl.LazyFrame:
    return pl.LazyFrame({"call_t": stamps}, schema={"call_t": pl.Datetime("ms", "UTC")})


def steady(first: date, days: int, per_day: int) -> list[datetime]:
    noon = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    return [noon + timedelta(days=day, minutes=number) for day in range(days) for number in range(per_day)]


def test_a_log_has_the_days_from_its_first_call_to_its_last() -> None:
    days = days_of(calls(*steady(date(2024, 2, 1), 29, 2)), OSLO)
    assert (days.start, days.days, days.last) == (date(2024, 2, 1), 29, date(2024, 2, 29))


def test_a_stray_stamp_makes_no_period_of_many_years() -> None:
    stray = datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
    days = days_of(calls(*steady(date(2024, 2, 1), 10, 40), *stray), OSLO)
    assert (days.start, days.days) == (date(2024, 2, 1), 10)


def test_days_are_those_of_the_local_clock() -> None:
    days = days_of(calls(datetime(2024, 6, 30, 22, 30, tzinfo=UTC)), OSLO)
    assert (days.start, days.days) == (date(2024, 7, 1), 1)


def test_given_days_hold_whatever_the_log_shows() -> None:
    days = days_of(calls(), OSLO, date(2024, 1, 1), date(2024, 12, 31))
    assert days.days == 366


def test_a_log_without_calls_says_so() -> None:
    with pytest.raises(OutOfRangeError, match="without any call time"):
        days_of(calls(), OSLO)


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(OutOfRangeError, match="the first is 2024-01-02"):
        days_of(calls(), OSLO, date(2024, 1, 2), date(2024, 1, 1))


@given(
    call=st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 31)),
    later_ms=st.integers(0, 4 * 3_600_000),
)
def test_no_duration_changes_and_the_call_keeps_its_clock_hour(call: datetime, later_ms: int) -> None:
    call = call.replace(microsecond=0, tzinfo=UTC)
    call_ms = np.array([round(call.timestamp()) * 1000])
    (shift_ms,) = clock_shifts_ms(call_ms, OSLO)
    start = date(2024, 1, 1)
    call_s, free_s = ((stamp + shift_ms - midnight_ms(start)) / 1000 for stamp in (call_ms[0], call_ms[0] + later_ms))
    wall = call.astimezone(ZoneInfo(OSLO))
    assert free_s - call_s == pytest.approx(later_ms / 1000, abs=1e-6)
    assert int(call_s // 3600 % 24) == wall.hour
    assert int(call_s // 86_400) == (wall.date() - start).days


def test_an_hour_of_the_autumn_night_lies_upon_the_one_before() -> None:
    summer, winter = (datetime(2024, 10, 27, hour, 30, tzinfo=UTC) for hour in (0, 1))  # both 02:30 in Oslo
    moments = np.array([round(one.timestamp()) * 1000 for one in (summer, winter)])
    on_axis = moments + clock_shifts_ms(moments, OSLO) - midnight_ms(date(2024, 10, 27))
    assert (on_axis / 1000).tolist() == [9_000.0] * 2
