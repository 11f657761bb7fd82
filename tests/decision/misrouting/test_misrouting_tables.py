"""People and calls near the borders between centres, today and as alternatives move them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.decision.misrouting.expected_calls import expected_calls
from beredt.decision.misrouting.misrouting_tables import misrouting_tables
from beredt.decision.misrouting.near_centres import distance_to_centres_km, nearest_other_km
from beredt.decision.near_border import share_within
from beredt.demand.population import people_by_area
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(str(write_opinions(write_tiny_study(tmp_path_factory.mktemp("tiny")))))


@pytest.fixture(scope="module")
def bundled() -> Study:
    return load_study("asker-baerum")


def services(study: Study) -> dict[str, Service]:
    return {"today": study.service} | {one.id: apply_edits(study.service, one.edits) for one in study.alternatives}


def near(table: pl.DataFrame, alternative: str, km: float) -> float:
    chosen = table.filter((pl.col("alternative") == alternative) & (pl.col("km") == km))
    return float(chosen["people"].sum())


def test_people_near_a_border_grow_with_the_distance_and_are_never_more_than_all(study: Study) -> None:
    tables = misrouting_tables(study, services(study))
    everybody = people_by_area(study.service.areas, study.population, study.settings.study.year).sum()
    for _, group in tables["misrouting_near"].group_by(["alternative", "centre", "other"]):
        ordered = group.sort("km")
        assert ordered["people"].is_sorted()
        assert ordered["calls"].is_sorted()
        assert ordered["people"].max() <= everybody


def test_calls_are_the_yearly_ones_without_transfers(study: Study) -> None:
    calls = expected_calls(study)
    share = {need.urgency: need.hospital_origin_share for need in study.service.needs}
    without = replace(study, service=replace(study.service, needs=tuple(
        replace(need, hospital_origin_share=0.0) for need in study.service.needs)))  # fmt: skip
    assert calls.sum(axis=0) == pytest.approx(
        expected_calls(without).sum(axis=0) * (1 - np.array([share[u] for u in "AHV"]))
    )


def test_one_centre_has_no_border_and_no_misrouted_call(study: Study) -> None:
    alone = replace(study.service, areas=tuple(replace(area, centre="centre-east") for area in study.service.areas))
    tables = misrouting_tables(study, {"today": alone})
    assert tables["misrouting_near"].is_empty()
    assert tables["misrouting"]["calls_high"].to_list() == [0.0]


def test_the_distance_is_to_the_outlines_of_whole_municipalities_and_otherwise_to_areas(bundled: Study) -> None:
    """The same two sides by the cells alone, one by one: outlines are finer, and never far off."""
    service = services(bundled)["2"]
    distances = distance_to_centres_km(bundled, service)
    cells = distance_to_centres_km(replace(bundled, outlines={"features": []}), service)
    for side, distance in distances.items():
        known = np.isfinite(distance)
        assert (known == np.isfinite(cells[side])).all()
        assert np.median(np.abs(distance[known] - cells[side][known])) < 0.6
    assert (nearest_other_km(distances, len(service.areas)) >= 0).all()


@pytest.mark.parametrize(
    ("alternative", "one", "other", "printed"), [("2", "baerum", "oslo", 90_000), ("3", "asker", "baerum", 30_000)]
)
def test_a_moved_border_has_the_people_that_the_regional_study_prints(
    bundled: Study, alternative: str, one: str, other: str, printed: int
) -> None:
    """Published: within 2 km of Bærum/Oslo 90,000 and of Bærum/Asker 30,000, in 2022; the borders of 2 and 3."""
    service = services(bundled)[alternative]
    people = people_by_area(service.areas, bundled.population, 2022)
    there = np.array([area.municipality in (one, other) for area in service.areas])
    nearest = nearest_other_km(distance_to_centres_km(bundled, service), len(service.areas))
    found = float((people * share_within(nearest, service.areas, 2.0))[there].sum())
    assert found == pytest.approx(printed, rel=0.10)


def test_the_bundled_study_tells_of_more_calls_where_the_border_is_dense(bundled: Study) -> None:
    tables = misrouting_tables(bundled, services(bundled))
    calls = dict(tables["misrouting"].select("alternative", "calls_high").rows())
    assert calls == {"today": 198, "0+": 198, "1": 198, "2": 975, "3": 343}, "as the documentation prints"
    assert tables["misrouting"]["calls_low"].to_list() == [0.0] * 5, "the assumed range holds 0"
    assert near(tables["misrouting_near"], "2", 2.0) == pytest.approx(95_437, rel=0.001)
    assert tables["misrouting_masts"].is_empty(), "no positions of masts are given"
    assert not tables["misrouting"]["simulated"].any()


def test_a_study_of_a_call_trace_counts_its_calls_and_has_no_people(tmp_path: Path) -> None:
    study = load_study(str(write_trace_study(tmp_path)))
    assert study.trace is not None
    tables = misrouting_tables(study, {"today": study.service})
    assert tables["misrouting_near"]["people"].sum() == 0.0
    inside = study.trace.filter(pl.col("area").is_in([area.id for area in study.service.areas])).height
    assert expected_calls(study).sum() == pytest.approx(inside * 365 / study.settings.simulation.days)
