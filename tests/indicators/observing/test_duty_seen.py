"""Duty worked out from what units did: rosters that are known are found again."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beredt.indicators.observing.duty import Duty
from beredt.indicators.observing.duty_seen import duty_seen, hours_worked

Worked = NDArray[np.bool_]
Counts = NDArray[np.int64]

MONDAY = date(2024, 1, 1)
WEEKDAY = np.array([(MONDAY + timedelta(days=day)).weekday() for day in range(364)])


def sent_on(worked: Worked, per_day: float, seed: int = 1) -> Counts:
    """Missions drawn for hours on duty; in the small hours half as many as else."""
    night = np.where(np.arange(24) < 6, 0.5, 1.0)
    rate = worked * night
    drawn: Counts = np.random.default_rng(seed).poisson(rate * per_day / rate.sum(axis=1).max()).astype(np.int64)
    return drawn


def roster(hours: range, weekdays: tuple[int, ...] = tuple(range(7))) -> Worked:
    worked = np.zeros((364, 24), np.bool_)
    worked[np.ix_(np.isin(WEEKDAY, weekdays), np.array(hours))] = True
    return worked


ROSTERS = {
    "round the clock": roster(range(24)),
    "day": roster(range(8, 20)),
    "night": roster(range(6)) | roster(range(20, 24)),
    "weekdays": roster(range(8, 18), (0, 1, 2, 3, 4)),
    "weekend": roster(range(10, 22), (5, 6)),
}


@pytest.mark.parametrize("name", ROSTERS)
@pytest.mark.parametrize("per_day", [2.0, 8.0])
def test_a_roster_is_found_again(name: str, per_day: float) -> None:
    truth = ROSTERS[name]
    found = hours_worked(sent_on(truth, per_day), WEEKDAY)
    assert (found == truth).mean() > 0.98


def test_a_unit_with_few_missions_seems_to_be_on_duty_day_and_night() -> None:
    found = hours_worked(sent_on(ROSTERS["round the clock"], 0.3), WEEKDAY)
    assert found.mean() > 0.9


def test_a_unit_that_comes_now_and_then_is_on_duty_when_it_comes() -> None:
    sent = sent_on(ROSTERS["round the clock"], 0.05)
    assert np.array_equal(hours_worked(sent, WEEKDAY), sent > 0)


def test_weeks_in_the_workshop_are_no_duty() -> None:
    truth = ROSTERS["round the clock"].copy()
    truth[100:121] = False
    found = hours_worked(sent_on(truth, 4.0), WEEKDAY)
    assert not found[102:119].any()
    assert found[:98].mean() > 0.95


def test_a_unit_is_not_on_duty_before_its_first_day_and_after_its_last() -> None:
    truth = ROSTERS["round the clock"].copy()
    truth[:50] = truth[300:] = False
    found = hours_worked(sent_on(truth, 6.0), WEEKDAY)
    assert not found[:49].any()
    assert not found[301:].any()


def test_a_unit_that_was_never_sent_was_never_on_duty() -> None:
    assert not hours_worked(np.zeros((364, 24), np.int64), WEEKDAY).any()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-30, 24 * 9), st.integers(1, 3)), max_size=40))
def test_intervals_lie_in_the_days_in_order_and_apart(rows: list[tuple[int, int, int]]) -> None:
    once = {(unit, hour): sent for unit, hour, sent in rows}
    hours = 8 * 24
    times = [unit * hours + hour for (unit, hour), sent in once.items() if 0 <= hour < hours for _ in range(sent)]
    duty = duty_seen(np.array(sorted(times), np.int64), 3, MONDAY, 8)
    assert duty.basis == "seen"
    assert ((duty.on_s >= 0) & (duty.on_s < duty.off_s) & (duty.off_s <= 8 * 86_400)).all()
    for u in range(3):
        mine = duty.unit == u
        assert (duty.on_s[mine][1:] > duty.off_s[mine][:-1]).all()
    assert_sent_on_duty(duty, once)


def assert_sent_on_duty(duty: Duty, sent: dict[tuple[int, int], int]) -> None:
    """So few missions never show that a unit was off duty between its first day and its last."""
    for unit, hour in sent:
        if 0 <= hour < 8 * 24:
            here = (duty.unit == unit) & (duty.on_s <= hour * 3600) & (duty.off_s > hour * 3600)
            assert here.any()
