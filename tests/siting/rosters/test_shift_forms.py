"""Shifts, families of shifts, and what a file of rules may say."""

from __future__ import annotations

import pytest

from beredt.errors import DefinitionError
from beredt.model.roster_row import RosterRow
from beredt.siting.rosters.rules import parse_roster_rules, read_roster_rules
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import cover_of, slot_minutes

FAMILY = """
[[forms]]
id = "day"
first = "07:30"
last = "08:30"
step_min = 30
length_h = 7.5
weekdays = ["mon-fri", "sat;sun"]
"""


def test_the_shipped_rules_can_be_read_and_hold_the_published_norm() -> None:
    rules = read_roster_rules(None)
    around_the_clock = next(form for form in rules.all_forms() if form.length_min == 1440)
    fte = around_the_clock.paid_min(rules.handover_min) / 60 * 365 / 7 / rules.net_hours_per_fte
    assert fte == pytest.approx(12.0)


def test_a_family_is_every_beginning_on_every_set_of_days() -> None:
    forms = parse_roster_rules("r.toml", FAMILY.encode()).all_forms()
    assert [form.id for form in forms] == [
        *("day-mon-fri-0730", "day-mon-fri-0800", "day-mon-fri-0830"),
        *("day-sat-sun-0730", "day-sat-sun-0800", "day-sat-sun-0830"),
    ]
    assert {form.length_min for form in forms} == {450}
    assert slot_minutes(forms) == 30


def test_beginnings_may_run_over_midnight() -> None:
    text = FAMILY.replace("07:30", "23:00").replace("08:30", "01:00").replace("step_min = 30", "step_min = 60")
    starts = [form.start_min for form in parse_roster_rules("r.toml", text.encode()).all_forms()]
    assert starts[:3] == [1380, 0, 60]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("length_h = 7.5", "length_h = 25", "length_h"),
        ("length_h = 7.5", "length_h = 7.51", "five minutes"),
        ('"mon-fri"', '"mon-fry"', "mon-fry"),
        ('first = "07:30"', 'first = "7"', "first"),
        ("step_min = 30", "steps_min = 30", "step_min"),
        ('id = "day"', "", "id"),
    ],
)
def test_a_fault_is_told_with_its_key(old: str, new: str, told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        parse_roster_rules("r.toml", FAMILY.replace(old, new).encode())


def test_two_families_of_one_name_are_refused() -> None:
    with pytest.raises(DefinitionError, match="two families named day"):
        parse_roster_rules("r.toml", (FAMILY + FAMILY).encode())


def test_a_shift_over_midnight_is_on_duty_the_next_morning_and_over_the_end_of_the_week() -> None:
    night = ShiftForm("night", (7,), 20 * 60, 12 * 60, 2)
    on_duty = cover_of([night], 60)[:, 0]
    assert on_duty[6 * 24 + 20 :].tolist() == [1, 1, 1, 1]
    assert on_duty[:8].tolist() == [1] * 8
    assert on_duty.sum() == 12


def test_a_shift_becomes_a_row_of_a_roster() -> None:
    assert ShiftForm("n", (1,), 1200, 720, 2).as_roster("n") == RosterRow("n", (1,), 72_000, 28_800)
    assert ShiftForm("d", (1, 2), 0, 1440, 2).as_roster("d") == RosterRow("d", (1, 2), 0, 86_400)


def test_hand_over_is_paid_for_every_shift_and_person() -> None:
    assert ShiftForm("d", (1, 2, 3), 0, 480, 2).paid_min(15) == 3 * (480 + 15) * 2
