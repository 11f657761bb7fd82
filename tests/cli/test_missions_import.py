"""`beredt missions import` and `profiles`: their answers, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.missions.store import open_store
from tests.missions.importing.log_writer import write_export
from tests.missions.importing.test_import_log import PROFILE


def run(*words: str | Path) -> tuple[int, str, str]:
    answer = CliRunner().invoke(build_app(), ["missions", *map(str, words)])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer.exit_code, answer.stdout, answer.stderr


def answer_of(*words: str | Path) -> dict[str, Any]:
    code, text, _ = run(*words, "--json")
    assert code == 0, text
    answer: dict[str, Any] = json.loads(text)
    return answer


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def test_the_answer_counts_what_is_in_the_store(tmp_path: Path, mapping: Path) -> None:
    log = write_export(tmp_path / "log.csv", 500)
    answer = answer_of("import", log, "--profile", mapping, "--out", tmp_path / "store")
    info = open_store(tmp_path / "store").info
    assert answer["rows_in"] == info.rows_in == 500
    for name in ("missions", "incidents", "unit_responses", "incidents_without_unit"):
        assert answer[name] == getattr(info, name)
    assert answer["profile"] == "mine"
    assert {"file", "row", "field", "value", "count", "message", "remedy", "severity"} <= set(answer["issues"][0])
    assert not answer["resumed"]


def test_a_profile_is_guessed_and_the_guess_is_shown(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 50)
    code, text, told = run("import", log, "--out", tmp_path / "store", "--json")
    answer = json.loads(text)
    assert code == 0
    assert answer["profile"] == "amis"
    assert max(answer["guesses"], key=answer["guesses"].__getitem__) == "amis"
    assert "guessed from the header (amis 0." in told


def test_the_text_says_what_was_found_and_what_was_not_read(tmp_path: Path, mapping: Path) -> None:
    log = write_export(tmp_path / "log.csv", 500)
    log.write_bytes(b"".join(line + b";x\r\n" for line in log.read_bytes().splitlines()))
    code, text, _ = run("import", log, "--profile", mapping, "--out", tmp_path / "store")
    assert code == 0
    assert "unknown_urgency: A code of urgency that the profile does not know. (got X)" in text
    assert "Not read: x." in text
    assert "500 rows" in text


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--profile", "amsi"], 2, "did you mean 'amis'"),
        (["--profile", "amis", "--without", "midnigt"], 2, "did you mean 'midnight'"),
        (["--profile", "rvfd"], 1, "no column of the log gives any time"),
        (["--profile", "none.toml"], 1, "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_with_an_exit_code(tmp_path: Path, words: list[str], code: int, told: str) -> None:
    log = write_export(tmp_path / "log.csv", 20)
    found, _, text = run("import", log, "--out", tmp_path / "store", *words)
    assert found == code
    assert told in text


def test_a_log_that_fits_no_profile_is_a_wrong_call_that_shows_the_scores(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("a;b\n1;2\n")
    code, _, text = run("import", tmp_path / "log.csv", "--out", tmp_path / "store")
    assert code == 2
    assert "amis 0.00" in text


def test_patients_are_hashed_with_a_key_that_is_made_once(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("unit,call,arrived,patient\nA1,2026-01-31T07:30:00,2026-01-31T07:40:00,p1\n")
    key = tmp_path / "key"
    answer = answer_of("import", log, "--profile", "one_row_per_unit", "--out", tmp_path / "s", "--key-file", key)
    assert answer["privacy"]["patient"].startswith("hashed with the key")
    again = answer_of("import", log, "--profile", "one_row_per_unit", "--out", tmp_path / "t", "--key-file", key)
    assert again["privacy"] == answer["privacy"]
    hashes = [open_store(tmp_path / name).missions().collect()["patient"].item() for name in "st"]
    assert hashes[0] == hashes[1] != "p1"


def test_a_part_of_a_store_can_be_imported_again(tmp_path: Path, mapping: Path) -> None:
    log = write_export(tmp_path / "log.csv", 400)
    answer_of("import", log, "--profile", mapping, "--out", tmp_path / "store")
    part = tmp_path / "store" / "missions" / "part-00000.parquet"
    answer_of("import", part, "--profile", "beredt", "--out", tmp_path / "again")
    columns = ["unit", "urgency", "call_t", "alerted_t", "scene_t", "lat", "municipality"]
    before, after = (open_store(tmp_path / name).missions().select(columns).collect() for name in ("store", "again"))
    assert before.sort(columns[:4]).equals(after.sort(columns[:4]))


def test_excel_gives_the_same_as_csv(tmp_path: Path, mapping: Path) -> None:
    log = write_export(tmp_path / "log.csv", 200)
    rows = pl.read_csv(log, separator=";", encoding="windows-1252", infer_schema=False, truncate_ragged_lines=True)
    times = ["tidspunkt", "varslet", "rykker_ut", "ledig"]
    rows = rows.with_columns(pl.col(times).str.to_datetime("%d.%m.%Y %H:%M:%S", strict=False))
    rows.write_excel(tmp_path / "log.xlsx")
    answer_of("import", log, "--profile", mapping, "--out", tmp_path / "csv")
    answer_of("import", tmp_path / "log.xlsx", "--profile", mapping, "--out", tmp_path / "xlsx")
    stores = [open_store(tmp_path / name).missions().sort("row_id").collect() for name in ("csv", "xlsx")]
    broken = stores[0].filter(pl.col("unit") == "")["row"]
    assert stores[1].height - stores[0].height <= 10 + broken.len()
    both = stores[0].join(stores[1], on="row", suffix="_x")
    assert both.select((pl.col("call_t") == pl.col("call_t_x")).all()).item()
    assert both.select((pl.col("lat") - pl.col("lat_x")).abs().max()).item() < 1e-9


def test_profiles_are_listed_and_printed() -> None:
    assert {one["id"] for one in answer_of("profiles")["profiles"]} >= {"amis", "rvfd"}
    code, text, _ = run("profiles", "rvfd")
    assert code == 0
    assert text.startswith('id = "rvfd"')
    assert run("profiles", "rvdf")[0] == 2
