"""The income model: by hand, zero in sum whatever the figures, and never part of cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beredt.decision.income.model import Component, Criterion, Flow, IncomeModel
from beredt.decision.income.shares import Ground, corrections, shares
from beredt.decision.income.tables import income_tables
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.run_study import chosen_services

ORGANISATIONS = ("ous", "vv", "ahus")
CRITERIA = {
    "people": Criterion("people", "people", 0, None),
    "old": Criterion("old", "people", 80, None),
    "ground": Criterion("ground", "ground", 0, None),
    "index": Criterion("index", "values", 0, None),
}


def ground(people: list[float], old: list[float], km2: list[float], zones: list[str]) -> Ground:
    by_age = np.zeros((len(people), 10))
    by_age[:, 0], by_age[:, 8] = np.array(people) - np.array(old), old
    return Ground(by_age, np.array(km2), [(zone,) for zone in zones])


def test_a_share_is_weighed_by_hand() -> None:
    # People 300 to 100 weigh 0.6, the old 10 to 30 weigh 0.4: 0.6 · 0.75 + 0.4 · 0.25 = 0.55.
    component = Component("c", "organisation", 1000.0, {"people": 0.6, "old": 0.4})
    model = IncomeModel((component,), CRITERIA, {}, ())
    here = ground([300.0, 100.0], [10.0, 30.0], [1.0, 1.0], ["a", "b"])
    assert shares(component, model, here, np.array([0, 1]), ORGANISATIONS).tolist() == pytest.approx([0.55, 0.45, 0.0])


def test_a_value_moves_with_its_place_or_stays_with_its_organisation() -> None:
    component = Component("c", "organisation", 1000.0, {"index": 1.0})
    model = IncomeModel((component,), CRITERIA, {("index", "a"): 30.0, ("index", "vv"): 10.0}, ())
    here = ground([300.0, 100.0], [0.0, 0.0], [1.0, 1.0], ["a", "b"])
    assert shares(component, model, here, np.array([0, 1]), ORGANISATIONS).tolist() == pytest.approx([0.75, 0.25, 0.0])
    assert shares(component, model, here, np.array([1, 1]), ORGANISATIONS).tolist() == pytest.approx([0.0, 1.0, 0.0])


def test_patients_treated_at_home_are_not_paid_for() -> None:
    component = Component("c", "organisation", 1000.0, {"people": 1.0})
    flows = (Flow("c", "a", "vv", 50.0), Flow("c", "b", "vv", 20.0))
    model = IncomeModel((component,), CRITERIA, {}, flows)
    here = ground([300.0, 100.0], [0.0, 0.0], [1.0, 1.0], ["a", "b"])
    assert corrections(component, model, here, np.array([0, 1]), ORGANISATIONS).tolist() == [-50.0, 50.0, 0.0]
    assert corrections(component, model, here, np.array([1, 1]), ORGANISATIONS).tolist() == [0.0, 0.0, 0.0]


@settings(max_examples=50)
@example(510510, 1)  # nobody lives anywhere
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_what_moves_sums_to_zero(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    zones = [f"z{number % 4}" for number in range(n)]
    here = Ground(rng.random((n, 10)) * rng.integers(0, 2000), rng.random(n), [(zone,) for zone in zones])
    weights = rng.random(4) + 0.01
    amount = float(rng.random() * 1e10)
    component = Component(
        "c", "organisation", amount, dict(zip(CRITERIA, (weights / weights.sum()).tolist(), strict=True))
    )
    values = {("index", one): float(rng.random()) for one in (*ORGANISATIONS, "z0", "z1")}
    flows = tuple(Flow("c", f"z{k}", ORGANISATIONS[k % 3], float(rng.random() * 1e8)) for k in range(4))
    model = IncomeModel((component,), CRITERIA, values, flows)
    change = np.zeros(3)
    for sign in (1.0, -1.0):
        owner = rng.integers(0, 3, n)
        share = shares(component, model, here, owner, ORGANISATIONS)
        paid = corrections(component, model, here, owner, ORGANISATIONS)
        assert share.sum() == pytest.approx(1.0, rel=1e-12)
        assert (share >= 0.0).all()
        change += sign * (amount * share + paid)
    assert abs(change.sum()) <= 1e-9 * max(amount, 1.0)


@pytest.fixture(scope="module")
def bundled() -> Study:
    return load_study("asker-baerum")


def with_model(study: Study) -> Study:
    tables = {
        "income_components": pl.DataFrame(
            {"id": ["car", "desk"], "position": [1, 2], "name_en": ["Cars", "Desk"], "name_nb": ["Biler", "Sentral"],
             "follows": ["organisation", "centre"], "amount_nok": [1e9, None], "basis": ["example"] * 2,
             "source": ["made up"] * 2}
        ),
        "income_criteria": pl.DataFrame(
            {"id": ["people"], "name_en": ["People"], "name_nb": ["Folk"], "counts": ["people"], "age_from": [0],
             "age_to": pl.Series([None], dtype=pl.Int64)}
        ),
        "income_weights": pl.DataFrame(
            {"component": ["car", "desk"], "criterion": ["people"] * 2, "weight": [1.0] * 2,
             "basis": ["example"] * 2, "source": ["made up"] * 2}
        ),
    }  # fmt: skip
    return replace(study, decision={**study.decision, **tables})


def test_the_bundled_study_has_no_weights_and_tells_no_income(bundled: Study) -> None:
    made = income_tables(bundled, chosen_services(bundled, ()))
    assert all(table.is_empty() for table in made.values())


def test_people_carry_their_money_along(bundled: Study) -> None:
    study = with_model(bundled)
    made = income_tables(study, chosen_services(study, ()))
    effects = made["income_effects"]
    for part in effects.partition_by("alternative", "component"):
        assert abs(float(part["share_change"].sum())) < 1e-12
    cars = {
        (a, o): n
        for a, o, n in effects.filter(pl.col("component") == "car")
        .select("alternative", "organisation", "change_nok")
        .iter_rows()
    }
    # Royken and Hurum have 34,265 of the 1,349,362 people of 2026; under alternative 1 they move to OUS.
    assert cars["1", "ous"] == pytest.approx(1e9 * 34_265.1 / 1_349_361.5, rel=1e-3)
    assert cars["1", "vv"] == pytest.approx(-cars["1", "ous"])
    assert cars["2", "vv"] > cars["3", "vv"] > 0.0
    desk = effects.filter((pl.col("component") == "desk") & (pl.col("alternative") == "1"))
    assert (desk["share_change"] == 0.0).all(), "alternative 1 moves nobody to another centre"
    assert desk["change_nok"].null_count() == desk.height


def test_cost_does_not_know_of_income(bundled: Study) -> None:
    from beredt.decision.staffing import tables as staff_tables

    services = chosen_services(bundled, ())
    plain, moved = (staff_tables.staff_tables(one, services) for one in (bundled, with_model(bundled)))
    assert all(plain[name].equals(moved[name]) for name in plain)


def test_the_rooms_of_cost_do_not_import_income(root: Path) -> None:
    for room in ("cost", "staffing"):
        files = list((root / "src" / "beredt" / "decision" / room).rglob("*.py"))
        assert files
        for file in files:
            assert "decision.income" not in file.read_text(encoding="utf-8"), file
