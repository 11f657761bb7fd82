"""The comparison of search and genetic algorithm keeps its books; who is better, no test asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.search import measure, show
from tests.tiny_study import write_tiny_study


def test_both_get_the_same_budget_and_the_same_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    measured = measure([3, 4], years=2.0, held_out=2, genetic_blocks=2, study_name=str(folder))
    assert [row.seed for row in measured.rows] == [3, 4]
    for row in measured.rows:
        gained = row.search_to_today.difference - row.genetic_to_today.difference
        assert row.search_to_genetic.difference == pytest.approx(gained)
        assert row.search_to_today.blocks == 2
    assert 0 <= measured.surely_better <= measured.better <= 2
    told = capsys.readouterr().err
    spent = [float(line.split(":")[1].split()[0]) for line in told.splitlines() if line.startswith("seed")]
    assert len(spent) == 4
    assert all(years <= 2.0 for years in spent)
    show(measured)
    assert "Better than the genetic algorithm in" in capsys.readouterr().out
