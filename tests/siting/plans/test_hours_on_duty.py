"""Hours on duty: the same week whichever way it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from beredt.model.edits.add_roster import AddRoster
from beredt.siting.plans.hours_on_duty import ALL_DAY, EVERY_DAY, Shift, shifts_of, shifts_of_hours, slots_of

WEEK = range(168)


def test_a_night_over_midnight_is_one_shift_and_the_whole_week_seven_days() -> None:
    night = [day * 24 + hour for day in range(7) for hour in (20, 21, 22, 23, 0, 1)]
    assert shifts_of_hours(night) == (Shift(EVERY_DAY, 20 * 3600, 2 * 3600),)
    assert shifts_of_hours(WEEK) == ALL_DAY
    assert shifts_of_hours(range(120)) == (Shift((1, 2, 3, 4, 5), 0, 86_400),)
    assert shifts_of_hours(()) == ()


def test_shifts_are_written_as_edits_read_them() -> None:
    shifts = (Shift((1, 2, 3, 4, 5), 8 * 3600, 20 * 3600), Shift((6, 7), 0, 86_400))
    assert [shift.text() for shift in shifts] == ["mon-fri 08:00-20:00", "sat-sun 00:00-24:00"]
    assert Shift((1, 3), 27_000, 3600).text() == "mon;wed 07:30-01:00"


@given(st.sets(st.integers(0, 167)))
def test_any_hours_come_back_from_what_is_written(hours: set[int]) -> None:
    shifts = shifts_of_hours(hours)
    slots = frozenset(hour * 12 + part for hour in hours for part in range(12))
    assert slots_of(shifts) == slots
    if hours:
        edit = AddRoster(id="x", shifts=tuple(shift.text() for shift in shifts))
        assert slots_of(shifts_of(edit.rows())) == slots
        assert len(slots) * 300 == sum(shift.length_s * len(shift.weekdays) for shift in shifts)  # none twice
