"""What is wrong with asks and with the urgencies that kinds answer is told with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import read_study
from tests.tiny_study import tiny_files, write_tiny_study

ASK = "id,when,share,start,end,kinds,requires,stay_s,release_s,escorts\n"
KINDS = tiny_files()["unit_kinds.csv"]


def complaints(folder: Path, **files: str) -> list[tuple[str, str, str, str]]:
    _, issues = read_study(write_tiny_study(folder / "tiny", **files))
    return [(issue.file, issue.field or "", issue.message, issue.severity) for issue in issues]


def test_a_sound_ask_has_no_issue(tmp_path: Path) -> None:
    assert not complaints(tmp_path, asks=ASK + "more,together,0.1,,,,,600,,0\nnights,after,0.1,22:00,06:00,,,,300,1\n")


@pytest.mark.parametrize(
    ("row", "field", "said", "severity"),
    [
        ("doctor,together,0.1,,,,doctor,600,,0", "requires", "no kind of unit has the role", "error"),
        ("car,main,0.1,,,car,,600,,0", "kinds", "no unit is of the kinds car", "error"),
        ("car,together,0.1,,,car,,600,,0", "kinds", "no unit is of the kinds car", "warning"),
        ("hours,together,0.1,08:00,08:00,,,600,,0", "end", "its hours end when they begin", "error"),
        ("stays,together,0.1,,,,,,,0", "stay_s", "never leave the scene", "error"),
        # Going along ends the stay only where there is transport.
        ("along,together,0.1,,,,,,,1", "stay_s", "never leave the scene", "error"),
    ],
)
def test_what_is_wrong_with_an_ask_is_told_where(
    tmp_path: Path, row: str, field: str, said: str, severity: str
) -> None:
    header = KINDS.splitlines()[0].split(",")
    given = {"id": "car", "name_en": "car", "name_nb": "bil"}
    car = ",".join(given.get(name, "1") for name in header)
    found = complaints(tmp_path, asks=ASK + row + "\n", unit_kinds=KINDS + car + "\n")
    (mine,) = [one for one in found if one[0] == "asks.csv"]
    assert (mine[1], mine[3]) == (field, severity)
    assert said in mine[2]


def test_an_urgency_that_nobody_answers_is_an_error(tmp_path: Path) -> None:
    lines = [line + (",answers" if not number else ",AH") for number, line in enumerate(KINDS.splitlines())]
    found = complaints(tmp_path, unit_kinds="\n".join(lines) + "\n")
    assert (
        "unit_kinds.csv",
        "answers",
        "no kind of unit that may be the main unit answers urgency V",
        "error",
    ) in found
