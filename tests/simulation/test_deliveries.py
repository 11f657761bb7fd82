"""Where patients are taken, by what happened: held against missions, and against a story with a by-pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from beredt.demand.generate import generate_calls
from beredt.dispatch.world import CARRIER, PRIMARY
from beredt.indicators.paths.tally_paths import tally_paths
from beredt.indicators.tally import tally
from beredt.model.read import load_study
from beredt.roads.build import build_network
from beredt.simulation.case import meet, observe_met, prepare_case
from beredt.simulation.kernel import simulate
from beredt.simulation.study_roads import study_roads
from beredt.simulation.unpack import taken_to
from tests.simulation.paths.test_tally_paths import CONDITIONS, TRIAGE
from tests.stories.telling import Call, Story, UnitOf, WardOf, incidents_of, world_of
from tests.tiny_study import write_tiny_study


def test_patients_are_counted_where_their_units_take_them(tmp_path: Path) -> None:
    """One by one over the missions; and the same where the study has tables of pathways that change nobody."""
    found = []
    for name, tables in (("plain", {}), ("known", {"triage": TRIAGE, "conditions": CONDITIONS})):
        study = load_study(write_tiny_study(tmp_path / name, **tables))
        case = prepare_case(study, study_roads(study, build_network(study)), study.service)
        met = meet(case, generate_calls(case.generated.demand, 3, 0))
        year = observe_met(case, met).year
        node, counted = case.generated.rules.hospital_node, np.zeros(len(study.service.hospitals), np.int64)
        at_door = {int(place): number for number, place in enumerate(node)}
        m = year.missions
        for row in range(len(m.incident)):
            i = int(m.incident[row])
            taken = not m.diverted[row] and m.dest_t[row] > m.leave_t[row] and m.role[row] in (PRIMARY, CARRIER)
            inside = case.frame.start_s <= year.incidents.call_t[i] < case.frame.end_s
            if taken and inside and met.hospital[i] >= 0:  # not a transfer home
                counted[at_door[int(met.incidents.dest[i])]] += 1
        told = tally(case.frame, year)
        assert told.delivered is not None
        assert counted.sum() > 0
        np.testing.assert_array_equal(told.delivered, counted)
        if year.paths is not None:
            np.testing.assert_array_equal(told.delivered, tally_paths(case.frame, year).delivered)
        found.append(counted)
    np.testing.assert_array_equal(found[0], found[1])


def test_who_is_taken_past_a_crowded_hospital_is_counted_at_the_other() -> None:
    """Two patients at a hospital of one place; the third leaves while the second waits, and is taken on."""
    units = {name: UnitOf("Asker") for name in ("A", "B", "C")}
    calls = {name: Call(minute, "Asker", to="Sykehus") for name, minute in (("a", 0), ("b", 5), ("c", 35))}
    wards = {"Sykehus": WardOf(1, 600, by_pass_to="Annet"), "Annet": WardOf(5, 60)}
    story = Story(places={"Asker": 0, "Sykehus": 4, "Annet": 10}, units=units, calls=calls, wards=wards)
    meant = np.zeros(3, np.int32)
    assert taken_to(meant, simulate(world_of(story), incidents_of(story))).tolist() == [0, 0, 1]
    assert meant.tolist() == [0, 0, 0]
