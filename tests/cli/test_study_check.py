"""``beredt study check`` on a sound study and a spoilt one."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.tiny_study import write_tiny_study


def test_a_sound_study_ends_in_0(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    answer = CliRunner().invoke(build_app(), ["study", "check", str(folder), "--json"])
    assert answer.exit_code == 0, answer.output
    assert [issue for issue in json.loads(answer.stdout)["issues"] if issue["severity"] == "error"] == []


def test_a_spoilt_study_ends_in_1_with_every_issue(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    stations = folder / "stations.csv"
    text = stations.read_text(encoding="utf-8")
    stations.write_text(text.replace("59.902", "north").replace("centre-west", "centre-wset"), encoding="utf-8")
    answer = CliRunner().invoke(build_app(), ["study", "check", str(folder), "--json"])
    assert answer.exit_code == 1
    found = {(issue["file"], issue["field"]) for issue in json.loads(answer.stdout)["issues"]}
    assert {("stations.csv", "lat"), ("stations.csv", "centre")} <= found
    answer = CliRunner().invoke(build_app(), ["study", "check", str(folder)])
    assert answer.exit_code == 1
    assert "centre-wset" in answer.stdout


def test_a_station_that_no_road_reaches_is_an_error(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    stations = folder / "stations.csv"
    text = stations.read_text(encoding="utf-8")
    stations.write_text(text.replace("59.851,10.505", "59.830,10.690"), encoding="utf-8")
    answer = CliRunner().invoke(build_app(), ["study", "check", str(folder), "--json"])
    assert answer.exit_code == 1
    (issue,) = [issue for issue in json.loads(answer.stdout)["issues"] if issue["severity"] == "error"]
    assert (issue["value"], issue["lat"], issue["lon"]) == ("st-south", 59.83, 10.69)
