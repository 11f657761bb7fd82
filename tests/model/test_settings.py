"""Faults of `study.toml`: every one an issue with its line and dotted key."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.errors import UnknownIdError
from beredt.model.read import load_study
from beredt.model.reading.toml_file import find_line
from tests.model.spoil import issues_of, messages, only, replaced
from tests.tiny_study import tiny_files, write_tiny_study


@pytest.mark.parametrize(
    ("old", "new", "field", "row", "message"),
    [
        ("noise_sigma = 0.25", "noise_sigma = nan", "travel.noise_sigma", 19, "the value should be a finite number"),
        ("noise_sigma = 0.25", "noise_sigma = -1", "travel.noise_sigma", 19,
         "the value should be greater than or equal to 0"),
        ("seed = 11", "seed = 0x" + "F" * 6000, "simulation.seed", 11,
         "the value should be less than or equal to 9223372036854775807"),
        ("noise_sigma = 0.25", "noise_sgima = 0.25", "travel.noise_sgima", 19, "no such key"),
        ("[misrouting]", "[misruoting]", "misruoting", 35, "no such key"),
        ("replications = 2\ndays", "replications = 2.0\ndays", "simulation.replications", 12,
         "the value should be a valid integer"),
        ("replications = 2\ndays", "replications = true\ndays", "simulation.replications", 12,
         "the value should be a valid integer"),
        ('id = "tiny"', 'id = "Tiny Study"', "study.id", 2, "not an id, or not in the form that is asked for"),
        ('id = "tiny"', "id = 7", "study.id", 2, "the value should be a valid string"),
        ('languages = ["nb", "en"]', 'languages = ["nb", "de"]', "study.languages[2]", 4,
         "the value should be 'nb', 'nn' or 'en'"),
        ('languages = ["nb", "en"]', "languages = []", "study.languages", 4,
         "must name each language once, and at least one"),
        ("start = 2026-01-01", 'start = "2026-01-01"', "study.start", 6, "the value should be a valid date"),
        ("south = 59.80", "south = 59.99", "study.region", 7,
         "is turned round: south must be below north and west below east"),
        ('divert = ["A>H", "A>V"]', 'divert = ["V>A"]', "dispatch.divert", 31,
         "holds 'V>A': a unit is only diverted to something more urgent, as in 'A>H'"),
        ("delay_min_s = 0", "delay_min_s = 100", "misrouting", 35, "has delay_min_s 100 above delay_max_s 90"),
        ("[30, 300, 1500, 4000]", "[30, 300, 1500]", "travel.local", 21,
         "has 3 density_steps and 5 pace_min_per_km: there must be one pace more than steps"),
        ("[30, 300, 1500, 4000]", "[30, 300, 300, 4000]", "travel.local", 21, "has density_steps that do not rise"),
        ('where = "rural"', 'where = "sea"', "targets[2].where", 49, "the value should be 'urban' or 'rural'"),
        ("minutes = 25", "minutes = 0", "targets[2].minutes", 50, "the value should be greater than 0"),
        ('correction = "holm"', 'correction = "fisher"', "gate.correction", 76,
         "the value should be 'holm', 'bonferroni' or 'none'"),
        ("decides = true", 'decides = "yes"', "sensitivities[1].decides", 81, "the value should be a valid boolean"),
        ('base_title = { en = "Today", nb = "I dag" }', "base_title = {}", "study.base_title", 8,
         "is empty; give at least one language"),
        ('nb = "I dag"', 'no = "I dag"', "study.base_title.no", 8, "no such key"),
    ],
)  # fmt: skip
def test_a_faulty_key(tmp_path: Path, old: str, new: str, field: str, row: int, message: str) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", old, new))
    found = [(issue.field, issue.message) for issue in issues if issue.file == "study.toml"]
    assert (field, message) in found, messages(issues)
    issue = next(issue for issue in issues if (issue.field, issue.message) == (field, message))
    assert issue.row == row, messages([issue])


def test_a_misspelled_key_gets_a_suggestion(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", "seed = 11", "sede = 11"))
    assert {(issue.field, issue.message) for issue in issues} == {
        ("simulation.seed", "the key is missing"),
        ("simulation.sede", "no such key"),
    }
    assert next(issue for issue in issues if issue.field == "simulation.sede").remedy == "did you mean seed?"


@pytest.mark.parametrize("text", ["[study", "a = ", "x = 1\nx = 2", "x = " + "[" * 5000, "x = " + "9" * 5000, "\x07"])
def test_what_is_not_toml(tmp_path: Path, text: str) -> None:
    issues = issues_of(tmp_path, {"study.toml": text})
    found = [issue for issue in issues if issue.file == "study.toml"]
    assert len(found) == 1
    assert found[0].message.startswith("not valid TOML") or "missing" in found[0].message, messages(found)


def test_toml_in_another_encoding(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, {"study.toml": tiny_files()["study.toml"].encode("cp1252")})
    assert any("not UTF-8" in issue.message and issue.file == "study.toml" for issue in issues)


def test_an_empty_file_lacks_every_required_section(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, {"study.toml": ""})
    missing = {issue.field for issue in issues if issue.file == "study.toml"}
    assert {"study", "simulation", "targets"} <= missing


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('municipalities = ["vest", "sor"]', 'municipalities = ["vset", "sor"]', "groups[1].municipalities",
         "there is no 'vset' in municipalities"),
        ('districts = ["ost-skog"]', 'districts = ["ost-skgo"]', "groups[2].districts",
         "there is no 'ost-skgo' in districts"),
        ('districts = ["ost-skog"]', "districts = []", "groups[2].id", "no area lies in group forest"),
        ('id = "forest"', 'id = "west"', "groups[2].id", "'west' is used twice"),
        ('group = "west"', 'group = "wset"', "simultaneity.group", "there is no 'wset' in groups"),
        ('"st-west", "st-south"]', '"st-west", "st-suoth"]', "simultaneity.local_stations",
         "there is no 'st-suoth' in stations"),
        ('baseline = "0+"', 'baseline = "0"', "gate.baseline", "there is no alternative '0'"),
        ('groups = ["west", "forest"]', 'groups = ["west", "froest"]', "gate.groups", "there is no 'froest' in groups"),
        ('roster = "all-day"', 'roster = "all-night"', "break_even.roster", "there is no 'all-night' in rosters"),
        ('kind = "ambulance"', 'kind = "boat"', "break_even.kind", "there is no 'boat' in unit_kinds"),
        ('"0+" = "st-west"', '"0+" = "st-mid"', "break_even.stations.0+", "there is no station 'st-mid'"),
        ('2 = "st-mid"', '7 = "st-mid"', "break_even.stations.7", "there is no alternative '7'"),
        ('where = "rural"', 'where = "urban"', "targets[2]", "a second target for urgency A in urban areas"),
    ],
)  # fmt: skip
def test_names_that_do_not_exist(tmp_path: Path, old: str, new: str, field: str, message: str) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", old, new))
    assert (field, message) in [(issue.field, issue.message) for issue in issues], messages(issues)
    issue = next(issue for issue in issues if issue.field == field)
    assert issue.row is not None


def test_a_target_without_areas(tmp_path: Path) -> None:
    """Rural by place or by municipality is enough; with neither, the target is about nobody."""
    areas = {"areas.csv": tiny_files()["areas.csv"].replace(",0,zone", ",1,zone")}
    assert issues_of(tmp_path, areas) == ()
    both = areas | replaced("municipalities.csv", "Sør,0", "Sør,1")
    issue = only(issues_of(tmp_path, both), "study.toml")
    assert (issue.field, issue.value) == ("targets[2].where", "rural")
    assert issue.message == "no area is rural, by its own place or by its municipality"


def test_titles_must_be_there_in_every_language_of_the_study(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", 'languages = ["nb", "en"]', 'languages = ["nn", "nb", "en"]'))
    assert issues == (), "nynorsk falls back on bokmål"
    issues = issues_of(tmp_path, replaced("study.toml", 'title = { en = "A tiny study", ', "title = { "))
    assert [(issue.field, issue.message) for issue in issues] == [
        ("study.title", "there is no text in en, a language of the study")
    ]


def test_chapters_may_be_left_out(tmp_path: Path) -> None:
    head, _, _ = tiny_files()["study.toml"].partition("[[groups]]")
    folder = write_tiny_study(tmp_path)
    (folder / "study.toml").write_text(head)
    study = load_study(folder)
    assert (study.settings.gate, study.settings.simultaneity, study.settings.break_even) == (None, None, None)
    with pytest.raises(UnknownIdError, match="there is no group 'west'"):
        study.settings.get_group("west")


def test_one_slip_does_not_hide_the_others(tmp_path: Path) -> None:
    """While a key of `study` is at fault, region and year still serve to judge the tables."""
    changes = replaced("study.toml", 'id = "tiny"', 'id = "Tiny"')
    changes |= replaced("areas.csv", "59.9,10.64,", "10.64,59.9,") | replaced("population.csv", "s2,2026,300.0\n", "")
    found = {issue.file for issue in issues_of(tmp_path, changes)}
    assert found == {"study.toml", "areas.csv", "population.csv"}


def test_lines_of_keys() -> None:
    text = "[a]\nx = 1\n[[b]]\nx = 1\n[[b.c]]\ny = 2\n[[b]]\nx = 3\n[[b.c]]\ny = 4\n"
    text += '[[b.c]]\n"z" = { q = 1 }\n[a.d]\nx = 5\n'
    assert find_line(text, ("a", "x")) == 2
    assert find_line(text, ("b", 0, "x")) == 4
    assert find_line(text, ("b", 1, "x")) == 8
    assert find_line(text, ("b", 1, "c", 1, "z", "q")) == 12
    assert find_line(text, ("b", 1, "c", 0, "y")) == 10
    assert find_line(text, ("b", 1, "c", 0, "nothing")) == 9
    assert find_line(text, ("a", "d", "x")) == 14
    assert find_line(text, ("nowhere",)) is None
