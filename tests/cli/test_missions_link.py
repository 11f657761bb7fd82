"""``beredt missions link`` and ``beredt missions repeat``."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from tests.indicators.pathway.test_pathways import write_files
from tests.report.missions.generated_log import generated_log


def run(*words: object) -> Result:
    return CliRunner().invoke(build_app(), ["missions", *map(str, words)])


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "missions.key"
    path.write_text("00" * 32 + "\n", encoding="ascii")
    return path


def test_link(tmp_path: Path, key_file: Path) -> None:
    links = write_files(tmp_path)
    answer = run("link", links, "--out", tmp_path / "out", "--key-file", key_file, "--rows", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["links"][0]["from"] == "ambulance"
    assert found["links"][0]["linked"] is None, "twelve records less eleven links would be one"
    assert found["issues"][0]["field"] == "inn"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *(f"pathway_{name}.parquet" for name in ("links", "durations", "weights", "thresholds")),
        "pathways.parquet",
    }
    rows = tmp_path / "out" / "pathways.parquet"
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600
    assert pl.read_parquet(rows).height == 12


def test_link_as_text(tmp_path: Path, key_file: Path) -> None:
    words = ("--key-file", key_file, "--suppress-below", 0)
    answer = run("link", write_files(tmp_path), "--out", tmp_path / "out", *words)
    assert "ambulance → hospital: 12 records, 91.7 % linked (0 by key, 11 by score)" in answer.stdout
    assert "Call to discharge: median 1470.0 min, 11 pathways" in answer.stdout
    assert "not a time" in answer.stderr


def test_what_cannot_be_linked_is_said(tmp_path: Path) -> None:
    assert run("link", tmp_path / "none.toml", "--out", tmp_path / "out").exit_code == 1
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    assert run("link", tmp_path / "none.toml", "--out", tmp_path / "full").exit_code == 2


def test_repeat(tmp_path: Path) -> None:
    write_files(tmp_path)
    found = json.loads(run("repeat", tmp_path / "store", "--out", tmp_path / "out", "--json").stdout)
    assert (found["by"], found["nobody_knows"]) == ("patient", 0)
    assert found["callers"][0] == {
        "calls": "",
        "people": 12,
        "incidents": 12,
        "share_of_incidents": 1.0,
        "left_out": False,
    }
    assert (tmp_path / "out" / "repeat_callers.parquet").is_file()
    assert "People told apart by patient" in run("repeat", tmp_path / "store").stdout
    assert run("repeat", tmp_path / "nowhere").exit_code == 1


def test_a_log_that_tells_nobody_apart_says_so_and_calls_nothing_left_out(tmp_path: Path) -> None:
    generated_log(tmp_path / "store", 40)
    answer = run("repeat", tmp_path / "store").stdout
    assert "unknown for 40 incidents" in answer
    assert "Nobody can be told apart: no incident has a patient, nor both a place and an age." in answer
    assert "left out" not in answer
