"""Uncertain numbers of a study: read, put into edits, and told of when they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.edits.scale_interval import ScaleInterval
from beredt.model.read import read_study
from tests.tiny_study import write_tiny_study

LENGTH = """
[probabilistic]
draws = 8

[[probabilistic.uncertain]]
id = "length"
name = { en = "Length of missions", nb = "Lengden på oppdrag" }
low = 0.8
mode = 1.0
high = 1.5
edits = [
    { edit = "scale_interval", interval = "on_scene", urgency = "*", factor = "?" },
    { edit = "scale_interval", interval = "handover", urgency = "A", factor = "?" },
]
"""


def settings_with(folder: Path, text: str) -> Path:
    write_tiny_study(folder)
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(text)
    return folder


def test_a_value_fills_every_hole(tmp_path: Path) -> None:
    study, issues = read_study(settings_with(tmp_path, LENGTH))
    assert study is not None, issues
    (number,) = study.uncertain
    assert (number.id, number.low, number.mode, number.high) == ("length", 0.8, 1.0, 1.5)
    assert number.edits_at(1.25) == (
        ScaleInterval(interval="on_scene", urgency="*", factor=1.25),
        ScaleInterval(interval="handover", urgency="A", factor=1.25),
    )
    assert number.edits_at(number.mode) == number.edits


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('factor = "?"', "factor = 1.0", "no edit holds the number"),
        ("high = 1.5", "high = 0.9", "low ≤ mode ≤ high"),
        ("low = 0.8", "low = -1.0", "-1"),
        ('"on_scene"', '"on_scen"', "on_scen"),
        ('nb = "Lengden på oppdrag"', 'nn = "Lengda på oppdrag"', "there is no text in nb"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    study, issues = read_study(settings_with(tmp_path, LENGTH.replace(old, new)))
    assert study is None
    assert any(told in f"{issue.message} {issue.value}" for issue in issues), issues
    assert all(issue.file == "study.toml" and issue.row for issue in issues), issues


def test_a_number_that_must_be_whole_is_told_once(tmp_path: Path) -> None:
    reserve = 'edits = [{ edit = "set_reserve", centre = "nowhere", reserve_units = "?" }]\n'
    study, issues = read_study(settings_with(tmp_path, LENGTH.partition("edits = [")[0] + reserve))
    assert study is None
    assert [issue.message for issue in issues] == ["not a whole number"]


def test_ids_are_used_once(tmp_path: Path) -> None:
    _, issues = read_study(settings_with(tmp_path, LENGTH + LENGTH.partition("draws = 8")[2]))
    assert [issue.message for issue in issues] == ["'length' is used twice"]
