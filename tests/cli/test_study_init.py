"""``beredt study init`` makes a folder that checks as the template does."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.model.read import load_study
from tests.tiny_study import write_tiny_study


def test_the_copy_is_the_same_study(tmp_path: Path) -> None:
    template = write_tiny_study(tmp_path / "template")
    answer = CliRunner().invoke(
        build_app(), ["study", "init", str(tmp_path / "new"), "--template", str(template), "--json"]
    )
    assert answer.exit_code == 0, answer.output
    files = json.loads(answer.stdout)["files"]
    assert {"study.toml", "areas.csv"} <= set(files)
    assert load_study(tmp_path / "new").fingerprint == load_study(template).fingerprint


def test_parquet_tables_become_csv_with_yes_and_no_as_digits(tmp_path: Path) -> None:
    template = write_tiny_study(tmp_path / "template")
    kinds = pl.read_csv(template / "unit_kinds.csv").with_columns(pl.col("transports").cast(pl.Boolean))
    kinds.write_parquet(template / "unit_kinds.parquet")
    expected = (template / "unit_kinds.csv").read_text(encoding="utf-8")
    (template / "unit_kinds.csv").unlink()
    answer = CliRunner().invoke(build_app(), ["study", "init", str(tmp_path / "new"), "--template", str(template)])
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "new" / "unit_kinds.csv").read_text(encoding="utf-8") == expected
    assert not (tmp_path / "new" / "unit_kinds.parquet").exists()
    assert load_study(tmp_path / "new").service == load_study(template).service


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    answer = CliRunner().invoke(build_app(), ["study", "init", str(tmp_path)])
    assert answer.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
