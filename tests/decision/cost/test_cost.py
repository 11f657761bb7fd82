"""What alternatives cost: by hand where every price is certain, by name where one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from beredt.decision.cost.climate_tables import climate_tables, electric_car
from beredt.decision.cost.overrun import Z_85, overrun_at, overrun_draws
from beredt.decision.cost.tables import cost_tables
from beredt.decision.ranges import Range
from beredt.decision.staffing.tables import staff_tables
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from tests.decision.example_figures import tiny_tables
from tests.tiny_study import write_tiny_study


def services_of(study: Study) -> dict[str, Service]:
    return {"today": study.service} | {
        one.id: apply_edits(study.service, one.edits, one.id) for one in study.alternatives
    }


def driven(services: Mapping[str, Service], km: float = 1000.0) -> pl.DataFrame:
    """Every unit of every alternative drives as far."""
    rows = [(name, unit.station, km) for name, service in services.items() for unit in service.units]
    return pl.DataFrame(rows, schema=["alternative", "station", "km"], orient="row")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("cost") / "tiny", **tiny_tables()))


def tables_of(study: Study) -> dict[str, pl.DataFrame]:
    services = services_of(study)
    tables = staff_tables(study, services) | {"units": driven(services)}
    return cost_tables(study, services, tables)


def certain(study: Study) -> Study:
    """The same study with every range at its likely value, and no overrun."""
    decision = dict(study.decision)
    for name in ("cost_figures", "one_off_costs", "staff_figures"):
        likely = pl.col("likely")
        if name == "cost_figures":
            likely = pl.when(pl.col("figure").str.starts_with("overrun")).then(1.0).otherwise(likely)
        decision[name] = decision[name].with_columns(low=likely, likely=likely, high=likely)
    return replace(study, decision=decision)


def row_of(table: pl.DataFrame, **keys: str) -> dict[str, object]:
    return table.row(by_predicate=pl.all_horizontal(pl.col(k) == v for k, v in keys.items()), named=True)


def test_a_new_station_with_one_car_costs_what_its_parts_cost(full: Study) -> None:
    """Alternative 2: a car round the clock at a new station, desks, and the western station changes hands."""
    cost = tables_of(certain(full))["cost"]
    desks = 2.0 + (8760 - 12 * 365) / 1460
    parts = 12 * 900_000 + (desks - 2.0) * 950_000 + 2.0 * 750_000 + 450_000 + 2_000_000 + 1000 * 6.0
    running = row_of(cost, alternative="2", organisation="all", item="running")
    assert running["nok"] == pytest.approx(parts)
    assert running["nok_low"] == running["nok_high"] == running["nok"]
    by_owner = [row_of(cost, alternative="2", organisation=one, item="running")["nok"] for one in
                ("trust-east", "trust-west")]  # fmt: skip
    assert sum(float(str(one)) for one in by_owner) == pytest.approx(parts), "what moves costs nobody anything in all"
    once = row_of(cost, alternative="2", organisation="all", item="one_off")
    assert once["nok"] == pytest.approx(35e6 + 5e6 + 20e6 + 5e6)


def test_ranges_hold_the_likely_sum_and_stay_the_same(full: Study) -> None:
    first, second = tables_of(full)["cost"], tables_of(full)["cost"]
    assert first.equals(second)
    known = first.filter(pl.col("nok").is_not_null())
    assert known.filter(pl.col("item") == "running").height == 3
    assert (known["nok_low"] <= known["nok"]).all()
    assert (known["nok"] <= known["nok_high"]).all()
    one_off = row_of(first, alternative="2", organisation="all", item="one_off")
    assert float(str(one_off["nok"])) > 65e6, "half of such projects cost more than a tenth beyond their estimate"


@pytest.mark.parametrize("price", ["nok_per_ambulance_fte", "nok_per_km", "nok_per_station_year"])
def test_a_missing_price_is_named_and_no_sum_is_told(full: Study, price: str) -> None:
    prices = full.decision["cost_figures"].filter(pl.col("figure") != price)
    cost = tables_of(replace(full, decision={**full.decision, "cost_figures": prices}))["cost"]
    running = row_of(cost, alternative="2", organisation="all", item="running")
    assert (running["nok"], running["missing"]) == (None, price)


def test_staff_that_nobody_has_stated_is_no_zero(full: Study) -> None:
    desks = full.decision["desks"].filter(pl.col("id") != "travel-2-ous")
    cost = tables_of(replace(full, decision={**full.decision, "desks": desks}))["cost"]
    row = row_of(cost, alternative="2", organisation="trust-east", item="patient_travel_staff")
    assert (row["change"], row["nok"], row["missing"]) == (None, None, "desks.csv")
    assert row_of(cost, alternative="2", organisation="all", item="running")["nok"] is None
    assert row_of(cost, alternative="2", organisation="trust-west", item="running")["nok"] is not None


def test_a_study_without_prices_asks_for_all(tiny: Study) -> None:
    cost = tables_of(tiny)["cost"]
    assert cost.filter(pl.col("item").is_in(["running", "one_off"]))["nok"].null_count() == 4
    once = row_of(cost, alternative="2", organisation="all", item="one_off")
    assert once["missing"] == "one_off_costs.csv;overrun_p50;overrun_p85"


def test_without_money_nothing_is_told(full: Study) -> None:
    report = full.settings.report.model_copy(update={"money": False})
    study = replace(full, settings=full.settings.model_copy(update={"report": report}))
    assert all(table.is_empty() for table in tables_of(study).values())


def test_the_points_of_the_class_are_its_quantiles() -> None:
    assert norm.ppf(0.85) == pytest.approx(Z_85, abs=1e-12)
    draws = overrun_draws({"overrun_p50": Range(1.1, 1.1, 1.1), "overrun_p85": Range(1.5, 1.5, 1.5)}, 3)
    assert draws is not None
    assert np.quantile(draws, [0.5, 0.85]) == pytest.approx([1.1, 1.5], rel=0.02)
    assert overrun_draws({"overrun_p50": Range(1.1, 1.1, 1.1)}, 3) is None


@given(p50=st.floats(0.5, 3.0), more=st.floats(0.0, 3.0), z=st.lists(st.floats(-3.0, 3.0), min_size=2, max_size=2))
def test_an_overrun_rises_with_luck_from_the_middle_project(p50: float, more: float, z: list[float]) -> None:
    at = overrun_at(np.array([min(z), max(z), 0.0]), np.full(3, p50), np.full(3, p50 + more))
    assert 0.0 < at[0] <= at[1] * (1 + 1e-12)
    assert at[2] == pytest.approx(p50)


def test_kilometres_and_cars_of_the_tiny_study(full: Study, tiny_network: Network) -> None:
    services = services_of(full)
    found = climate_tables(full, tiny_network, services, {"units": driven(services)})
    everybody = row_of(found["climate"], alternative="2", organisation="all")
    assert everybody["km"] == 6 * 1000.0
    assert everybody["co2_t"] == pytest.approx(6 * 0.35)
    assert everybody["km_change"] == 1000.0
    cases = {row["case"]: row for row in found["electric"].filter(pl.col("alternative") == "today").to_dicts()}
    assert cases["hard"]["missed"] >= cases["likely"]["missed"] >= cases["easy"]["missed"]
    assert cases["likely"]["missions"] > 0
    units = found["electric_units"].filter(pl.col("alternative") == "today")
    assert units["missions"].sum() == cases["likely"]["missions"]


def test_an_hour_at_the_charger_gives_power_over_what_a_kilometre_takes() -> None:
    figures = {
        "electric_range_km": Range(150.0, 220.0, 300.0),
        "electric_kwh_per_km": Range(0.3, 0.4, 0.5),
        "charge_kw": Range(11.0, 22.0, 50.0),
        "reserve_km": Range(10.0, 20.0, 30.0),
    }
    hard, easy = electric_car(figures, "hard"), electric_car(figures, "easy")
    assert hard.charge_km_per_h == pytest.approx(22.0)
    assert (hard.range_km, hard.reserve_km) == (150.0, 30.0)
    assert easy.charge_km_per_h == pytest.approx(50 / 0.3)
    assert (easy.range_km, easy.reserve_km) == (300.0, 10.0)
