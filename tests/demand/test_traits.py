"""Who calls in a generated year: ages, kinds and addresses as they were put in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.demand.calls_table import calls_table
from beredt.demand.generate import demand_of, generate_calls
from beredt.demand.population import AGE_BANDS
from beredt.demand.purposes import Purpose
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.demand.varied_study import Rows, varied
from tests.tiny_study import write_tiny_study

SIGMAS = 4.5
KINDS: Rows = [
    {"urgency": "A", "kind": "acute", "share": 0.8},
    {"urgency": "A", "kind": "psychiatric", "share": 0.2},
    {"urgency": "V", "kind": "transfer", "share": 0.4},
    {"urgency": "V", "kind": "planned", "share": 0.6},
]
REPEATED, OFTEN, PER_ADDRESS = 0.3, 0.02, 2.5


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The tiny study with ten times the need: 24,000 incidents a year."""
    study = load_study(write_tiny_study(tmp_path_factory.mktemp("traits") / "tiny"))
    areas = tuple(replace(area, need_factor=10.0) for area in study.service.areas)
    commuters: Rows = [
        {"id": "o", "from_area": "e1", "to_area": "w4", "people": 1500.0, "weekdays": [1, 2], "start": 0, "end": 86_400}
    ]
    one = replace(study, service=replace(study.service, areas=areas))
    return varied(
        one,
        {"incident_kinds": KINDS, "commuters": commuters},
        repeat_share=REPEATED,
        repeat_addresses=OFTEN,
        people_per_address=PER_ADDRESS,
        cluster_share=0.1,
    )


@pytest.fixture(scope="module")
def calls(busy: Study) -> pl.DataFrame:
    return calls_table(busy, busy.service, 0)


def test_a_table_has_the_columns_of_the_dictionary(calls: pl.DataFrame) -> None:
    assert calls.columns == [field.name for field in load_fields("generate/calls")]
    assert calls["generated"].all()
    assert calls["time"].is_sorted()


def test_they_are_the_incidents_of_the_simulation(busy: Study, calls: pl.DataFrame) -> None:
    drawn = generate_calls(demand_of(busy, busy.service), busy.settings.simulation.seed, 0)
    since = (calls["time"] - calls["time"].dt.truncate("1y")).dt.total_milliseconds().to_numpy() / 1000.0
    np.testing.assert_allclose(since, drawn.call_t, atol=1e-6)
    starts = drawn.draws[Purpose.HOSPITAL_ORIGIN] < np.array([0.0, 0.05, 0.4])[drawn.urgency]
    np.testing.assert_array_equal((calls["kind"] == "transfer").to_numpy(), starts)


def test_ages_are_those_of_need(calls: pl.DataFrame) -> None:
    shares = np.array([0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01])
    need = shares * np.array([0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0])
    home = calls.filter("at_home")["age_band"]
    found = np.array([(home == band).sum() for band in AGE_BANDS])
    told = need / need.sum()
    assert (np.abs(found / found.sum() - told) < SIGMAS * np.sqrt(told / found.sum())).all()
    away = calls.filter(~pl.col("at_home"))
    assert away.height > 100
    assert set(away["area"]) == {"w4"}
    assert set(away["age_band"]) == set(AGE_BANDS[2:7])
    assert away["address"].null_count() == away.height


def test_kinds_have_their_shares(calls: pl.DataFrame) -> None:
    for urgency, kind, share in (("A", "psychiatric", 0.2), ("V", "transfer", 0.4), ("H", "acute", 0.95)):
        own = calls.filter(pl.col("urgency") == urgency)["kind"]
        assert abs((own == kind).to_numpy().mean() - share) < SIGMAS * np.sqrt(share / len(own)), (urgency, kind)


def test_repeat_addresses_are_recovered_from_pairs_alone(calls: pl.DataFrame) -> None:
    """Pairs of calls at one address, over pairs in the area: Σ P(address)² = r²/m + 2r(1 − r)/n + (1 − r)²/n."""
    people = {"e1": 4000.0, "e2": 3500.0, "e3": 3800.0, "w1": 3000.0}
    found, least, variance = 0.0, {0.2: 0.0, REPEATED: 0.0, 0.4: 0.0}, 0.0
    for area, count in people.items():
        address = (
            calls.filter((pl.col("area") == area) & pl.col("at_home"))["address"].value_counts()["count"].to_numpy()
        )
        n = np.ceil(count / PER_ADDRESS)
        m = max(1.0, np.rint(n * OFTEN))
        pairs = address.sum() * (address.sum() - 1) / 2
        found += (address * (address - 1) / 2).sum()
        for share in least:
            least[share] += pairs * (share**2 / m + 2 * share * (1 - share) / n + (1 - share) ** 2 / n)
        variance += address.sum() ** 3 * (REPEATED**3 / m**2) + pairs * REPEATED**2 / m
    assert abs(found - least[REPEATED]) < SIGMAS * np.sqrt(variance)
    assert least[0.2] + SIGMAS * np.sqrt(variance) < found < least[0.4] - SIGMAS * np.sqrt(variance)


def test_the_command_writes_a_table_and_what_it_is(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "tiny")
    one, other = tmp_path / "one.csv", tmp_path / "other.parquet"
    runner = CliRunner()
    done = runner.invoke(build_app(), ["demand", "generate", str(folder), "--out", str(one)])
    assert done.exit_code == 0, done.output
    assert "Nobody's real calls." in done.output
    told = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert told["generated"] is True
    rows = pl.read_csv(one)
    assert rows.height == told["incidents"] > 100
    assert rows["time"][0].startswith("2026-01-01T")
    again = runner.invoke(
        build_app(),
        ["demand", "generate", str(folder), "--out", str(other), "--against", str(one), "--alternative", "2", "--json"],
    )
    assert again.exit_code == 1, "four weeks are too few to tell"
    assert "weeks" in json.loads(again.stdout)["error"]
    assert runner.invoke(build_app(), ["demand", "generate", str(folder), "--out", "x.txt"]).exit_code == 2
