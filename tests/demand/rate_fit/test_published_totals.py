"""Published totals of municipalities: by hand, drawn towards one another, and every fault of the file told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.demand.population import people_by_age
from beredt.demand.rate_fit.published_totals import fit_totals
from beredt.demand.rates import yearly_incidents
from beredt.model.read import load_study
from tests.tiny_study import write_tiny_study


def test_the_study_comes_to_the_totals(tmp_path: Path) -> None:
    """With counts so great that nothing is drawn towards anything, the new study expects what was printed."""
    folder = write_tiny_study(tmp_path / "tiny")
    study = load_study(folder)
    printed = {("ost", "A"): 900_000.0, ("vest", "A"): 500_000.0, ("sor", "A"): 30_000.0}
    by_town, factors = fit_totals(study, printed, 1000.0)
    factors.write_csv(folder / "area_factors.csv")
    fitted = load_study(folder)
    people = people_by_age(fitted.service.areas, fitted.population, fitted.age_shares, 2026)
    yearly = yearly_incidents(fitted.service, people)
    home = np.array([area.municipality for area in fitted.service.areas])
    for (town, _), count in printed.items():
        assert yearly[home == town, 0].sum() == pytest.approx(count / 1000.0, rel=1e-3)
    assert (by_town["low"] < by_town["factor"]).all()
    assert set(factors["urgency"]) == {"A"}


def test_small_places_are_drawn_towards_the_others(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "tiny"))
    by_town, _ = fit_totals(study, {("ost", "H"): 900.0, ("vest", "H"): 250.0, ("sor", "H"): 80.0}, 1.0)
    rows = {row["municipality"]: row for row in by_town.iter_rows(named=True)}
    level = by_town["incidents"].to_numpy().sum() / by_town["expected"].to_numpy().sum()
    for row in rows.values():
        alone = row["incidents"] / row["expected"]
        assert min(alone, level) - 1e-9 <= row["factor"] <= max(alone, level) + 1e-9
    width = {town: (row["high"] - row["low"]) / row["factor"] for town, row in rows.items()}
    assert width["sor"] > width["ost"]


def test_the_command_and_its_faults(tmp_path: Path) -> None:
    folder, file = write_tiny_study(tmp_path / "tiny"), tmp_path / "totals.csv"
    runner = CliRunner()

    def run(text: str, *more: str) -> tuple[int, str]:
        file.write_text(text, encoding="utf-8")
        arguments = ["demand", "rates", str(folder), "--totals", str(file), "--out", str(tmp_path / "out"), *more]
        done = runner.invoke(build_app(), arguments)
        return done.exit_code, done.output

    code, told = run("municipality,urgency,incidents\nost,A,700\nvest,A,300\n", "--years", "1")
    assert code == 0, told
    assert "ost A: 700 of" in told
    assert pl.read_csv(tmp_path / "out" / "area_factors.csv").height == 10
    for text, what in (
        ("municipality,urgency\nost,A\n", "no column incidents"),
        ("municipality,urgency,incidents\nbergen,A,3\n", "row 2 names no municipality"),
        ("municipality,urgency,incidents\nost,A,3\nost,A,4\n", "row 3 names"),
        ("municipality,urgency,incidents\nost,A,many\n", "row 2 has no count"),
        ("municipality,urgency,incidents\nost,A,-1\n", "count below 0"),
    ):
        code, told = run(text)
        assert code == 2, told
        assert what in told
    assert runner.invoke(build_app(), ["demand", "rates", str(folder), "--out", "x"]).exit_code == 2
