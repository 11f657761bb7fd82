"""Rosters laid over the calendar."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from beredt.demand.intensity import Period
from beredt.model.roster_row import RosterRow
from beredt.simulation.duty import DAY_S, shifts_of

HOUR_S = 3600


def week_from(start: date, days: int = 7) -> Period:
    return Period(start=start, warmup_days=0, days=days, cooldown_days=0)


MONDAY = date(2026, 1, 5)


def test_round_the_clock_is_one_stretch() -> None:
    always = RosterRow("r", (1, 2, 3, 4, 5, 6, 7), 0, DAY_S)
    assert shifts_of([always], week_from(MONDAY)) == [(-DAY_S, 7 * DAY_S)]


def test_office_days_leave_the_weekend_out() -> None:
    days = RosterRow("r", (1, 2, 3, 4, 5), 8 * HOUR_S, 20 * HOUR_S)
    inside = [shift for shift in shifts_of([days], week_from(MONDAY)) if 0 <= shift[0] < 7 * DAY_S]
    assert inside == [(d * DAY_S + 8 * HOUR_S, d * DAY_S + 20 * HOUR_S) for d in range(5)]


def test_a_night_shift_runs_past_midnight_and_past_sunday() -> None:
    night = RosterRow("r", (7,), 20 * HOUR_S, 8 * HOUR_S)
    assert shifts_of([night], week_from(MONDAY)) == [
        (-4 * HOUR_S, 8 * HOUR_S),  # the Sunday before the period reaches into it
        (6 * DAY_S + 20 * HOUR_S, 7 * DAY_S + 8 * HOUR_S),
    ]


def test_the_weekday_counts_from_the_warm_up() -> None:
    monday_only = RosterRow("r", (1,), 8 * HOUR_S, 16 * HOUR_S)
    period = Period(start=MONDAY, warmup_days=2, days=1, cooldown_days=0)
    assert shifts_of([monday_only], period) == [(2 * DAY_S + 8 * HOUR_S, 2 * DAY_S + 16 * HOUR_S)]


def test_shifts_that_touch_are_one_stretch_on_duty() -> None:
    early = RosterRow("r", (1, 2), 7 * HOUR_S, 15 * HOUR_S)
    late = RosterRow("r", (1,), 15 * HOUR_S, 7 * HOUR_S)
    assert shifts_of([early, late], week_from(MONDAY)) == [(7 * HOUR_S, DAY_S + 15 * HOUR_S)]


@given(
    st.lists(
        st.builds(
            RosterRow,
            st.just("r"),
            st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
            st.integers(0, 23).map(lambda h: h * HOUR_S),
            st.integers(0, 24).map(lambda h: h * HOUR_S),
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 6),
)
def test_a_minute_is_on_duty_exactly_when_some_shift_covers_it(rows: list[RosterRow], first: int) -> None:
    period = week_from(date(2026, 1, 5 + first), days=9)
    stretches = shifts_of(rows, period)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(stretches))
    for minute in range(0, 9 * 24 * 60, 97):
        t = minute * 60
        expected = any(
            day * DAY_S + row.start_s <= t < day * DAY_S + row.start_s + row.length_s
            for row in rows
            for day in (t // DAY_S - 1, t // DAY_S)
            if (4 + 5 + first + day - 9) % 7 + 1 in row.weekdays
        )
        assert any(on <= t < off for on, off in stretches) == expected
