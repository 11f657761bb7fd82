"""``beredt search``: an answer, its files, and how it is gone on with."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from tests.tiny_study import write_tiny_study

UNITS = """\
id,station,kind,roster,basis
e-1,st-south,ambulance,all-day,published
e-2,st-south,ambulance,day-shift,published
e-3,st-east,single_responder,weekend-night,published
w-1,st-west,ambulance,all-day,published
s-1,st-south,ambulance,split,assumed
"""

SHORT = ("--years", "8", "--across-organisations", "--close", "2", "--keep-rosters", "--held-out", "2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with too many ambulances in the south."""
    study = write_tiny_study(tmp_path / "study", units=UNITS)
    for path in (study / "alternatives").iterdir():
        path.unlink()
    text = (study / "study.toml").read_text(encoding="utf-8")
    (study / "study.toml").write_text(text[: text.index("[gate]")], encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(build_app(), ["search", str(folder / "study"), "--out", str(folder / "found"), *words])


def test_the_answer_is_an_alternative_that_the_study_can_run(folder: Path) -> None:
    done = run(folder, *SHORT, "--json")
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["status"] in {"spent", "settled"}
    assert answer["edits"]
    assert answer["held_out"]["gain"] > 0
    assert answer["seeds"]["search"] != answer["seeds"]["held_out"]
    assert 0 < answer["spent"]["simulated_years"] <= answer["spent"]["of_years"] == 8
    text = (folder / "found" / "answer.toml").read_text(encoding="utf-8")
    assert [edit["edit"] for edit in tomllib.loads(text)["edits"]] == [edit["edit"] for edit in answer["edits"]]
    (folder / "study" / "alternatives" / "search.toml").write_text(text, encoding="utf-8")
    assert load_study(folder / "study").get_alternative("search").edits


def test_every_column_of_its_tables_is_explained(folder: Path) -> None:
    assert run(folder, *SHORT[:-1], "0").exit_code == 0
    described = pl.read_parquet(folder / "found" / "data_dictionary.parquet")
    for name in ("candidates", "incumbents"):
        table = pl.read_parquet(folder / "found" / f"{name}.parquet")
        assert table.columns == [field.name for field in load_fields(f"search/{name}")]
        assert table.columns == described.filter(table=name)["field"].to_list()
        assert table.height > 0


def test_the_same_command_again_simulates_nothing_and_says_the_same(folder: Path) -> None:
    first = run(folder, *SHORT, "--json")
    journal = (folder / "found" / "journal.jsonl").read_bytes()
    again = run(folder, *SHORT, "--json")
    assert json.loads(again.stdout) == json.loads(first.stdout)
    assert (folder / "found" / "journal.jsonl").read_bytes() == journal


def test_wrong_calls_end_with_2_and_wrong_input_with_1(folder: Path) -> None:
    assert run(folder, *SHORT[:-1], "0").exit_code == 0
    for words in (
        ("--objective", "cost"),
        ("--groups", "nowhere"),
        ("--budget", "units:1"),
        ("--candidates", "nowhere"),
        ("--stations", "st-north"),
        ("--years", "9"),  # the folder holds another search
    ):
        done = run(folder, *words)
        assert done.exit_code == 2, (words, done.output)
    (folder / "study" / "units.csv").write_text("id\n", encoding="utf-8")
    assert run(folder).exit_code == 1


def test_without_json_a_few_lines_tell_it(folder: Path) -> None:
    done = run(folder, *SHORT)
    assert done.exit_code == 0, done.output
    assert "periods that the search has not seen" in done.output
    assert "answer.toml" in done.output
