"""Named intervals: worked out by hand, empty where a log does not say, and never negative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import UnknownIdError
from beredt.missions.intervals import (
    INCIDENT_INTERVALS,
    MISSION_INTERVALS,
    incident_interval_s,
    local,
    mission_intervals,
)
from beredt.missions.marks import impossible_mask
from beredt.missions.schema import STAMP, STAMPS

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def mission(after_s: Mapping[str, float | None], marks: int = 0) -> pl.DataFrame:
    """One mission with stamps some seconds after the start."""
    stamps = {f"{name}_t": after_s.get(name) for name in (stamp.removesuffix("_t") for stamp in STAMPS)}
    times = {name: None if s is None else START + timedelta(seconds=s) for name, s in stamps.items()}
    return pl.DataFrame([{**times, "marks": marks}], schema={**dict.fromkeys(STAMPS, STAMP), "marks": pl.UInt64})


def intervals(frame: pl.DataFrame) -> dict[str, float | None]:
    return frame.select(mission_intervals()).row(0, named=True)


WHOLE: dict[str, float | None] = {
    "call": 0, "created": 30, "alerted": 125, "rolling": 213, "scene": 700.5,
    "patient": 760.5, "leave": 1_900.5, "dest": 2_500.5, "free": 3_508.5,
}  # fmt: skip


def test_a_whole_mission_by_hand() -> None:
    assert intervals(mission(WHOLE)) == {
        "handling": 125.0,
        "mobilisation": 88.0,
        "travel": 487.5,
        "response": 700.5,
        "to_patient": 60.0,
        "on_scene": 1_200.0,
        "transport": 600.0,
        "handover": 1_008.0,
        "mission": 3_383.5,
    }


def test_a_missing_stamp_leaves_only_its_own_intervals_empty() -> None:
    found = intervals(mission({**WHOLE, "scene": None}))
    assert [name for name, seconds in found.items() if seconds is None] == [
        "travel", "response", "to_patient", "on_scene",
    ]  # fmt: skip


def test_a_stamp_that_is_marked_as_impossible_counts_as_missing() -> None:
    found = intervals(mission(WHOLE, impossible_mask("rolling_t")))
    assert [name for name, seconds in found.items() if seconds is None] == ["mobilisation", "travel"]


def test_marks_of_other_rules_change_nothing() -> None:
    assert intervals(mission(WHOLE, (1 << 48) - 1)) == intervals(mission(WHOLE))


@given(st.fixed_dictionaries({name: st.none() | st.integers(-5_000, 5_000) for name in WHOLE}))
def test_no_interval_is_ever_negative_or_made_up(after_s: dict[str, float | None]) -> None:
    found = intervals(mission(after_s))
    for name, interval in MISSION_INTERVALS.items():
        begin, end = after_s[interval.begin.removesuffix("_t")], after_s[interval.end.removesuffix("_t")]
        expected = None if begin is None or end is None or end < begin else end - begin
        assert found[name] == expected


@pytest.mark.parametrize(
    ("ambulance", "responder", "without", "with_responders"),
    [
        (700, 400, 700, 400),
        (400, 700, 400, 400),
        (None, 400, None, 400),
        (700, None, 700, 700),
        (None, None, None, None),
    ],
)
def test_a_switch_says_whether_responders_stop_the_clock(
    ambulance: int | None, responder: int | None, without: int | None, with_responders: int | None
) -> None:
    def at(seconds: int | None) -> datetime | None:
        return None if seconds is None else START + timedelta(seconds=seconds)

    frame = pl.DataFrame(
        [{"call_t": START, "first_scene_t": at(ambulance), "first_responder_scene_t": at(responder)}],
        schema=dict.fromkeys(("call_t", "first_scene_t", "first_responder_scene_t"), STAMP),
    )
    assert frame.select(incident_interval_s("response")).item() == without
    assert frame.select(incident_interval_s("response", responders_stop_the_clock=True)).item() == with_responders


def test_local_clocks_follow_the_zone_through_the_night_that_loses_an_hour() -> None:
    frame = pl.concat([mission({"call": 0}), mission({"call": 3_600})]).select(local("call_t", "Europe/Oslo").dt.hour())
    assert frame["call_t"].to_list() == [1, 3]


def test_an_unknown_interval_is_refused_with_a_hint() -> None:
    assert set(INCIDENT_INTERVALS) == {"handling", "to_rolling", "response"}
    with pytest.raises(UnknownIdError, match="did you mean 'response'"):
        incident_interval_s("respnse")
