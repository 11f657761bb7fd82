"""``beredt study calibrate``: a new study folder, a page and an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from beredt.model.read import load_study
from tests.indicators.made_store import make_store
from tests.tiny_study import write_tiny_study

DAY_MIN = 1440
URGENCIES = ("A", "H")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study, and a log of 240 days in which handling always takes 5 min, and 1 s longer or shorter."""
    write_tiny_study(tmp_path / "study")
    rows = [
        {
            "key": str(number), "urgency": URGENCIES[number % 2], "unit": "s-1", "station": "st-south",
            "lat": 59.85, "lon": 10.5, "call_t": number * DAY_MIN, "created_t": number * DAY_MIN + 5 + number % 3 / 60,
            "alerted_t": number * DAY_MIN + 6, "rolling_t": number * DAY_MIN + 8, "scene_t": number * DAY_MIN + 12,
            "free_t": number * DAY_MIN + 40,
        }
        for number in range(240)
    ]  # fmt: skip
    make_store(tmp_path / "store", rows)
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(build_app(), ["study", "calibrate", str(folder / "study"), str(folder / "store"), *words])


def test_the_answer_names_every_change_and_the_new_study_has_them(folder: Path) -> None:
    done = run(folder, "--out", str(folder / "new"), "--json")
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["incidents"] == 240
    assert "intervals" in answer["changed_tables"]
    told = [row for row in answer["changes"] if row["row"] == "handling A" and row["field"] == "median_s"]
    assert [(row["before"], row["after"], row["replaced"]) for row in told] == [(125.0, 301.0, 1)]
    handling = [row for row in load_study(folder / "new").service.intervals if row.interval == "handling"]
    assert [row.median_s for row in handling] == [301.0, 301.0, 900.0]
    assert answer["municipalities_left_out"] == ["ost", "vest"]
    reasons = {row["row"]: row["reason"] for row in answer["changes"] if row["field"] == "transport_share"}
    assert reasons["A"] == "no_delivery"
    for page in answer["pages"]:
        assert (folder / "new" / page).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_without_json_a_few_lines_tell_it(folder: Path) -> None:
    done = run(folder, "--out", str(folder / "new"))
    assert done.exit_code == 0, done.output
    assert "missed_percentiles on even weeks" in done.stdout
    assert "page-nb.html" in done.stdout


def test_a_folder_with_something_in_it_is_left_alone(folder: Path) -> None:
    done = run(folder, "--out", str(folder / "study"))
    assert done.exit_code == 2
    assert "not an empty folder" in done.output


def test_what_is_no_store_is_told(folder: Path) -> None:
    done = CliRunner().invoke(
        build_app(), ["study", "calibrate", str(folder / "study"), str(folder / "study"), "--out", str(folder / "new")]
    )
    assert done.exit_code == 1
    assert "there is no store" in done.output
    assert not (folder / "new").exists()
