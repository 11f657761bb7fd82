"""Nothing is lost, everything can be undone, and parts give what the whole gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from beredt.missions.checks.rule import get_rule, load_rules
from beredt.missions.clean import Cleaned, clean, merge_cleaned
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.incident_table import RESPONDERS, STOPS_CLOCK
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.restore import restore
from beredt.missions.schema import CORRECTIONS, FINDINGS, INCIDENTS, MISSIONS, STAMPS
from tests.missions.plain_rows import REGION, cleaned, log, mission
from tests.missions.strange_rows import STRANGE_LOGS

CONTEXT = CleaningContext(
    region=REGION, latest=datetime(2027, 1, 1, tzinfo=UTC), stations=frozenset({"baerum", "asker"})
)
CLEANING = [name for name, rule in load_rules().items() if rule.cleans]


@given(STRANGE_LOGS)
def test_nothing_is_lost_and_everything_can_be_undone(rows: list[dict[str, Any]]) -> None:
    given_rows = log(*rows)
    done = clean(given_rows, CONTEXT)
    as_many_rows_came_out_as_went_in(rows, done)
    what_went_in_can_be_worked_out_from_what_came_out(given_rows, done)
    tables_have_their_columns_and_their_order(done)


def as_many_rows_came_out_as_went_in(rows: list[dict[str, Any]], done: Cleaned) -> None:
    kept = done.missions["row_id"].to_list()
    assert len(kept) == len(set(kept))
    assert set(kept) == {number for number, row in enumerate(rows) if row["unit"]}
    assert done.missions.height + done.incidents["rows_without_unit"].sum() == len(rows)
    assert done.incidents["missions"].sum() == done.missions.height
    assert set(done.missions["incident"]) <= set(done.incidents["incident"])
    assert done.incidents["incident"].is_unique().all()


def what_went_in_can_be_worked_out_from_what_came_out(given_rows: pl.DataFrame, done: Cleaned) -> None:
    restored = restore(done.missions, done.corrections, CONTEXT)
    expected = given_rows.filter(pl.col("unit") != "").with_columns(pl.col("cancelled").fill_null(value=False))
    compared = ["row_id", "source", "row", "unit", "unit_kind", "station", "urgency", *STAMPS, "cancelled", "age", "km"]
    assert_frame_equal(restored.select(compared), expected.select(compared))
    assert_frame_equal(restored.select("x", "y"), expected.select("x", "y"), abs_tol=1e-9)


def tables_have_their_columns_and_their_order(done: Cleaned) -> None:
    assert done.missions.schema == MISSIONS
    assert done.incidents.schema == INCIDENTS
    assert done.corrections.schema == CORRECTIONS
    assert done.findings.schema == FINDINGS
    for table, order in ((done.missions, ["call_t", "incident", "row_id"]), (done.incidents, ["call_t", "incident"])):
        assert_frame_equal(table, table.sort(order, nulls_last=True))


@settings(max_examples=20)
@given(STRANGE_LOGS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    given_rows = log(*rows)
    order = list(range(given_rows.height))
    random.shuffle(order)
    one, other = clean(given_rows, CONTEXT), clean(given_rows[order], CONTEXT)
    for table in ("missions", "incidents", "corrections", "findings"):
        assert_frame_equal(getattr(one, table), getattr(other, table))


@settings(max_examples=20)
@given(STRANGE_LOGS)
def test_parts_that_hold_whole_incidents_give_what_the_whole_gives(rows: list[dict[str, Any]]) -> None:
    given_rows = log(*rows)
    context = replace(CONTEXT, without=frozenset({"overlapping_missions"}))
    # Rows without a unit are left out: nothing says which incident they are in.
    named = given_rows.filter(pl.col("unit") != "")
    whole = clean(named, context)
    odd = whole.missions.filter(pl.col("incident") % 2 == 1)["row_id"].to_list()
    in_odd = pl.col("row_id").is_in(odd)
    halves = named.filter(in_odd), named.filter(~in_odd)
    parts = [clean(half, context) for half in halves]
    findings, rules = merge_cleaned(parts)
    assert rules == whole.rules
    assert_frame_equal(findings, whole.findings)
    order = ["call_t", "incident", "row_id"]
    assert_frame_equal(pl.concat([p.missions for p in parts]).sort(order, nulls_last=True), whole.missions)
    incidents = pl.concat([p.incidents for p in parts]).sort("call_t", "incident", nulls_last=True)
    assert_frame_equal(incidents, whole.incidents)


@given(STRANGE_LOGS, st.sampled_from(CLEANING))
def test_a_rule_that_is_switched_off_finds_nothing(rows: list[dict[str, Any]], rule: str) -> None:
    done = clean(log(*rows), replace(CONTEXT, without=frozenset({rule})))
    assert done.rules[rule] == 0
    assert rule not in done.findings["rule"]


@given(STRANGE_LOGS)
def test_counts_are_those_of_the_marks_and_incidents_those_of_a_slow_twin(rows: list[dict[str, Any]]) -> None:
    done = clean(log(*(row for row in rows if row["unit"])), CONTEXT)
    counts_are_those_of_the_marks(done)
    incidents_are_those_of_a_slow_twin(done)


def counts_are_those_of_the_marks(done: Cleaned) -> None:
    for name, count in done.rules.items():
        assert done.missions.filter(has_mark(get_rule(name).mask)).height == count
        found = done.findings.filter(rule=name)
        assert (found["count"].sum() >= count) if count else found.is_empty()
    changed = set(done.corrections["rule"].cast(pl.String))
    assert all(get_rule(name).action == "correct" and done.rules[name] for name in changed)


def incidents_are_those_of_a_slow_twin(done: Cleaned) -> None:
    missions = done.missions.sort("row_id").to_dicts()
    for incident in done.incidents.iter_rows(named=True):
        own = [row for row in missions if row["incident"] == incident["incident"]]
        fresh = [
            row for row in own if not row["marks"] & (get_rule("duplicate").mask | get_rule("near_duplicate").mask)
        ]
        assert incident["missions"] == len(own)
        assert incident["units"] == len({row["unit"] for row in own})
        assert incident["call_t"] == min((row["call_t"] for row in own if row["call_t"]), default=None)
        assert incident["urgency"] == min(row["urgency"] or "~" for row in own).strip("~")
        known = [row for row in own if row["lat"] is not None]
        assert incident["lat"] == (known[0]["lat"] if known else None)
        for column, stamp, kinds in (
            ("first_alerted_t", "alerted_t", None),
            ("first_rolling_t", "rolling_t", None),
            ("first_scene_t", "scene_t", STOPS_CLOCK),
            ("first_responder_scene_t", "scene_t", RESPONDERS),
        ):
            counted = [row for row in fresh if kinds is None or row["unit_kind"] in kinds]
            times = [row[stamp] for row in counted if row[stamp] and not row["marks"] & impossible_mask(stamp)]
            assert incident[column] == min(times, default=None), column
        assert incident["marks"] == _any_of(own)


def _any_of(rows: list[dict[str, Any]]) -> int:
    marks = 0
    for row in rows:
        marks |= row["marks"]
    return marks


def test_a_log_without_rows_gives_tables_without_rows() -> None:
    done = clean(log(mission()).clear(), CONTEXT)
    assert (done.missions.height, done.incidents.height, done.corrections.height, done.findings.height) == (0, 0, 0, 0)
    assert set(done.rules.values()) == {0}


def test_columns_that_a_log_does_not_have_are_unknown() -> None:
    rows = log(mission()).select("row_id", "source", "row", "unit", "call_t", "scene_t")
    done = clean(rows, CleaningContext())
    assert done.missions.select("urgency", "lat", "km", "cancelled").row(0) == ("", None, None, False)
    assert {name for name, count in done.rules.items() if count} == set()  # nobody is blamed for them


def test_marks_of_reading_stay() -> None:
    done = cleaned(mission(marks=get_rule("unreadable_time").mask))
    assert done.rules["unreadable_time"] == 1


def test_stamps_must_be_in_milliseconds() -> None:
    with pytest.raises(TypeError, match="milliseconds"):
        clean(log(mission()).with_columns(pl.col("scene_t").cast(pl.Datetime("us"))), CONTEXT)
