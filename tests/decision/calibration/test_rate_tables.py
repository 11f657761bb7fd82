"""Rates of a simulated log, small areas among them: what the study was given comes back, and it takes the tables."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.decision.calibration.calibrate import calibrate
from beredt.decision.calibration.write_study import write_calibrated_study
from beredt.demand.population import people_by_age
from beredt.demand.projection.project import project_demand
from beredt.demand.rates import yearly_incidents
from beredt.missions.store import open_store
from beredt.model.read import load_study
from beredt.report.calibration.write_pages import render_calibration
from beredt.simulation.simulate_study import simulate_study
from tests.tiny_study import AREAS, STUDY_TOML, tiny_files, write_files

FACTORS = {"e1": 1.6, "e2": 0.6, "w2": 1.4}
DAYS = 728


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny study, and a store of two years of it in which three areas differ from their people."""
    folder = tmp_path_factory.mktemp("rates")
    rows = "".join(f"{area},{u},{factor}\n" for area, factor in FACTORS.items() for u in "AHV")
    files = tiny_files() | {
        "study.toml": STUDY_TOML.replace("days = 28", f"days = {DAYS}"),
        "area_factors.csv": "area,urgency,factor\n" + rows,
    }
    true = load_study(write_files(folder / "true", files))
    simulate_study(
        true,
        alternative=None,
        replications=1,
        jobs=1,
        out=None,
        progress=lambda *_: None,
        store=folder / "store",
    )
    return write_files(folder / "asked", tiny_files()), folder / "store"


def test_the_command_gives_back_what_was_put_in(made: tuple[Path, Path], tmp_path: Path) -> None:
    study, store = made
    out = tmp_path / "out"
    done = CliRunner().invoke(build_app(), ["demand", "rates", str(study), str(store), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["generated"] is True
    assert told["aged_share"] == 0.0
    for urgency in ("A", "H"):
        tried = told["held_out"][urgency]
        assert tried["shrunk"] < min(tried["own"], tried["common"])
    factors = pl.read_csv(out / "area_factors.csv")
    hospitals = {"e5", "w4"}  # nearest to one, so that they tell nothing of those who live there
    assert set(factors["area"]) == {area[0] for area in AREAS} - hospitals
    plain = factors.filter(~pl.col("area").is_in(list(FACTORS)) & (pl.col("urgency") == "A"))
    for area in ("e1", "w2"):
        own = factors.row(by_predicate=(pl.col("area") == area) & (pl.col("urgency") == "A"), named=True)
        others = plain["factor"].mean()
        assert isinstance(others, float)
        assert abs(np.log(own["factor"] / others) - np.log(FACTORS[area])) < 4.5 * own["relative_sd"] + 0.1
    for name in ("area_factors", "rate_spread"):
        (study / f"{name}.csv").write_bytes((out / f"{name}.csv").read_bytes())
    taken = load_study(study)
    assert len(taken.service.area_factors) == factors.height
    assert taken.demand["rate_spread"].height == len(told["rates"])


def test_a_calibrated_study_takes_areas_and_what_is_left_open(made: tuple[Path, Path], tmp_path: Path) -> None:
    """Areas that differ come back, foretell other weeks better, and are drawn when the new study is simulated."""
    study = load_study(write_files(tmp_path / "plain", tiny_files()))
    found = calibrate(study, open_store(made[1]))
    changes = {one.key["urgency"]: one for one in found.of_table("area_factors")}
    assert [changes[urgency].replaced for urgency in "AH"] == [True, True]
    assert changes["A"].error_after < changes["A"].error_before
    changed = write_calibrated_study(found, tmp_path / "new")
    assert {"area_factors", "rate_spread"} <= set(changed)
    new = load_study(tmp_path / "new")
    assert new.settings.demand.variation.draw_rates
    assert {row.relative_sd > 0.0 for row in new.service.area_factors} == {True}
    people = people_by_age(new.service.areas, new.population, new.age_shares, 2026)
    expected = dict(zip([one.id for one in new.service.areas], yearly_incidents(new.service, people), strict=True))
    true = load_study(made[0].parent / "true")
    for area, row in zip(true.service.areas, yearly_incidents(true.service, people), strict=True):
        if area.id in FACTORS:
            assert expected[area.id][0] == pytest.approx(row[0], rel=0.15)
    spread = {(row.rate_region, row.urgency): row.relative_sd for row in found.rate_spread}
    rates = project_demand(new, []).rates.filter(pl.col("municipality").is_null() & (pl.col("urgency") == "all"))
    low, main, high = rates.select("rates_low", "incidents", "rates_high").row(0)
    assert 0.0 < max(spread.values()) < 0.1
    assert 0.005 < (high - low) / main < 0.2
    page = render_calibration(found, "nb")
    assert "Poisson-avviket per område" in page
    assert "Kan være feil med" in page
    assert "area_factors" in write_calibrated_study(found, tmp_path / "fixed", draws=False)
    fixed = load_study(tmp_path / "fixed")
    assert not fixed.settings.demand.variation.draw_rates
    assert {row.relative_sd for row in fixed.service.area_factors} == {0.0}
    assert not (tmp_path / "fixed" / "rate_spread.csv").exists()


def test_ages_of_patients_give_rates_by_age(made: tuple[Path, Path]) -> None:
    """Missions whose patients all have an age: rates by age, urgency and kind, few ones without figures."""
    from beredt.decision.calibration.log import read_log
    from beredt.decision.calibration.rate_tables import _by_age

    study = load_study(made[0])
    log = read_log(study, open_store(made[1]))
    age = pl.when(pl.col("incident") % 3 == 0).then(85).otherwise(33)
    aged = log.missions.with_columns(age=pl.when(pl.col("incident") == 5).then(12).otherwise(age))
    people = people_by_age(study.service.areas, study.population, study.age_shares, 2026)
    log = type(log)(log.incidents, aged, log.days, log.zone, log.unusable, log.outside)
    table, share = _by_age(study, log, people, np.ones(len(people), np.bool_))
    assert share > 0.95
    old = table.row(by_predicate=(pl.col("age_band") == "80-89") & (pl.col("urgency") == "A"), named=True)
    counted = log.incidents.filter((pl.col("urgency") == "A") & (pl.col("incident") % 3 == 0)).height
    assert abs(old["incidents"] - counted) <= 1
    assert old["per_1000"] == pytest.approx(1000 * counted / (people[:, 8].sum() * log.years()), rel=0.05)
    assert old["low"] < old["per_1000"] < old["high"]
    few = table.filter(pl.col("age_band") == "10-19")
    assert few.filter(pl.col("incidents").is_null()).height == 1
    assert few.filter(pl.col("incidents").is_null())["per_1000"].null_count() == 1
