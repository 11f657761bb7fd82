"""A results folder is read as it lies, or the reader is told what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import ResultsError
from beredt.report.estimates import as_estimates
from beredt.report.results import read_results


def test_tables_are_found_from_either_folder(results_dir: Path) -> None:
    inner, outer = read_results(results_dir), read_results(results_dir.parent)
    assert set(inner.tables) == set(outer.tables) >= {"indicators", "gate", "areas"}
    assert inner.fact("replications") == 2
    assert inner.fact("frog", "none") == "none"


def test_an_empty_table_is_as_good_as_none(results_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(results_dir.parent, tmp_path / "out")
    path = tmp_path / "out" / "results" / "gate.parquet"
    pl.read_parquet(path).clear().write_parquet(path)
    assert read_results(tmp_path / "out").find_table("gate") is None


def test_no_results_no_facts_and_broken_facts_are_told(results_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="there are no results"):
        read_results(tmp_path)
    shutil.copytree(results_dir, tmp_path / "tables")
    with pytest.raises(ResultsError, match=r"no results\.json"):
        read_results(tmp_path / "tables")
    (tmp_path / "tables" / "results.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="cannot be read"):
        read_results(tmp_path / "tables")


def test_figures_arrive_in_one_unit() -> None:
    row = {"alternative": "today", "urgency": "A", "group": "all", "hour": -1}
    table = pl.DataFrame(
        [
            {**row, "measure": "share_within_12", "unit": "share", "value": 0.8, "low": 0.79, "high": 0.81},
            {**row, "measure": "share_within_25", "unit": "%", "value": 80.0, "low": 79.0, "high": 81.0},
            {**row, "measure": "response_mean_s", "unit": "s", "value": 600.0, "low": None, "high": None},
        ]
    )
    figures = as_estimates(table)
    one, other = (figures.find("today", key, "A") for key in ("share_within_12", "share_within_25"))
    assert one is not None
    assert other is not None
    assert other.value == pytest.approx(one.value)
    mean = figures.find("today", "response_mean_s", "A")
    assert mean is not None
    assert mean.known
    assert not mean.has_interval
    assert figures.find("today", "response_mean_s", "H") is None
    assert as_estimates(None).find("today", "response_mean_s") is None
