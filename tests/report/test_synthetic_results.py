"""The made-up results have the columns of real ones, so that the report is tried on what it will meet."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from beredt.model.dictionary import load_fields
from beredt.report.results import read_results


def test_every_table_of_a_run_is_made_up_with_its_columns(results_dir: Path) -> None:
    tables = read_results(results_dir).tables
    described = {
        entry.name.removesuffix(".csv")
        for entry in files("beredt.model").joinpath("fields", "results").iterdir()
        if entry.name.endswith(".csv")
    }
    assert set(tables) == described
    for name, table in tables.items():
        assert table.columns == [field.name for field in load_fields(f"results/{name}")]
