"""`beredt import jemss`: its answer, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.simulation.jemss.tiny_city import replaced, write_city


def run(city: Path, out: Path, *more: str) -> tuple[int, str]:
    words = ["import", "jemss", str(city), "--out", str(out), *more]
    if "--calls" not in more:
        words += ["--calls", str(city / "calls.csv")]
    if "--redispatch" not in more:
        words += ["--redispatch", "redispatch_lower_to_high"]
    answer = CliRunner().invoke(build_app(), words)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer.exit_code, answer.stdout


def test_the_answer_tells_counts_and_where_the_study_is(tmp_path: Path) -> None:
    city = write_city(tmp_path / "city")
    code, text = run(city, tmp_path / "study", "--rasters", str(city / "rasters"), "--json")
    answer = json.loads(text)
    assert code == 0
    assert (answer["calls"], answer["arcs"], answer["demand_points"], answer["divert"]) == (4, 17, 3, ["A>H", "A>V"])
    assert answer["study"] == str((tmp_path / "study").resolve())
    assert answer["seconds"] >= 0


def test_the_study_passes_its_check(tmp_path: Path) -> None:
    code, text = run(write_city(tmp_path / "city"), tmp_path / "study")
    assert code == 0
    assert "beredt study check" in text
    checked = CliRunner().invoke(build_app(), ["study", "check", str(tmp_path / "study"), "--json"])
    assert (checked.exit_code, json.loads(checked.stdout)["issues"]) == (0, [])


def test_faults_are_listed_with_exit_code_1(tmp_path: Path) -> None:
    city = write_city(tmp_path / "city", replaced("calls.csv", "10.5005", "there"))
    code, text = run(city, tmp_path / "study", "--json")
    (issue,) = json.loads(text)["issues"]
    assert code == 1
    assert (issue["file"], issue["row"], issue["field"], issue["value"]) == ("calls.csv", 7, "calls.x", "there")
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("kind", ["file", "full"])
def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "study"
    if kind == "file":
        out.write_text("mine")
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    assert run(write_city(tmp_path / "city"), out)[0] == 2


@pytest.mark.parametrize(
    "more",
    [("--calls", "none.csv"), ("--rasters", "none"), ("--redispatch", "redispatch_of"), ("--redispatch", "")],
)
def test_what_the_call_names_must_be_there(tmp_path: Path, more: tuple[str, str]) -> None:
    assert run(write_city(tmp_path / "city"), tmp_path / "study", *more)[0] == 2
    assert not (tmp_path / "study").exists()


def test_a_name_with_its_ending_will_do(tmp_path: Path) -> None:
    city = write_city(tmp_path / "city")
    assert run(city, tmp_path / "study", "--redispatch", "redispatch_off.csv")[0] == 0
