"""Public holidays as the almanac prints them."""

from __future__ import annotations

from datetime import date

import pytest

from beredt.demand.public_holidays import easter_sunday, public_holidays


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1943, 4, 25),
        (2000, 4, 23),
        (2008, 3, 23),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2030, 4, 21),
        (2285, 3, 22),
    ],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize("year", range(1900, 2101))
def test_easter_is_a_sunday_between_its_first_and_its_last_day(year: int) -> None:
    assert easter_sunday(year).isoweekday() == 7
    assert date(year, 3, 22) <= easter_sunday(year) <= date(year, 4, 25)


def test_the_red_days_of_2026() -> None:
    printed = [
        "01-01",
        "04-02",
        "04-03",
        "04-05",
        "04-06",
        "05-01",
        "05-14",
        "05-17",
        "05-24",
        "05-25",
        "12-25",
        "12-26",
    ]
    assert sorted(public_holidays(2026)) == [date.fromisoformat(f"2026-{one}") for one in printed]
