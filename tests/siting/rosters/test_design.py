"""The best roster: a tiny story, a twin that tries every roster, and what must hold whatever is asked."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from beredt.errors import SitingError
from beredt.siting.rosters.design import Permitted, Week, best_within, fewest_hours
from beredt.siting.rosters.need import blocked_share, fewest_units, gains, need_of
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import cover_of

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
HOURS = np.arange(168) % 24
AROUND = ShiftForm("around", EVERY_DAY, 0, 1440, 2)
DAY = ShiftForm("day", EVERY_DAY, 8 * 60, 720, 2)
LATE = ShiftForm("late", EVERY_DAY, 12 * 60, 720, 2)
WORKDAYS = ShiftForm("workdays", (1, 2, 3, 4, 5), 8 * 60, 480, 2)


def week_of(need: np.ndarray, load: np.ndarray | None = None) -> Week:
    load = np.full(168, 0.5) if load is None else load
    return Week(need.astype(np.int64), load, load)


def test_one_car_round_the_clock_and_one_by_day_on_workdays() -> None:
    need = np.ones(168)
    workday = np.arange(168) < 5 * 24
    need[workday & (HOURS >= 9) & (HOURS < 15)] = 2
    plan = fewest_hours(week_of(need), Permitted((AROUND, DAY, WORKDAYS)))
    assert plan.lines == ((AROUND, 1), (WORKDAYS, 1))
    assert (plan.status, plan.gap) == ("proved", 0.0)
    assert plan.paid_h == 7 * 24 * 2 + 5 * 8 * 2
    assert plan.fte(1460) == pytest.approx(12.0 + 80 * 365 / 7 / 1460)
    assert plan.units == 2


def test_of_rosters_that_cost_the_same_the_one_that_saves_most_calls_is_taken() -> None:
    need, load = np.ones(168), np.where((HOURS >= 12) & (HOURS < 22), 1.0, 0.2)
    need[(HOURS >= 14) & (HOURS < 18)] = 2
    plan = fewest_hours(week_of(need, load), Permitted((AROUND, DAY, LATE)))
    assert plan.lines == ((AROUND, 1), (LATE, 1))


def test_fewer_cars_come_before_calls_saved() -> None:
    morning, evening = ShiftForm("m", EVERY_DAY, 0, 720, 2), ShiftForm("e", EVERY_DAY, 720, 720, 2)
    plan = fewest_hours(week_of(np.ones(168)), Permitted((morning, evening, AROUND)))
    assert plan.lines == ((AROUND, 1),)


def test_hand_over_makes_one_long_shift_cheaper_than_two_short_ones() -> None:
    morning, evening = ShiftForm("m", EVERY_DAY, 0, 720, 2), ShiftForm("e", EVERY_DAY, 720, 720, 2)
    plan = fewest_hours(week_of(np.ones(168)), Permitted((morning, evening, AROUND), handover_min=15))
    assert plan.lines == ((AROUND, 1),)
    assert plan.paid_h == 7 * 24.25 * 2


def test_least_cars_hold_where_nothing_is_needed() -> None:
    plan = fewest_hours(week_of(np.zeros(168)), Permitted((AROUND, DAY), least_units=1))
    assert plan.lines == ((AROUND, 1),)
    assert fewest_hours(week_of(np.zeros(168)), Permitted((AROUND, DAY))).lines == ()


def test_a_week_without_calls_needs_no_car() -> None:
    nothing = week_of(np.zeros(168), np.zeros(168))
    assert fewest_hours(nothing, Permitted((AROUND,))).lines == ()
    assert best_within(nothing, Permitted((AROUND,), least_units=1), 500).lines == ((AROUND, 1),)


def test_what_cannot_be_met_is_told() -> None:
    with pytest.raises(SitingError, match="hour 00 of weekday 1"):
        fewest_hours(week_of(np.ones(168)), Permitted((DAY,)))
    with pytest.raises(SitingError, match="most_units"):
        fewest_hours(week_of(np.full(168, 3)), Permitted((AROUND,), most_units=2))
    with pytest.raises(SitingError, match="no form of shift"):
        fewest_hours(week_of(np.ones(168)), Permitted(()))


def test_a_family_keeps_its_number_of_cars() -> None:
    forms = tuple(ShiftForm(f"f{hour}", EVERY_DAY, hour * 60, 720, 2, "part", 1) for hour in range(24))
    load = np.where((HOURS >= 10) & (HOURS < 20), 2.0, 0.1)
    plan = best_within(week_of(np.zeros(168), load), Permitted(forms), paid_h=10_000)
    (form, cars), *rest = plan.lines
    assert (cars, rest) == (1, [])
    assert 8 <= form.start_min // 60 <= 10


def brute(week: Week, forms: tuple[ShiftForm, ...], most: int) -> int | None:
    """Fewest paid minutes over every roster with up to `most` cars of each form."""
    cover = cover_of(forms, 60)
    found = [
        sum(form.paid_min(0) * n for form, n in zip(forms, cars, strict=True))
        for cars in product(range(most + 1), repeat=len(forms))
        if (cover @ np.array(cars) >= week.need).all()
    ]
    return min(found, default=None)


FORMS = st.builds(
    ShiftForm,
    st.just("f"),
    st.sampled_from([EVERY_DAY, (1, 2, 3, 4, 5), (6, 7)]),
    st.integers(0, 23).map(lambda hour: hour * 60),
    st.sampled_from([480, 600, 720, 1440]),
    st.integers(1, 2),
)
NEEDS = st.lists(st.integers(0, 2), min_size=24, max_size=24).map(lambda day: np.tile(day, 7))


@settings(max_examples=40)
@given(st.lists(FORMS, min_size=1, max_size=4), NEEDS)
def test_no_roster_of_all_that_there_are_is_cheaper(more: list[ShiftForm], need: np.ndarray) -> None:
    forms = (AROUND, *more)
    week = week_of(need)
    wanted = brute(week, forms, 2)
    assert wanted is not None  # two cars round the clock meet any need here
    plan = fewest_hours(week, Permitted(forms))
    assert plan.paid_h * 60 == pytest.approx(wanted)
    assert (plan.on_duty >= week.need).all()


@settings(max_examples=25)
@given(NEEDS, NEEDS)
def test_more_need_never_takes_fewer_hours(one: np.ndarray, other: np.ndarray) -> None:
    permitted = Permitted((AROUND, DAY, LATE, WORKDAYS))
    less, more = (fewest_hours(week_of(need), permitted) for need in (one, np.maximum(one, other)))
    assert more.paid_h >= less.paid_h


@settings(max_examples=25)
@example([0.0] * 10 + [1.0, 3.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 1.0, 2.0], 672)  # five at once
@given(st.lists(st.floats(0.0, 3.0), min_size=24, max_size=24), st.integers(0, 1000))
def test_best_within_saves_at_least_as_much_as_every_roster_it_could_afford(day: list[float], spare_h: int) -> None:
    load = np.tile(np.array(day), 7)
    assume(load.sum() > 0)
    forms = (DAY, LATE, WORKDAYS)
    week = week_of(np.zeros(168), load)
    plan = best_within(week, Permitted(forms), spare_h)
    ours = blocked_share(plan.on_duty, load, load)
    cover = cover_of(forms, 60)
    for cars in product(range(3), repeat=len(forms)):
        if sum(f.paid_min(0) * n for f, n in zip(forms, cars, strict=True)) <= spare_h * 60:
            assert ours <= blocked_share(cover @ np.array(cars), load, load) + 1e-6


def test_the_need_is_the_fewest_units_that_keep_the_share() -> None:
    assert [fewest_units(load, 0.2) for load in (0.0, 0.25, 0.26, 1.0, 2.0)] == [0, 1, 2, 2, 4]
    assert need_of(np.array([[0.0, 1.0]]), 0.2).tolist() == [[0, 2]]


@given(st.floats(0.01, 20.0), st.floats(0.01, 20.0), st.floats(0.01, 0.9))
def test_more_load_never_needs_fewer_units(one: float, other: float, blocking: float) -> None:
    assert fewest_units(max(one, other), blocking) >= fewest_units(min(one, other), blocking)


@given(st.floats(0.0, 10.0))
def test_every_further_unit_saves_less(load: float) -> None:
    saved = gains(np.array([load]), np.array([1.0]), 8)[0]
    assert (np.diff(saved) <= 1e-12).all()
    assert (saved >= -1e-12).all()
