"""``beredt missions indicators`` and ``beredt missions triage``."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from tests.indicators.made_store import make_store

OWN = """[quick]
title = { en = "Quick", nb = "Rask" }
definition = { en = "Quick ones.", nb = "De raske." }
source = "us"
counting = "incident"
kind = "share"
counts = "response <= 8 min"
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    minutes = {"alerted_t": 1, "rolling_t": 2, "leave_t": 20, "dest_t": 30, "free_t": 40}
    rows = [
        {
            "urgency": "A", "unit": "U1", "station": "S", "municipality": "Bærum", "triage": ("rød", "gul")[n % 2],
            "call_t": n * 300, "scene_t": n * 300 + 6 + n % 4 * 3, **{k: n * 300 + v for k, v in minutes.items()},
        }
        for n in range(80)
    ]  # fmt: skip
    return make_store(tmp_path / "store", rows).path


def run(*words: object) -> Result:
    return CliRunner().invoke(build_app(), ["missions", *map(str, words)])


def test_indicators_of_the_program(store: Path, tmp_path: Path) -> None:
    answer = run("indicators", store, "--by", "station", "--out", tmp_path / "out", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert {row["indicator"]: row["value"] for row in found["indicators"]}["handling_acute"] == 60.0
    assert {row["name"] for row in found["not_computed"]} == {"urban", "answer", "cancelled", "urgency_first"}
    assert pl.read_parquet(tmp_path / "out" / "catalogue.parquet").filter(by="station").height > 0
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_the_handling_of_calls_is_not_told_where_the_clock_starts_at_the_alert(tmp_path: Path) -> None:
    rows = [{"urgency": "A", "unit": "U1", "call_t": n, "alerted_t": n, "rolling_t": n + 1} for n in range(9)]
    said = run("indicators", make_store(tmp_path / "store", rows, call_from="alerted_t").path).stdout
    assert "handling_acute needs a log that tells when the call came" in said
    assert "complete_stamps needs a log that tells when the call came" in said
    assert "00:00:00" not in said


def test_a_study_tells_what_is_urban(store: Path) -> None:
    answer = run("indicators", store, "--study", "asker-baerum", "--catalogue", "national")
    assert "response_urban" in answer.stdout
    assert "75.0 %  80 counted; target 0.9: no" in answer.stdout
    assert "answer_113 needs a log of telephone calls" in answer.stdout


def test_a_catalogue_of_ones_own(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    assert "50.0 %" not in run("indicators", store, "--catalogue", path).stdout
    assert "25.0 %" in run("indicators", store, "--catalogue", path).stdout
    assert "once more" in run("indicators", store, "--catalogue", path, "--catalogue", path).stderr
    path.write_text(OWN.replace("response", "respons"), encoding="utf-8")
    answer = run("indicators", store, "--catalogue", path, "--json")
    assert answer.exit_code == 1
    assert "did you mean response" in json.loads(answer.stdout)["issues"][0]["remedy"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(["--catalogue", "natonal"], 2, "did you mean 'national'"), (["--by", "statoin"], 2, "did you mean 'station'")],
)
def test_wrong_calls(store: Path, words: list[str], code: int, said: str) -> None:
    answer = run("indicators", store, *words)
    assert (answer.exit_code, said in answer.stderr) == (code, True)


def test_triage(store: Path, tmp_path: Path) -> None:
    found = json.loads(run("triage", store, "--json", "--out", tmp_path / "out").stdout)
    assert (found["scale"], found["guesses"]["retts"]) == ("retts", 1.0)
    values = {row["measure"]: row["value"] for row in found["measures"]}
    assert (values["concordance"], values["over_triage"], values["acute_not_acute"]) == (0.5, 0.5, 0.5)
    assert len(list((tmp_path / "out").iterdir())) == 5
    assert "concordance" in run("triage", store, "--scale", "retts_red_only").stdout
    assert run("triage", store, "--scale", "rets").exit_code == 2
    empty = make_store(tmp_path / "empty", []).path
    assert "no triage" in run("triage", empty).stdout
