"""Fleets that share their incidents: the same years as when each is made ready by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.demand.generate import generate_calls
from beredt.indicators.tally import tally_response_only
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.reroster_unit import RerosterUnit
from beredt.model.edits.scale_rate import ScaleRate
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.case import observe_case, prepare_case
from beredt.simulation.study_roads import StudyRoads, study_roads
from beredt.simulation.variant import meet_once, observe_variant, vary
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("variant") / "tiny"))


@pytest.fixture(scope="module")
def roads(tiny: Study) -> StudyRoads:
    return study_roads(tiny, build_network(tiny))


def fleets(study: Study) -> list[tuple[Edit, ...]]:
    unit, other = study.service.units[0], study.service.stations[1].id
    roster = study.service.rosters[0].id
    return [
        (),
        (MoveUnit(unit=unit.id, station=other),),
        (AddUnit(id="extra", station=other, unit_kind="ambulance", roster=roster),),
        (RerosterUnit(unit=unit.id, roster=roster),),
    ]


@pytest.mark.parametrize("number", range(4))
def test_a_fleet_meets_what_it_would_meet_by_itself(tiny: Study, roads: StudyRoads, number: int) -> None:
    base = prepare_case(tiny, roads, tiny.service)
    service = apply_edits(tiny.service, fleets(tiny)[number])
    calls = generate_calls(base.generated.demand, 7, 3)
    alone = prepare_case(tiny, roads, service)
    variant = vary(tiny, roads, tiny.service, base, service)
    wanted = observe_case(alone, calls, km=False).year
    found = observe_variant(variant, meet_once(base, calls))
    for one, other in (
        (wanted.incidents, found.incidents),
        (wanted.missions, found.missions),
        (wanted.stints, found.stints),
    ):
        for name, column in one._asdict().items():
            np.testing.assert_array_equal(getattr(other, name), column, err_msg=name)
    counted, again = (tally_response_only(*pair).response for pair in ((alone.frame, wanted), (variant.frame, found)))
    np.testing.assert_array_equal(counted.counts, again.counts)
    np.testing.assert_array_equal(counted.sums_ms, again.sums_ms)
    for name, column in alone.frame._asdict().items():
        np.testing.assert_array_equal(getattr(variant.frame, name), column, err_msg=name)


def test_what_incidents_depend_on_may_not_differ(tiny: Study, roads: StudyRoads) -> None:
    base = prepare_case(tiny, roads, tiny.service)
    busier = apply_edits(tiny.service, [ScaleRate(urgency="A", factor=2.0)])
    with pytest.raises(ValueError, match="differ in rates"):
        vary(tiny, roads, tiny.service, base, busier)
    louder = replace(tiny.service, noise_sigma=tiny.service.noise_sigma + 0.1)
    with pytest.raises(ValueError, match="noise_sigma"):
        vary(tiny, roads, tiny.service, base, louder)


def test_incidents_are_not_changed_by_a_run(tiny: Study, roads: StudyRoads) -> None:
    base = prepare_case(tiny, roads, tiny.service)
    met = meet_once(base, generate_calls(base.generated.demand, 7, 0))
    variant = vary(tiny, roads, tiny.service, base, tiny.service)
    first, second = observe_variant(variant, met), observe_variant(variant, met)
    np.testing.assert_array_equal(first.missions.scene_t, second.missions.scene_t)
