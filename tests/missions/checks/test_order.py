"""Which stamps are doubted when stamps contradict each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.checks.order import doubtful
from beredt.missions.checks.stamps import NO_TIME
from tests.missions.plain_rows import cleaned, doubted, marked, mission


def test_a_mission_in_order_is_not_marked() -> None:
    assert marked(cleaned(mission()), "stamp_order") == []


def test_equal_stamps_are_in_order() -> None:
    assert marked(cleaned(mission(rolling_t="12:02", scene_t="12:02")), "stamp_order") == []


def test_the_one_stamp_that_contradicts_all_others_is_doubted() -> None:
    done = cleaned(mission(scene_t="11:40"), mission(leave_t="13:30"))
    assert doubted(done) == {0: ["scene_t"], 1: ["leave_t"]}
    assert done.rules["stamp_order"] == 2


def test_a_call_after_everything_else_is_doubted_itself() -> None:
    assert doubted(cleaned(mission(call_t="14:00", created_t="14:01"))) == {0: ["call_t"]}


def test_of_two_stamps_that_changed_places_neither_is_believed() -> None:
    assert doubted(cleaned(mission(rolling_t="12:11", scene_t="12:03"))) == {0: ["rolling_t", "scene_t"]}


def test_a_mission_may_be_written_down_after_its_unit_was_alerted_but_not_before_the_call() -> None:
    done = cleaned(mission(created_t="12:05"), mission(created_t="11:58"))
    assert doubted(done) == {1: ["created_t"]}


def test_absent_stamps_are_in_nobodys_way() -> None:
    assert doubted(cleaned(mission(rolling_t=None, scene_t="11:00", dest_t=None))) == {0: ["scene_t"]}


def test_the_value_in_the_log_stays() -> None:
    done = cleaned(mission(scene_t="11:40"))
    assert done.missions["scene_t"].dt.strftime("%H:%M").to_list() == ["10:40"]  # UTC
    assert done.corrections.is_empty()


TIMES = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=7)


@given(TIMES)
def test_doubt_falls_on_every_smallest_set_that_leaves_order(times: list[int | None]) -> None:
    present = [k for k, time in enumerate(times) if time is not None]
    smallest: set[int] = set()
    for size in range(len(present) + 1):
        for away in combinations(present, size):
            left = [times[k] for k in present if k not in away]
            if left == sorted(left, key=lambda time: time or 0):
                smallest |= set(away)
        if smallest or present == sorted(present, key=lambda k: (times[k], k)):
            break
    array = np.array([[NO_TIME if time is None else time] for time in times])
    assert set(np.flatnonzero(doubtful(array)[:, 0]).tolist()) == smallest
