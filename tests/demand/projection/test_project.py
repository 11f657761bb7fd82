"""Demand of later years: worked out by hand on the tiny study, and by slow loops."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.projection.later_year import study_in_year, years_known
from beredt.demand.projection.project import Usage, project_demand
from beredt.demand.rates import yearly_incidents
from beredt.errors import OptionError
from beredt.model.read import load_study
from tests.demand.projected_study import OLD, doubling, with_projection
from tests.tiny_study import write_tiny_study


def test_more_old_people_need_more(tmp_path: Path) -> None:
    study = doubling(tmp_path / "study")
    later = study_in_year(study, 2040)
    relative = np.array([row.relative for row in study.service.age_rates])
    today = people_by_age(study.service.areas, study.population, study.age_shares, 2026)
    grown = today * np.where(np.isin(AGE_BANDS, OLD), 2.0, 1.0)
    np.testing.assert_allclose(people_by_age(later.service.areas, later.population, later.age_shares, 2040), grown)
    # What a person of an age needs stays: incidents of a rate region grow as its people weighted by need.
    before, after = yearly_incidents(study.service, today), yearly_incidents(later.service, grown)
    regions = np.array([area.rate_region for area in study.service.areas])
    for region in set(regions.tolist()):
        of = regions == region
        expected = (grown[of] @ relative).sum() / (today[of] @ relative).sum()
        np.testing.assert_allclose(after[of].sum(axis=0) / before[of].sum(axis=0), expected)


def test_twice_as_many_of_everybody_need_twice_as_much(tmp_path: Path) -> None:
    study = doubling(tmp_path / "study")
    projected = project_demand(study, [2040])
    totals = projected.totals.filter(pl.col("municipality").is_null())
    today = totals.filter(pl.col("year") == 2026)
    later = totals.filter(pl.col("year") == 2040)
    np.testing.assert_allclose(later["high"].to_numpy(), 2 * today["incidents"].to_numpy())
    assert (later["low"] == later["incidents"]).all()
    assert (later["year_low"] < later["incidents"]).all()
    assert (later["year_high"] > later["incidents"]).all()
    assert [row.factor for row in projected.growth[2040]][:8] == [1.0] * 7 + [2.0]
    parts = projected.by_area.group_by("year", "urgency").agg(pl.col("incidents").sum()).sort("year", "urgency")
    np.testing.assert_allclose(parts["incidents"].to_numpy(), totals["incidents"].to_numpy())


def test_use_grows_apart_from_people(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "study"))
    projected = project_demand(study, [], Usage(0.0))
    same = study_in_year(study, 2026)
    assert same.fingerprint == study.fingerprint
    grown = doubling(tmp_path / "other")
    first = project_demand(grown, [2040], Usage(0.01, 0.0, 0.02)).totals.filter(pl.col("year") == 2040)
    plain = project_demand(grown, [2040]).totals.filter(pl.col("year") == 2040)
    np.testing.assert_allclose(first["incidents"].to_numpy(), plain["incidents"].to_numpy() * 1.01**14)
    np.testing.assert_allclose(first["low"].to_numpy(), plain["low"].to_numpy())
    np.testing.assert_allclose(first["high"].to_numpy(), plain["high"].to_numpy() * 1.02**14)
    assert projected.totals["year"].unique().to_list() == [2026]


def test_counted_year_of_the_study_needs_no_projection(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "study"))
    assert years_known(study) == (2022, 2026)
    earlier = study_in_year(study, 2022)
    people = people_by_age(earlier.service.areas, earlier.population, earlier.age_shares, 2022)
    known = people_by_age(study.service.areas, study.population, study.age_shares, 2022)
    np.testing.assert_allclose(people, known)


def test_unknown_year_is_told_with_what_is_known(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "study")
    with pytest.raises(OptionError, match=r"2035.*2022, 2026"):
        study_in_year(load_study(folder), 2035)
    answer = CliRunner().invoke(build_app(), ["demand", "project", str(folder), "--to", "2035"])
    assert answer.exit_code == 2


def test_command_answers_and_writes(tmp_path: Path) -> None:
    doubling(tmp_path / "study")
    call = ["demand", "project", str(tmp_path / "study"), "--to", "2040", "--usage", "1,0,2"]
    answer = CliRunner().invoke(build_app(), [*call, "--json", "--out", str(tmp_path / "out")])
    assert answer.exit_code == 0, answer.output
    assert {row["year"] for row in json.loads(answer.stdout)["totals"]} == {2026, 2040}
    assert pl.read_csv(tmp_path / "out/demand.csv").height == 2 * 12 * 10 * 3
    assert "2040" in CliRunner().invoke(build_app(), call).stdout


def test_projection_that_leaves_out_an_age_is_told_and_nobody_vanishes(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "study")
    names = sorted({area.municipality for area in load_study(folder).service.areas})
    rows = [(name, 2040, band, "main", 100.0) for name in names for band in AGE_BANDS[1:]]
    with pytest.raises(OptionError, match=r"0-9 of .* in the main projection of 2040"):
        study_in_year(with_projection(folder, rows), 2040)
