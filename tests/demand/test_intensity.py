"""The weekly profile over the simulated period."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.demand.intensity import Period, cumulative_share, hourly_intensity, times_at, weekly_profile
from beredt.errors import StudyError
from beredt.model.urgency import URGENCIES
from tests.demand import naive
from tests.demand.small_service import hour_weight, small_profile

WEIGHTS = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=60).filter(lambda w: max(w) > 1e-3)
OPEN_UNIT = st.floats(2.0**-53, 1 - 2.0**-53)


def test_the_week_has_mean_1_and_the_shape_of_the_table() -> None:
    week = weekly_profile(small_profile())
    np.testing.assert_allclose(week.mean(axis=1), 1.0)
    for code, urgency in enumerate(URGENCIES):
        table = [hour_weight(urgency, day, hour) for day in range(1, 8) for hour in range(24)]
        np.testing.assert_allclose(week[code], np.array(table) / np.mean(table))


def test_an_urgency_without_weight_is_an_issue() -> None:
    with pytest.raises(StudyError, match="no hour of the week has any weight for urgency H"):
        weekly_profile([row for row in small_profile() if row.urgency != "H"])


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_every_hour_has_the_weight_of_its_weekday(start: date, warmup: int) -> None:
    hourly = hourly_intensity(np.arange(168.0), Period(start, warmup, 9, 1))
    assert len(hourly) == 24 * (warmup + 10)
    midnight = datetime.combine(start, datetime.min.time()) - timedelta(days=warmup)
    for hour in range(0, len(hourly), 7):
        moment = midnight + timedelta(hours=hour)
        assert hourly[hour] == (moment.isoweekday() - 1) * 24 + moment.hour


def test_a_period_by_hand() -> None:
    """1 January 2026 is a Thursday; two days of warm-up begin on Tuesday."""
    period = Period(date(2026, 1, 1), 2, 365, 1)
    assert period.first_day == date(2025, 12, 30)
    assert (period.all_days, period.end_s, period.year_days) == (368, 368 * 86_400.0, 365)
    assert Period(date(2028, 1, 1), 0, 1, 0).year_days == 366


def test_times_by_hand() -> None:
    """Hours of weight 1, 0, 3: a quarter in the first hour, nothing in the second."""
    cumulative = cumulative_share(np.array([1.0, 0.0, 3.0]))
    times = times_at(np.array([0.125, 0.25, 0.625, 1 - 2.0**-53]), cumulative)
    assert times.tolist() == [1800.0, 7200.0, 9000.0, 10_799.999]


@given(WEIGHTS, st.lists(OPEN_UNIT, min_size=1, max_size=20))
def test_times_are_whole_milliseconds_of_hours_with_weight(weights: list[float], draws: list[float]) -> None:
    times = times_at(np.array(draws), cumulative_share(np.array(weights)))
    assert np.all((times >= 0.0) & (times < 3600.0 * len(weights)))
    np.testing.assert_array_equal(np.rint(times * 1000.0) / 1000.0, times)
    assert all(weights[int(t // 3600)] > 0.0 for t in times)
    assert np.all(np.diff(times_at(np.sort(draws), cumulative_share(np.array(weights)))) >= 0.0)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=60), st.lists(OPEN_UNIT, min_size=1, max_size=20))
def test_times_equal_walking_through_the_hours(weights: list[float], draws: list[float]) -> None:
    times = times_at(np.array(draws), cumulative_share(np.array(weights)))
    np.testing.assert_allclose(times, [naive.time_at(u, weights) for u in draws], rtol=0, atol=0.0011)
