"""When units were at work: little stories, and a unit that is never in two places."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.observing.work import LONGEST_MS, MISSING, WORK_STAMPS, Work, work_of

Mission = dict[str, int]


def work(*missions: Mission, units: tuple[int, ...] = ()) -> Work:
    """Missions by their stamps, all of unit 0 unless told otherwise."""
    stamps = [np.array([one.get(name, MISSING) for one in missions], np.int64) for name in WORK_STAMPS]
    return work_of(np.array(units or [0] * len(missions), np.int32), stamps)


def spans(told: Work) -> list[tuple[int, int]]:
    return list(zip(told.begin.tolist(), told.end.tolist(), strict=True))


def test_work_is_from_the_alert_until_the_unit_is_free() -> None:
    assert spans(work({"alerted_t": 60, "scene_t": 500, "free_t": 3_000})) == [(60, 3_000)]


def test_without_an_alert_it_begins_with_the_first_stamp() -> None:
    assert spans(work({"scene_t": 500, "free_t": 3_000})) == [(500, 3_000)]


def test_without_an_end_it_ends_with_the_last_stamp_and_says_so() -> None:
    told = work({"alerted_t": 60, "leave_t": 900})
    assert spans(told) == [(60, 900)]
    assert told.free_missing.tolist() == [True]


def test_an_end_of_another_day_is_not_believed() -> None:
    told = work({"alerted_t": 60, "scene_t": 900, "free_t": 900 + LONGEST_MS + 1})
    assert spans(told) == [(60, 900)]
    assert told.free_too_late.tolist() == [True]


def test_two_missions_at_once_are_worked_once() -> None:
    told = work(
        {"alerted_t": 0, "free_t": 100},
        {"alerted_t": 60, "free_t": 150},  # reaches over the first
        {"alerted_t": 70, "free_t": 90},  # within it
    )
    assert spans(told) == [(0, 100), (100, 150), (150, 150)]
    assert told.overlapped.tolist() == [False, True, True]


def test_units_do_not_touch_each_other() -> None:
    told = work({"alerted_t": 0, "free_t": 100}, {"alerted_t": 60, "free_t": 150}, units=(0, 1))
    assert spans(told) == [(0, 100), (60, 150)]


stamp = st.one_of(st.none(), st.integers(0, 200))
some_stamps = st.tuples(*[stamp] * len(WORK_STAMPS)).filter(lambda stamps: any(one is not None for one in stamps))


@given(st.lists(st.tuples(st.integers(0, 1), some_stamps), max_size=12))
def test_a_unit_is_at_work_exactly_while_any_of_its_missions_goes_on(
    rows: list[tuple[int, tuple[int | None, ...]]],
) -> None:
    missions = [
        {name: one for name, one in zip(WORK_STAMPS, stamps, strict=True) if one is not None} for _, stamps in rows
    ]
    told = work(*missions, units=tuple(unit for unit, _ in rows))
    for unit in (0, 1):
        wanted: set[int] = set()
        found: list[int] = []
        for (of, stamps), (begin, end) in zip(rows, spans(told), strict=True):
            if of == unit:
                there = [one for one in stamps if one is not None]
                wanted |= set(range(there[0], there[-1] if stamps[-1] is not None else max(there)))
                found += range(begin, end)
        assert len(found) == len(set(found))
        assert set(found) == wanted


def test_nothing_is_worked_out_of_nothing() -> None:
    assert spans(work()) == []
