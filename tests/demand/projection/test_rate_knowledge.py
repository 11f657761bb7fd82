"""What rates leave open of projected demand, against the years that a simulation draws; and hours where people are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from beredt.demand.calls_by_hour import YEAR_H, calls_by_hour, hours_table
from beredt.demand.projection.kinds import kinds_table
from beredt.demand.projection.project import project_demand
from beredt.demand.projection.rate_knowledge import rate_knowledge
from beredt.demand.rates import area_factors
from beredt.demand.varied import rates_in_replication
from beredt.model.area_factor import AreaFactor
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.demand.varied_study import Rows, demand_of_study, varied, years_of
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("knowledge") / "tiny"))


SPREAD: Rows = [
    {"rate_region": "city", "urgency": "A", "relative_sd": 0.2},
    {"rate_region": "land", "urgency": "A", "relative_sd": 0.3},
]


def test_intervals_hold_the_years_that_are_drawn(tiny: Study) -> None:
    """The 95 % of the projection against 4,000 draws of what a replication is drawn from."""
    factors = tuple(AreaFactor(area.id, "A", 1.0, 0.4) for area in tiny.service.areas)
    study = replace(tiny, service=replace(tiny.service, area_factors=factors))
    study = varied(study, {"rate_spread": SPREAD}, days=365, draw_rates=True)
    (low, high), main = (
        project_demand(study, []).rates.filter(pl.col("municipality").is_null() & (pl.col("urgency") == "A"))
        .select("rates_low", "rates_high").row(0),
        project_demand(study, []).totals.filter(pl.col("municipality").is_null())["incidents"][0],
    )  # fmt: skip
    demand = demand_of_study(study)
    assert demand.variation is not None
    acute = demand.urgency == 0
    drawn = np.array([
        (demand.expected * rates_in_replication(demand.variation, demand.stratum, 3, replication))[acute].sum()
        for replication in range(4000)
    ])  # fmt: skip
    assert drawn.mean() == pytest.approx(main, rel=0.02)
    assert ((drawn >= low) & (drawn <= high)).mean() == pytest.approx(0.95, abs=0.012)


def test_a_sum_knows_more_than_its_parts(tiny: Study) -> None:
    study = varied(tiny, {"rate_spread": SPREAD})
    projected = project_demand(study, [])
    rates = projected.rates.filter(pl.col("urgency") == "A")
    whole = rates.filter(pl.col("municipality").is_null()).row(0, named=True)
    parts = rates.filter(pl.col("municipality").is_not_null())
    width = whole["rates_high"] - whole["rates_low"]
    assert width < (parts["rates_high"] - parts["rates_low"]).sum()
    assert whole["whole_low"] == whole["rates_low"], "nothing else is open in the study's own year"
    sure = projected.rates.filter(pl.col("urgency") == "H")
    assert sure["rates_low"].to_list() == sure["rates_high"].to_list()
    rows = projected.by_area.filter(pl.col("urgency") == "A")
    assert ((rows["rates_low"] <= rows["incidents"]) & (rows["incidents"] <= rows["rates_high"])).all()
    known = rate_knowledge(study)
    assert sorted(set(known.of_rate[:, 0].tolist())) == [0.2, 0.3]
    assert not area_factors(tiny.service)[1].any()


def test_hours_are_where_people_are(tiny: Study) -> None:
    """Expected calls by area and hour of the week against forty generated years."""
    rows: Rows = [
        {"id": "o", "from_area": "e1", "to_area": "w4", "people": 1500.0, "weekdays": [1, 2, 3], "start": 28_800,
         "end": 57_600},
        {"id": "v", "to_area": "s1", "people": 9000.0, "weekdays": [6], "start": 72_000, "end": 7_200},
    ]  # fmt: skip
    study = varied(tiny, {"commuters": rows}, days=364)
    told = calls_by_hour(study, study.service)
    plain = calls_by_hour(varied(tiny), tiny.service)
    names = [area.id for area in tiny.service.areas]
    at_work = slice(8, 16)
    assert (told[names.index("e1"), :, at_work] < plain[names.index("e1"), :, at_work]).all()
    assert told.sum(axis=(0, 2))[0] > plain.sum(axis=(0, 2))[0], "visitors come on top"
    counts = np.zeros((len(names), 168))
    for one in years_of(study, 40):
        hour = (one.call_t // 3600 + 72).astype(int) % 168
        np.add.at(counts, (one.area, hour), 1.0)
    expected = told.sum(axis=1) * 52 * 40 * YEAR_H / (365 * 24)
    for area in ("e1", "w4", "s1"):
        row = names.index(area)
        for hours in (np.arange(8, 16), np.arange(140, 146), np.arange(100, 110)):
            mean = expected[row, hours].sum()
            assert abs(counts[row, hours].sum() - mean) < 4.5 * np.sqrt(mean)
    table = hours_table(study, study.service)
    assert table["incidents"].sum() == pytest.approx(told.sum())
    assert table.height == 3 * 3 * 168


def test_kinds_add_up_to_their_urgency(tiny: Study) -> None:
    rows: Rows = [
        {"urgency": "A", "kind": "acute", "share": 0.9},
        {"urgency": "A", "kind": "psychiatric", "share": 0.1},
    ]
    projected = project_demand(tiny, [])
    table = kinds_table(varied(tiny, {"incident_kinds": rows}), projected).filter(pl.col("municipality").is_null())
    found = {
        (urgency, kind): incidents for urgency, kind, incidents in table.select("urgency", "kind", "incidents").rows()
    }
    everyone = projected.totals.filter(pl.col("municipality").is_null())
    told = dict(everyone.select("urgency", "incidents").rows())
    assert found["A", "psychiatric"] == pytest.approx(0.1 * told["A"])
    assert found["V", "transfer"] == pytest.approx(0.4 * told["V"])
    assert found["V", "planned"] == pytest.approx(0.6 * told["V"])
    assert found["H", "transfer"] + found["H", "acute"] == pytest.approx(told["H"])
    assert sum(found.values()) == pytest.approx(sum(told.values()))
