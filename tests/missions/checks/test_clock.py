"""Clocks that are moved: times that never were, and times that came twice."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from beredt.missions.clean import clean
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.schema import STAMPS
from tests.missions.plain_rows import CONTEXT, REGION, cleaned, doubted, log, marked, mission, utc

SPRING, AUTUMN = datetime(2026, 3, 29, 1, 30), datetime(2026, 10, 25, 1, 30)


def test_summer_and_winter_have_their_own_offsets() -> None:
    done = cleaned(mission(), mission(datetime(2026, 7, 1, 12)))
    assert done.missions["call_t"].to_list() == [utc("2026-03-10 11:00"), utc("2026-07-01 10:00")]


def test_a_time_that_never_was_keeps_its_distance_from_the_stamps_before() -> None:
    done = cleaned(mission(SPRING, leave_t="02:10", dest_t="03:20", free_t="03:30"))
    row = done.missions.row(0, named=True)
    assert [row["leave_t"], row["dest_t"]] == [utc("2026-03-29 01:10"), utc("2026-03-29 01:20")]
    assert marked(done, "missing_clock") == [0]
    assert done.corrections.select("field", "before", "after").rows() == [
        ("leave_t", "2026-03-29T02:10:00.000", "2026-03-29T03:10:00.000")
    ]


def test_of_two_equal_times_the_earlier_is_taken() -> None:
    done = cleaned(mission(AUTUMN, scene_t="02:05", leave_t="02:20", dest_t="03:10", free_t="03:30"))
    row = done.missions.row(0, named=True)
    assert [row["scene_t"], row["leave_t"]] == [utc("2026-10-25 00:05"), utc("2026-10-25 00:20")]
    assert marked(done, "ambiguous_clock") == [0]


def test_the_order_of_the_stamps_can_ask_for_the_later() -> None:
    done = cleaned(mission(AUTUMN, scene_t="02:50", leave_t="02:10", dest_t="02:30", free_t="03:10"))
    row = done.missions.row(0, named=True)
    assert row["scene_t"] == utc("2026-10-25 00:50")
    assert [row["leave_t"], row["dest_t"]] == [utc("2026-10-25 01:10"), utc("2026-10-25 01:30")]
    assert doubted(done) == {}


def test_stamps_that_are_utc_already_are_settled_in_the_same_way() -> None:
    rows = log(mission(AUTUMN, scene_t="02:50", leave_t="02:10", dest_t="02:30", free_t="03:10"))
    aware = rows.with_columns(
        pl.col(*STAMPS).dt.replace_time_zone("Europe/Oslo", ambiguous="earliest").dt.convert_time_zone("UTC")
    )
    assert clean(aware, CONTEXT).missions.equals(clean(rows, CONTEXT).missions)


def test_a_log_in_utc_has_no_such_nights() -> None:
    context = CleaningContext(region=REGION, local_clock=False)
    done = cleaned(mission(SPRING), mission(AUTUMN), context=context)
    assert done.missions["call_t"].to_list() == [utc("2026-03-29 01:30"), utc("2026-10-25 01:30")]
    assert (done.rules["missing_clock"], done.rules["ambiguous_clock"]) == (0, 0)
