"""Codes that the profile does not know, stations in no list, ages and distances that cannot be."""

from __future__ import annotations

from beredt.missions.cleaning_context import CleaningContext
from tests.missions.plain_rows import REGION, cleaned, marked, mission


def test_an_unknown_urgency_is_no_urgency_and_is_counted_by_its_code() -> None:
    done = cleaned(mission(urgency="Q"), mission(urgency="Q"), mission(urgency="rød"), mission(urgency=""), mission())
    assert done.missions.sort("row_id")["urgency"].to_list() == ["", "", "", "", "A"]
    assert marked(done, "unknown_urgency") == [0, 1, 2]
    lines = done.findings.filter(rule="unknown_urgency").select("field", "value", "count", "row").rows()
    assert lines == [("urgency", "Q", 2, 2), ("urgency", "rød", 1, 4)]
    assert done.corrections["before"].to_list() == ["Q", "Q", "rød"]


def test_the_first_urgency_is_the_last_where_nothing_else_is_known() -> None:
    done = cleaned(mission(), mission(urgency="H", urgency_first="A"))
    assert done.missions.sort("row_id")["urgency_first"].to_list() == ["A", "A"]


def test_an_unknown_kind_of_unit_is_another_kind() -> None:
    done = cleaned(mission(unit_kind="Romferge"), mission(unit_kind=""))
    assert done.missions.sort("row_id")["unit_kind"].to_list() == ["other", ""]
    assert marked(done, "unknown_unit_kind") == [0]


def test_stations_are_held_against_a_list_where_there_is_one() -> None:
    rows = mission(), mission(station="Bærum"), mission(station="")
    assert marked(cleaned(*rows), "unknown_station") == []
    done = cleaned(*rows, context=CleaningContext(region=REGION, stations=frozenset({"baerum", "asker"})))
    assert marked(done, "unknown_station") == [1]
    assert done.missions.sort("row_id")["station"].to_list() == ["baerum", "Bærum", ""]


def test_ages_and_distances_that_cannot_be_are_unknown() -> None:
    done = cleaned(mission(age=-1, km=3.5), mission(age=999, km=-0.5), mission(age=120, km=1e7), mission())
    table = done.missions.sort("row_id")
    assert table["age"].to_list() == [None, None, 120, None]
    assert table["km"].to_list() == [3.5, None, None, None]
    assert (marked(done, "impossible_age"), marked(done, "impossible_km")) == ([0, 1], [1, 2])
    assert done.corrections.filter(field="age")["before"].to_list() == ["-1", "999"]
