"""Faults of alternatives and sensitivities: in the file, in an edit, or in what the edits would make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.spoil import issues_of, messages, only, replaced
from tests.tiny_study import ALTERNATIVE_TWO, tiny_files

TWO = "alternatives/2.toml"


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('id = "2"', 'id = "0+"', "id", "alternative '0+' is also in alternatives/0-plus.toml"),
        ('id = "2"', 'id = "alternative two"', "id", "not an id, or not in the form that is asked for"),
        ('id = "2"', "id = 2", "id", "the value should be a valid string"),
        ("title", "titel", "titel", "no such key"),
        ("title", "titel", "title", "the key is missing"),
        (', nb = "Vest overtar"', "", "title", "there is no text in nb, a language of the study"),
        ('edit = "open_station"', 'edit = "open_statoin"', "edits[3].edit", "no such edit"),
        ('edit = "open_station"\n', "", "edits[3].edit", "the key is missing"),
        ('edit = "open_station"', "edit = 3", "edits[3].edit", "no such edit"),
        ('name = "Midt"', 'nmae = "Midt"', "edits[3].nmae", "no such key in open_station"),
        ('name = "Midt"', 'nmae = "Midt"', "edits[3].name", "the key is missing in open_station"),
        ('name = "Midt"', 'name = ""', "edits[3].name", "empty, or with control characters"),
        ('name = "Midt"', "name = 3", "edits[3].name", "not a text"),
        ("lat = 59.899", 'lat = "59.899"', "edits[3].lat", "not a number"),
        ("lat = 59.899", "lat = nan", "edits[3].lat", "not a finite number"),
        ("lat = 59.899", "lat = true", "edits[3].lat", "not a number"),
        ("lat = 59.899", "lat = 599", "edits[3].lat", "out of range"),
        ("lat = 59.899", "lat = 60.899", "edits[3].lat", "the place lies outside the region"),
        ("lat = 59.899\nlon = 10.60", "lat = 10.60\nlon = 59.899", "edits[3].lat", "lat and lon are swapped"),
        ('station = "st-mid"', 'station = "st-mdi"', "edits[4].station",
         "add_unit: there is no 'st-mdi' in stations.id"),
        ('roster = "all-day"', 'roster = "all-dya"', "edits[4].roster",
         "add_unit: there is no 'all-dya' in rosters.id"),
        ('id = "m-1"', 'id = "e-1"', "edits[4].id", "add_unit: units already has 'e-1'"),
        ('municipalities = ["vest"]', 'municipalities = ["vset"]', "edits[1].municipalities",
         "assign_areas: there is no 'vset' in municipalities.id"),
        ('municipalities = ["vest"]', 'municipalities = "vest"', "edits[1].municipalities", "not a list of texts"),
        ('municipalities = ["vest"]', "municipalities = []", "edits[1].municipalities", "the list is empty"),
        ('urgency = "A"', 'urgency = "B"', "edits[5].urgency", "not one of the values"),
        ("ask_s = 90", "ask_s = -90", "edits[5].ask_s", "out of range"),
        ("ask_s = 90", "ask_s = 1e400", "edits[5].ask_s", "not a finite number"),
        ("ask_s = 90", "ask_s = 1" + "0" * 400, "edits[5].ask_s", "out of range"),
        ("view_age_s = 300", "view_age_s = 0", "edits[5].view_age_s",
         "set_border_policy: a stale view needs an age above 0"),
        ("[[edits]]", "[edits]", None, "not valid TOML"),
    ],
)  # fmt: skip
def test_a_fault_in_an_alternative(tmp_path: Path, old: str, new: str, field: str | None, message: str) -> None:
    issues = issues_of(tmp_path, replaced(TWO, old, new))
    found = [issue for issue in issues if issue.file == TWO and issue.field == field]
    assert any(issue.message.startswith(message) for issue in found), messages(issues)
    assert all(issue.row is not None for issue in found) or (message, field) == ("the key is missing", "title")


def test_a_complaint_names_file_line_and_edit(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced(TWO, 'station = "st-west"', 'station = "st-wset"')), TWO)
    assert (issue.row, issue.field, issue.value) == (13, "edits[2].station", "st-wset")
    assert issue.remedy == "did you mean st-west?"


def test_a_faulty_edit_brings_one_issue_not_one_for_each_that_relies_on_it(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced(TWO, "lat = 59.899", "lat = 599")), TWO)
    assert issue.field == "edits[3].lat"


def test_edits_that_are_no_list_of_tables(tmp_path: Path) -> None:
    head = ALTERNATIVE_TWO.partition("[[edits]]")[0]
    for edits in ("edits = 3", "edits = [3]", 'edits = "move"'):
        issues = issues_of(tmp_path, {TWO: head + edits + "\n"})
        assert any(issue.file == TWO and (issue.field or "").startswith("edits") for issue in issues), messages(issues)


def test_what_edits_leave_must_still_be_able_to_serve(tmp_path: Path) -> None:
    removals = "".join(f'\n[[edits]]\nedit = "remove_unit"\nunit = "{unit}"\n' for unit in ("e-1", "e-2", "w-1", "s-1"))
    issues = issues_of(tmp_path, {"alternatives/0-plus.toml": tiny_files()["alternatives/0-plus.toml"] + removals})
    assert any("after all edits no unit may be sent" in issue.message for issue in issues), messages(issues)


def test_a_sensitivity_is_tried_on_the_base_and_on_every_alternative(tmp_path: Path) -> None:
    close = '[[sensitivities.edits]]\nedit = "remove_unit"\nunit = "m-1"\n\n[break_even]'
    issue = only(issues_of(tmp_path, replaced("study.toml", "[break_even]", close)), "study.toml")
    assert issue.field == "sensitivities[1].edits[2].unit"
    assert issue.message == "remove_unit: there is no 'm-1' in units.id"
    add = close.replace("remove_unit", "add_unit").replace('unit = "m-1"', 'id = "m-1"\nstation = "st-east"\n')
    add = add.replace("\n\n[break", 'unit_kind = "ambulance"\nroster = "all-day"\n\n[break')
    issue = only(issues_of(tmp_path, replaced("study.toml", "[break_even]", add)), "study.toml")
    assert issue.message == "on top of alternative 2: add_unit: units already has 'm-1'"


def test_a_sensitivity_may_be_about_one_alternative(tmp_path: Path) -> None:
    closes = '[[sensitivities.edits]]\nedit = "remove_unit"\nunit = "m-1"\n\n[break_even]'
    text = tiny_files()["study.toml"].replace("[break_even]", closes, 1)
    text = text.replace("decides =", 'alternatives = ["2"]\ndecides =')
    assert issues_of(tmp_path, {"study.toml": text}) == ()  # only alternative 2 has the unit


def test_a_sensitivity_about_an_alternative_that_is_not_there(tmp_path: Path) -> None:
    changes = replaced("study.toml", "decides =", 'alternatives = ["22"]\ndecides =')
    issue = only(issues_of(tmp_path, changes), "study.toml")
    assert issue.field == "sensitivities[1].alternatives"
    assert issue.message == "there is no alternative '22'"


def test_no_alternative_may_take_the_name_of_the_base(tmp_path: Path) -> None:
    text = tiny_files()[TWO].replace('id = "2"', 'id = "today"', 1)
    issue = only(issues_of(tmp_path, {"alternatives/today.toml": text}), "alternatives/today.toml")
    assert issue.field == "id"
    assert issue.message == "'today' is what results call the base"


def test_a_study_without_alternatives(tmp_path: Path) -> None:
    text = tiny_files()["study.toml"]
    text = text[: text.index("[gate]")] + text[text.index("[[sensitivities]]") : text.index("[break_even]")]
    changes = {"alternatives/0-plus.toml": None, TWO: None, "study.toml": text}
    assert issues_of(tmp_path, changes) == ()
