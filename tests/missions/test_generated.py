"""A log that is generated says so itself, and whatever is reported from it does."""

from __future__ import annotations

import json
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.missions.generated import MARKER, is_generated
from beredt.missions.store import open_store
from beredt.report.words import load_words

RUNNER = CliRunner()
LINES = (
    "incident,unit,kind,urgency,call,dispatched,en_route,arrived,left_scene,at_hospital,clear",
    "1,A1,ambulance,A,2026-01-05 08:00,2026-01-05 08:01,2026-01-05 08:02,2026-01-05 08:09,,,2026-01-05 09:00",
    "2,A2,ambulance,H,2026-01-06 12:00,2026-01-06 12:07,2026-01-06 12:08,2026-01-06 12:40,,,2026-01-06 13:30",
)


def imported(log: Path, out: Path, *options: str) -> dict[str, object]:
    result = RUNNER.invoke(build_app(), ["missions", "import", str(log), "--out", str(out), "--json", *options])
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    assert open_store(out).info.generated is answer["generated"]
    return answer


def log_of(path: Path, *, marked: bool) -> Path:
    more = (f",{MARKER}", ",1", ",1") if marked else ("", "", "")
    path.write_text("\n".join(line + end for line, end in zip(LINES, more, strict=True)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("marked", "options"), [(True, ()), (False, ("--generated",)), (False, ())])
def test_the_log_or_the_caller_says_so_and_the_report_does_too(
    tmp_path: Path, marked: bool, options: tuple[str, ...]
) -> None:
    answer = imported(log_of(tmp_path / "log.csv", marked=marked), tmp_path / "store", *options)
    assert answer["generated"] is (marked or bool(options))
    assert MARKER not in answer["left_out"]  # type: ignore[operator]
    done = RUNNER.invoke(build_app(), ["missions", "report", str(tmp_path / "store"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    told = load_words("en")("log.cover.generated")
    assert (told in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")) is answer["generated"]
    sheet = fastexcel.read_excel(tmp_path / "out" / "tables.xlsx").load_sheet(0, header_row=None).to_polars()
    assert (told in sheet.to_series(0).to_list()) is answer["generated"]
    assert json.loads((tmp_path / "out" / "results.json").read_text())["generated"] is answer["generated"]


def test_one_generated_file_of_several_makes_all_of_it_generated(tmp_path: Path) -> None:
    real = log_of(tmp_path / "real.csv", marked=False)
    made = log_of(tmp_path / "made.csv", marked=True)
    result = RUNNER.invoke(
        build_app(), ["missions", "import", str(real), str(made), "--out", str(tmp_path / "store"), "--json"]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["generated"]


def test_a_part_of_a_generated_store_is_generated_wherever_it_is_read_again(tmp_path: Path) -> None:
    imported(log_of(tmp_path / "log.csv", marked=True), tmp_path / "store")
    part = tmp_path / "store" / "missions" / "part-00000.parquet"
    assert is_generated(part, pl.read_parquet_schema(part).keys())  # type: ignore[arg-type]
    assert imported(part, tmp_path / "again", "--profile", "beredt")["generated"]
    assert not is_generated(log_of(tmp_path / "plain.csv", marked=False), ["incident"])
