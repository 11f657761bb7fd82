"""Rows that say again what another row says, and units in two places at once."""

from __future__ import annotations

from typing import Any

from tests.missions.plain_rows import cleaned, marked, mission


def test_a_row_that_says_the_same_is_a_duplicate() -> None:
    done = cleaned(mission(), mission(), mission(unit="bil-2"), mission())
    assert marked(done, "duplicate") == [1, 3]
    assert marked(done, "near_duplicate") == []
    assert done.missions.height == 4
    assert done.incidents.select("missions", "units").rows() == [(4, 2)]


def test_rows_of_different_incidents_are_no_duplicates() -> None:
    assert marked(cleaned(mission(key="1"), mission(key="2")), "duplicate") == []


def test_of_nearly_equal_rows_the_fullest_counts() -> None:
    done = cleaned(mission(free_t=None), mission(alerted_t="12:02:20"), mission(alerted_t="12:02:30", dest_t=None))
    assert marked(done, "near_duplicate") == [0, 2]
    assert marked(done, "duplicate") == []


def test_of_equally_full_rows_the_first_counts() -> None:
    assert marked(cleaned(mission(), mission(free_t="13:02")), "near_duplicate") == [1]


def test_a_unit_that_is_sent_again_later_is_sent_twice() -> None:
    assert marked(cleaned(mission(key="1"), mission(key="1", alerted_t="12:20")), "near_duplicate") == []


def test_a_row_that_does_not_say_when_its_unit_was_alerted_is_near_the_others() -> None:
    assert marked(cleaned(mission(), mission(alerted_t=None)), "near_duplicate") == [1]


def test_rows_without_a_unit_can_be_duplicates_but_not_near_ones() -> None:
    done = cleaned(mission(unit=""), mission(unit=""), mission(unit="", free_t=None))
    assert (done.rules["duplicate"], done.rules["near_duplicate"]) == (1, 0)
    assert done.incidents["rows_without_unit"].to_list() == [3]


def test_a_unit_that_rolls_before_it_is_free_is_in_two_places() -> None:
    short: dict[str, Any] = {"leave_t": None, "dest_t": None}
    done = cleaned(
        mission(key="1"),
        mission(key="2", alerted_t="12:50", rolling_t="13:00:59", scene_t="13:05", free_t="14:00", **short),
        mission(key="3", alerted_t="14:00", rolling_t="14:00", scene_t="14:05", free_t="15:00", **short),
        mission(key="4", unit="bil-2"),
    )
    assert marked(done, "overlapping_missions") == [1]


def test_a_duplicate_is_not_in_its_own_way() -> None:
    assert marked(cleaned(mission(), mission()), "overlapping_missions") == []
