"""A log cut into stretches: every mission in each stretch that it reaches into, none of it lost, none twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.stretches import Stretch, cut_log, unit_missions
from beredt.missions.checks.rule import get_rule
from beredt.missions.marks import impossible_mask, rule_mask
from tests.indicators.made_store import make_store

DAY_MIN = 1_440.0
DAYS = ServiceDays("UTC", date(2026, 1, 1), 3)


def sent(call: float | None, begin: float, end: float, **more: Any) -> dict[str, Any]:
    """Times in minutes after the noon of the first day."""
    return {"unit": "a", "alerted_t": begin, "free_t": end} | ({"call_t": call} if call is not None else {}) | more


def cut(tmp_path: Path, *rows: dict[str, Any]) -> list[Stretch]:
    return list(cut_log(make_store(tmp_path / "store", rows), DAYS, 1))


def held(stretches: list[Stretch]) -> list[list[int]]:
    return [sorted(stretch.missions["row_id"].to_list()) for stretch in stretches]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (sent(0.0, 5.0, 60.0), [0]),
        (sent(700.0, 705.0, 800.0), [0, 1]),  # past midnight
        (sent(0.0, 5.0, 2 * DAY_MIN), [0, 1, 2]),
        (sent(-5 * DAY_MIN, 5.0, 60.0), [0]),  # ordered days ahead
        (sent(-DAY_MIN, -DAY_MIN, -DAY_MIN + 60), []),  # over before the first day
        (sent(3 * DAY_MIN, 3 * DAY_MIN, 3 * DAY_MIN + 60), []),
        (sent(None, DAY_MIN, DAY_MIN + 60), [1]),  # nobody knows the call
        (sent(0.0, DAY_MIN, DAY_MIN + 60, marks=impossible_mask("call_t")), [1]),  # nobody believes it
    ],
)
def test_a_mission_is_in_every_stretch_that_it_reaches_into(
    tmp_path: Path, row: dict[str, Any], where: list[int]
) -> None:
    stretches = cut(tmp_path, row, *[sent(DAY_MIN * day, DAY_MIN * day, DAY_MIN * day + 1) for day in range(3)])
    assert [number for number, rows in enumerate(held(stretches)) if 0 in rows] == where
    for stretch in stretches:
        here = set(stretch.incidents["incident"].to_list())
        assert set(stretch.missions["incident"].to_list()) <= here
        assert len(here) == stretch.incidents.height
        assert stretch.missions["row_id"].is_unique().all()


def test_stretches_make_up_the_days(tmp_path: Path) -> None:
    assert [(one.first, one.days) for one in cut(tmp_path, *[sent(0.0, 5.0, 60.0)] * 4)] == [(0, 1), (1, 1), (2, 1)]


def test_what_happened_once_is_there_once(tmp_path: Path) -> None:
    again = rule_mask(get_rule("duplicate").number)
    store = make_store(tmp_path / "store", [sent(0.0, 5.0, 60.0), sent(0.0, 5.0, 60.0, marks=again)])
    assert unit_missions(store).collect()["row_id"].to_list() == [0]


def test_stamps_that_cannot_be_are_not_there(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", [sent(0.0, 5.0, 60.0, marks=impossible_mask("free_t"))])
    (row,) = unit_missions(store).collect().to_dicts()
    assert row["free_t"] is None
    assert row["alerted_t"] is not None
