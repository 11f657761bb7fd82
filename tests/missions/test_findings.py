"""Findings are few lines, whatever a log holds."""

from __future__ import annotations

import polars as pl

from beredt.missions.findings import MOST_VALUES, OTHERS, merge_findings
from beredt.missions.schema import FINDINGS
from tests.missions.plain_rows import X, Y, cleaned, mission


def test_a_line_shows_the_first_row_what_stood_there_and_where_it_is() -> None:
    done = cleaned(mission(), mission(key="1", free_t=None, x=Y, y=X), mission(key="2", free_t=None))
    lines = done.findings.select("rule", "field", "row", "value", "count").rows()
    assert lines == [("missing_stamp", "free_t", 3, None, 2), ("position_axes", "", 3, f"{Y} {X}", 1)]
    assert done.findings["lat"].round(1).to_list() == [59.9, 59.9]
    assert done.findings["remedy"][0] == "Intervals that need it are empty, and their tables count how many."


def test_the_value_of_a_corrected_stamp_is_the_one_in_the_log() -> None:
    done = cleaned(mission(scene_t="11:40"))
    assert done.findings.select("rule", "value").rows() == [("stamp_order", "2026-03-10T11:40:00.000")]


def test_the_same_fault_in_two_inputs_is_two_lines() -> None:
    done = cleaned(mission(free_t=None), mission(free_t=None, source=1, unit="bil-2"))
    assert done.findings.filter(rule="missing_stamp").select("source", "row", "count").rows() == [(0, 2, 1), (1, 3, 1)]


def test_rare_values_beyond_a_limit_are_one_line() -> None:
    rows = [mission(urgency=f"X{k}", key=str(k)) for k in range(MOST_VALUES + 50)]
    done = cleaned(*rows, mission(urgency="X7", key="z"))
    lines = done.findings.filter(rule="unknown_urgency")
    assert lines.height == MOST_VALUES + 1
    assert dict(lines.select("value", "count").iter_rows())["X7"] == 2
    assert dict(lines.select("value", "count").iter_rows())[OTHERS] == 50
    assert lines["count"].sum() == MOST_VALUES + 51


def test_nothing_found_is_a_table_without_rows() -> None:
    assert merge_findings([]).schema == FINDINGS
    assert merge_findings([pl.DataFrame(schema=FINDINGS)]).is_empty()
