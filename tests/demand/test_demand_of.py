"""From a study in files to its demand, today's and an alternative's."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.demand.generate import demand_of, generate_calls
from beredt.demand.intensity import Period, period_of
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.incident_rules import prepare_incident_rules
from beredt.simulation.pack_incidents import pack_incidents
from beredt.simulation.study_roads import TableRoads
from tests.tiny_study import AREAS, write_tiny_study

DAYS = 30


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("demand") / "tiny"))


def test_the_period_is_that_of_the_settings(study: Study) -> None:
    period = period_of(study.settings)
    start = study.settings.study.start
    assert period == Period(start, 1, 28, 1)
    assert period.end_s == DAYS * 86_400.0


def test_the_level_is_that_of_the_rates(study: Study) -> None:
    """The profile is the same every day, so that thirty days hold 30 / 365 of a year."""
    demand = demand_of(study, study.service)
    east = sum(area[6] for area in AREAS if area[3] == "ost")
    west = sum(area[6] for area in AREAS if area[3] != "ost")
    expected = (np.array([39.6, 44.9, 11.4]) * east + np.array([33.9, 38.4, 9.7]) * west) / 1000 * DAYS / 365
    got = np.bincount(demand.urgency, demand.expected, 3)
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_an_alternative_that_changes_no_need_meets_the_same_incidents(study: Study) -> None:
    service = apply_edits(study.service, study.get_alternative("2").edits)
    assert demand_of(study, service).checksum() == demand_of(study, study.service).checksum()
    network = build_network(study)
    calls = generate_calls(demand_of(study, study.service), study.settings.simulation.seed, 0)
    today, moved = (
        pack_incidents(prepare_incident_rules(s, TableRoads(network)), calls) for s in (study.service, service)
    )
    for name in ("call_t", "urgency", "scene", "dest", "second", "mobilisation_s", "on_scene_s", "handover_s", "noise"):
        np.testing.assert_array_equal(getattr(today, name), getattr(moved, name))
    west = np.array([area.municipality == "vest" for area in service.areas])[calls.area]
    assert (today.centre[west] != moved.centre[west]).all()


def test_more_need_keeps_the_incidents_of_less(study: Study) -> None:
    busier = apply_edits(study.service, study.sensitivities[0].edits)
    seed = study.settings.simulation.seed
    before, after = (generate_calls(demand_of(study, s), seed, 1) for s in (study.service, busier))
    names = [set(zip(c.stratum.tolist(), c.k.tolist(), c.call_t.tolist(), strict=True)) for c in (before, after)]
    assert names[0] < names[1]
