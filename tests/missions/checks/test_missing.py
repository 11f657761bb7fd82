"""What rows do not say, missions that came to nothing, and stamps from other times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.schema import STAMPS
from tests.missions.plain_rows import REGION, cleaned, doubted, marked, mission

NO_STAMPS: dict[str, Any] = {name: None for name in STAMPS if name != "call_t"}


def test_a_finished_mission_without_transport_lacks_nothing() -> None:
    done = cleaned(mission(leave_t=None, dest_t=None), mission())
    assert done.rules["missing_stamp"] == 0


def test_the_stamps_that_a_finished_mission_lacks_are_named() -> None:
    done = cleaned(mission(scene_t=None), mission(free_t=None, alerted_t=None), mission())
    assert marked(done, "missing_stamp") == [0, 1]
    assert done.findings.filter(rule="missing_stamp").select("field", "count").rows() == [
        *(("alerted_t", 1), ("free_t", 1), ("scene_t", 1))
    ]


def test_cancelled_missions_lack_nothing() -> None:
    done = cleaned(mission(cancelled=True, scene_t=None, leave_t=None, dest_t=None))
    assert (done.rules["cancelled"], done.rules["broken_off"], done.rules["missing_stamp"]) == (1, 0, 0)


def test_a_unit_that_is_free_without_having_been_there_was_broken_off() -> None:
    done = cleaned(mission(scene_t=None, leave_t=None, dest_t=None))
    assert (done.rules["cancelled"], done.rules["broken_off"], done.rules["missing_stamp"]) == (0, 1, 0)
    assert done.missions["cancelled"].to_list() == [False]


def test_rows_without_a_call_a_unit_or_stamps_are_kept() -> None:
    done = cleaned(mission(call_t=None, key="1"), mission(unit="", key="2"), mission(**NO_STAMPS, key="3"))
    assert marked(done, "missing_call") == [0]
    assert marked(done, "no_stamps") == [2]
    assert done.rules["no_unit"] == 1
    assert done.missions["row_id"].sort().to_list() == [0, 2]
    assert done.incidents.sort("incident").select("incident", "missions", "rows_without_unit").rows() == [
        *((0, 1, 0), (1, 0, 1), (2, 1, 0))
    ]


def test_stamps_from_before_the_log_and_after_it_are_doubted() -> None:
    context = CleaningContext(region=REGION, latest=datetime(2026, 4, 1, tzinfo=UTC))
    done = cleaned(mission(scene_t=datetime(1900, 1, 1)), mission(free_t=datetime(2026, 10, 3, 13, 1)), context=context)
    assert doubted(done) == {0: ["scene_t"], 1: ["free_t"]}
    assert (marked(done, "early_stamp"), marked(done, "future_stamp")) == ([0], [1])
    assert done.rules["stamp_order"] == 0


def test_stamps_that_a_long_step_parts_from_most_others_are_doubted() -> None:
    done = cleaned(
        mission(free_t=datetime(2026, 3, 11, 9)), mission(scene_t="19:00", leave_t=None, dest_t=None, free_t=None)
    )
    assert doubted(done) == {0: ["free_t"], 1: ["scene_t"]}
    assert marked(done, "long_interval") == [0, 1]


def test_what_is_ordered_ahead_may_wait_for_days_and_what_is_acute_may_not() -> None:
    ordered = datetime(2026, 3, 5, 9)
    done = cleaned(*(mission(call_t=ordered, created_t=None, urgency=urgency) for urgency in "AHV"))
    assert doubted(done) == {0: ["call_t"], 1: ["call_t"]}
