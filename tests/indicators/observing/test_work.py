"""When units were at work: little stories, and a unit that is never in two places."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.observing.work import LONGEST_S, WORK_STAMPS, with_work

SCHEMA = {"row_id": pl.Int64, "unit": pl.String, **dict.fromkeys(WORK_STAMPS, pl.Float64)}


def work(*missions: dict[str, Any]) -> pl.DataFrame:
    rows = [dict.fromkeys(SCHEMA) | {"row_id": number, "unit": "one"} | row for number, row in enumerate(missions)]
    return with_work(pl.DataFrame(rows, schema=SCHEMA)).sort("row_id")


def spans(table: pl.DataFrame) -> list[tuple[float | None, float | None]]:
    return list(table.select("begin_s", "end_s").iter_rows())


def test_work_is_from_the_alert_until_the_unit_is_free() -> None:
    assert spans(work({"alerted_t": 60.0, "scene_t": 500.0, "free_t": 3_000.0})) == [(60.0, 3_000.0)]


def test_without_an_alert_it_begins_with_the_first_stamp() -> None:
    assert spans(work({"scene_t": 500.0, "free_t": 3_000.0})) == [(500.0, 3_000.0)]


def test_without_an_end_it_ends_with_the_last_stamp_and_says_so() -> None:
    told = work({"alerted_t": 60.0, "leave_t": 900.0})
    assert spans(told) == [(60.0, 900.0)]
    assert told["free_missing"].to_list() == [True]


def test_an_end_of_another_day_is_not_believed() -> None:
    told = work({"alerted_t": 60.0, "scene_t": 900.0, "free_t": 900.0 + LONGEST_S + 1})
    assert spans(told) == [(60.0, 900.0)]
    assert told["free_too_late"].to_list() == [True]


def test_a_mission_without_stamps_is_no_work() -> None:
    assert spans(work({})) == [(None, None)]


def test_two_missions_at_once_are_worked_once() -> None:
    told = work(
        {"alerted_t": 0.0, "free_t": 100.0},
        {"alerted_t": 60.0, "free_t": 150.0},  # reaches over the first
        {"alerted_t": 70.0, "free_t": 90.0},  # within it
    )
    assert spans(told) == [(0.0, 100.0), (100.0, 150.0), (150.0, 150.0)]
    assert told["overlapped"].to_list() == [False, True, True]


def test_units_do_not_touch_each_other() -> None:
    told = work({"alerted_t": 0.0, "free_t": 100.0}, {"unit": "two", "alerted_t": 60.0, "free_t": 150.0})
    assert spans(told) == [(0.0, 100.0), (60.0, 150.0)]


stamp = st.one_of(st.none(), st.integers(0, 200).map(float))


@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.tuples(*[stamp] * len(WORK_STAMPS))), max_size=12))
def test_a_unit_is_at_work_exactly_while_any_of_its_missions_goes_on(rows: list[tuple[str, tuple[Any, ...]]]) -> None:
    told = work(*({"unit": unit, **dict(zip(WORK_STAMPS, stamps, strict=True))} for unit, stamps in rows))
    for unit in ("one", "two"):
        mine = told.filter(pl.col("unit") == unit)
        wanted: set[int] = set()
        for stamps in mine.select(WORK_STAMPS).iter_rows():
            there = [one for one in stamps if one is not None]
            if there:
                begin = next(one for one in stamps if one is not None)
                end = stamps[-1] if stamps[-1] is not None else max(there)
                wanted |= set(range(int(begin), int(end)))
        found = [
            second for begin, end in spans(mine) if begin is not None for second in range(int(begin), int(end or 0))
        ]
        assert len(found) == len(set(found))
        assert set(found) == wanted


def test_the_stamps_of_work_are_in_order_of_a_mission() -> None:
    assert WORK_STAMPS[0] == "alerted_t"
    assert WORK_STAMPS[-1] == "free_t"
    assert pytest.approx(86_400.0) == LONGEST_S
