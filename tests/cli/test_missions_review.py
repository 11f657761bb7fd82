"""``beredt missions review`` from the first flag to the export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from tests.indicators.made_store import make_store

ROWS = [
    {"key": "K1", "urgency": "A", "unit": "U1", "call_t": 0, "alerted_t": 1, "rolling_t": 2, "scene_t": 60},
    {"key": "K2", "urgency": "A", "unit": "U1", "call_t": 90, "alerted_t": 99, "rolling_t": 100, "scene_t": 101},
    {"key": "K3", "urgency": "A", "unit": "U1", "call_t": 200, "alerted_t": 201, "rolling_t": 202, "scene_t": 205},
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store", ROWS).path


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(build_app(), ["missions", "review", str(store), *words])


def test_from_the_first_flag_to_the_export(store: Path, tmp_path: Path) -> None:
    answer = json.loads(run(store, "--json").stdout)
    assert (answer["looked_at"], answer["flagged"], answer["new"]) == (3, 2, 2)
    assert answer["open_by_rule"] == {"late": 1, "slow_handling": 1}
    assert "nearest_not_sent" in answer["not_run"]
    assert store.with_name("store.review.sqlite").is_file()
    listed = json.loads(run(store, "list", "--rule", "late", "--json").stdout)["cases"]
    assert [case["name"] for case in listed] == ["K1"]
    number = str(listed[0]["id"])
    assert run(store, "comment", number, "Snow", "--as", "ann").exit_code == 0
    assert run(store, "set", number, "closed", "--comment", "Nothing", "--as", "ann", "--assign", "bo").exit_code == 0
    shown = json.loads(run(store, "show", number, "--json").stdout)
    assert (shown["status"], shown["assigned"]) == ("closed", "bo")
    assert [event["comment"] for event in shown["history"]] == ["late", "Snow", "Nothing", ""]
    assert "Look at how long each part took" in run(store, "show", number).stdout
    assert "K1" not in run(store, "list").stdout
    out = tmp_path / "out.csv"
    assert "2 cases" in run(store, "export", "--out", str(out)).stdout
    assert "K1" in out.read_text(encoding="utf-8-sig")


def test_a_second_run_keeps_what_was_done(store: Path) -> None:
    run(store)
    run(store, "set", "1", "waiting")
    answer = json.loads(run(store, "flag", "--json").stdout)
    assert (answer["new"], answer["status"]["waiting"]) == (0, 1)


def test_a_study_tells_what_is_urban(store: Path, tmp_path: Path) -> None:
    rows = [{**ROWS[0], "municipality": "Bærum", "scene_t": 20, "station": "Asker"}]
    town = make_store(tmp_path / "town", rows).path
    assert json.loads(run(town, "--json").stdout)["flagged"] == 0
    answer = json.loads(run(town, "flag", "--study", "asker-baerum", "--json").stdout)
    assert answer["open_by_rule"] == {"late": 1}
    assert answer["not_run"] == {}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["list"], 1, "run the rules first"),
        (["flag", "--rule", "lat"], 2, "did you mean 'late'"),
        (["set", "1"], 2, "give a STATUS"),
        (["frog"], 2, "frog"),
        (["list", "--since", "yesterday"], 1, "run the rules first"),
    ],
)
def test_wrong_calls_end_with_their_code(store: Path, words: list[str], code: int, said: str) -> None:
    answer = run(store, *words)
    assert answer.exit_code == code
    assert said in answer.stderr


def test_what_is_no_store_and_no_case_is_said(store: Path, tmp_path: Path) -> None:
    assert "there is no store" in run(tmp_path / "nowhere").stderr
    run(store)
    assert "no case 99" in run(store, "show", "99").stderr
    assert "it is no day" in run(store, "list", "--since", "yesterday").stderr


def test_help_is_for_every_action(store: Path) -> None:
    for words in (["--help"], ["list", "--help"], ["flag", "--help"]):
        assert run(store, *words).exit_code == 0
