"""Stamps after midnight with the date of the day before."""

from __future__ import annotations

from datetime import datetime

import pytest

from beredt.missions.cleaning_context import CleaningContext
from tests.missions.plain_rows import REGION, cleaned, doubted, marked, mission, utc

LATE = datetime(2026, 3, 10, 23, 50)


def test_a_mission_over_midnight_with_true_dates_is_left_alone() -> None:
    done = cleaned(mission(LATE))
    assert done.rules["midnight"] == 0
    assert done.corrections.is_empty()


def test_all_stamps_after_midnight_move_to_the_next_day() -> None:
    wrong = {"scene_t": "00:01", "leave_t": "00:21", "dest_t": "00:36", "free_t": "00:51"}
    done = cleaned(mission(LATE, **wrong))
    row = done.missions.row(0, named=True)
    assert [row["scene_t"], row["free_t"]] == [utc("2026-03-10 23:01"), utc("2026-03-10 23:51")]
    assert marked(done, "midnight") == [0]
    assert doubted(done) == {}
    assert done.corrections.filter(field="scene_t").row(0, named=True) == {
        "row_id": 0,
        "field": "scene_t",
        "before": "2026-03-10T00:01:00.000",
        "after": "2026-03-11T00:01:00.000",
        "rule": "midnight",
    }


def test_a_stamp_a_little_too_early_is_out_of_order_and_not_of_another_day() -> None:
    done = cleaned(mission(LATE, scene_t="23:40"))
    assert done.rules["midnight"] == 0
    assert doubted(done) == {0: ["scene_t"]}


def test_the_night_when_summer_time_begins_is_no_day_of_24_hours() -> None:
    done = cleaned(mission(datetime(2026, 3, 28, 23, 50), free_t="03:30", leave_t=None, dest_t=None, scene_t=None))
    assert done.missions["free_t"].to_list() == [utc("2026-03-29 01:30")]


@pytest.mark.parametrize("day", [datetime(2026, 10, 25), datetime(2026, 3, 29)])
def test_days_of_25_and_of_23_hours_are_days_on_the_clock(day: datetime) -> None:
    late = day.replace(hour=23, minute=55)
    done = cleaned(mission(late, scene_t="00:06", leave_t=None, dest_t=None, free_t="00:56"))
    shown = done.missions["free_t"].dt.convert_time_zone("Europe/Oslo").dt.strftime("%d %H:%M").to_list()
    assert shown == [f"{day.day + 1} 00:56"]


def test_switched_off_the_stamps_are_out_of_order() -> None:
    context = CleaningContext(region=REGION, without=frozenset({"midnight"}))
    done = cleaned(mission(LATE, free_t="00:51"), context=context)
    assert (done.rules["midnight"], doubted(done)) == (0, {0: ["free_t"]})
