"""Planned tasks and places at hospitals, from the tables of a study to what the kernel meets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from beredt.demand.generate import generate_calls
from beredt.demand.planned_tasks import TaskForm, draw_tasks, task_stratum
from beredt.dispatch.world import NO_END
from beredt.errors import EditError, StudyError
from beredt.model.by_pass import ByPass
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.set_by_pass import SetByPass
from beredt.model.edits.set_hospital_places import SetHospitalPlaces
from beredt.model.edits.set_planned_task import SetPlannedTask
from beredt.model.hospital_places import HospitalPlaces
from beredt.model.planned_task import PlannedTask
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.case import Met, meet, prepare_case
from beredt.simulation.study_roads import TableRoads
from beredt.simulation.task_rules import urgency_mask
from tests.tiny_study import write_tiny_study

DAYS = 14
DAY_S = 86_400.0


def form(per_day: float = 3.0, name: str = "visit") -> TaskForm:
    """Nine to five on every day, at one of four homes."""
    below = np.array([0.25, 0.5, 0.75, 1.0])
    on_day: NDArray[np.bool_] = np.ones(DAYS, np.bool_)
    return TaskForm(task_stratum(name), per_day, 9 * 3600, 17 * 3600, on_day, below, 1800.0, 0.4)


def names(tasks: object) -> set[tuple[float, int, float]]:
    """What tells tasks apart: opening, home and length."""
    return set(zip(*(np.asarray(getattr(tasks, c)).tolist() for c in ("open_t", "area", "stay_s")), strict=True))


def test_one_task_more_a_day_moves_none_of_the_others() -> None:
    fewer, more = (names(draw_tasks((form(n),), 5, 0)) for n in (3.0, 4.0))
    assert fewer < more
    assert (len(fewer), len(more)) == (3 * DAYS, 4 * DAYS)


def test_a_broken_number_is_a_chance_and_other_forms_change_nothing() -> None:
    some = names(draw_tasks((form(3.4),), 5, 0))
    assert names(draw_tasks((form(3.0),), 5, 0)) < some < names(draw_tasks((form(4.0),), 5, 0))
    both = draw_tasks((form(3.4), form(2.0, "other")), 5, 0)
    assert some < names(both)
    assert (np.diff(both.open_t) >= 0).all()
    second = both.open_t % DAY_S
    assert second.min() >= 9 * 3600
    assert second.max() < 17 * 3600
    assert names(draw_tasks((form(3.4),), 5, 1)) != some


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, TableRoads]:
    study = load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    return study, TableRoads(build_network(study))


def met(tiny: tuple[Study, TableRoads], *edits: Edit) -> Met:
    """A replication as the tiny service meets it after edits."""
    study, roads = tiny
    case = prepare_case(study, roads, apply_edits(study.service, edits))
    calls = generate_calls(case.generated.demand, study.settings.simulation.seed, 0)
    return meet(case, calls)


VISITS = SetPlannedTask(
    id="visits", wanted_kinds=("ambulance",), per_day=4, municipalities=("vest",), home_stations=("st-west",),
    start="09:00", end="15:00", from_age=80, window_s=3600, late_s=7200, stay_s=1800, gives_way="AH", drops="A",
    keep_home=1, max_drive_min=20,
)  # fmt: skip


def test_tasks_of_a_study_are_where_and_for_whom_it_says(tiny: tuple[Study, TableRoads]) -> None:
    study, roads = tiny
    tasks = met(tiny, VISITS).incidents.tasks
    assert tasks is not None
    west = [number for number, area in enumerate(study.service.areas) if area.municipality == "vest"]
    assert set(tasks.node.tolist()) == set(roads.areas(study.service.areas).node[west].tolist())
    assert (tasks.due_t == tasks.open_t + 3600).all()
    assert (tasks.last_t == tasks.due_t + 7200).all()
    assert {int(one) for one in tasks.gives_way} == {urgency_mask("AH")} == {3}
    assert {int(one) for one in tasks.drops} == {1}
    world = prepare_case(study, roads, apply_edits(study.service, (VISITS,))).world
    assert world.task_may is not None
    may = [unit.kind == "ambulance" and unit.station == "st-west" for unit in study.service.units]
    assert world.task_may.tolist() == [[int(one) for one in may]]
    assert met(tiny).incidents.tasks is None


def test_a_task_for_nobody_is_refused(tiny: tuple[Study, TableRoads]) -> None:
    study, roads = tiny
    service = apply_edits(study.service, (VISITS,))
    nobody = replace(service, planned_tasks=(replace(service.planned_tasks[0], municipalities=("nowhere",)),))
    with pytest.raises(StudyError, match="lives where"):
        prepare_case(study, roads, nobody)


def test_places_hold_in_their_hours_and_only_for_patients_of_the_hospital(tiny: tuple[Study, TableRoads]) -> None:
    study, roads = tiny
    places = SetHospitalPlaces(hospital="hosp-east", places=2, stay_s=3600, start="08:00", end="20:00")
    passing = SetByPass(hospital="hosp-east", to_hospital="hosp-west", waiting=1, urgencies="HV")
    plain, full = met(tiny), met(tiny, places, passing)
    wards = full.incidents.wards
    assert wards is not None
    assert plain.incidents.wards is None
    ids = [hospital.id for hospital in study.service.hospitals]
    east, west = ids.index("hosp-east"), ids.index("hosp-west")
    assert wards.places[east].reshape(7, 24)[:, 8:20].tolist() == [[2] * 12] * 7
    assert set(wards.places[east].reshape(7, 24)[:, [7, 20]].ravel().tolist()) == {NO_END}
    assert (wards.places[west] == NO_END).all()
    assert (wards.by_pass_to[east], wards.by_pass_from[east], wards.by_passed[east]) == (west, 1, urgency_mask("HV"))
    assert set(wards.hospital.tolist()) == {-1, east}
    brought = full.incidents.dest[wards.hospital == east]
    assert set(brought.tolist()) == {int(roads.sites("hospital", study.service.hospitals).node[east])}
    assert (wards.stay_s[wards.hospital == east] == 3600).all()
    for column in ("call_t", "dest", "handover_s", "on_scene_s"):
        assert (getattr(plain.incidents, column) == getattr(full.incidents, column)).all()


def test_edits_replace_what_has_their_name(tiny: tuple[Study, TableRoads]) -> None:
    service = apply_edits(tiny[0].service, (VISITS, replace(VISITS, per_day=9)))
    assert [task.per_day for task in service.planned_tasks] == [9]
    assert apply_edits(service, (replace(VISITS, per_day=0),)).planned_tasks == ()
    places = SetHospitalPlaces(hospital="hosp-east", places=2, stay_s=3600)
    service = apply_edits(service, (places, replace(places, places=3), SetByPass(
        hospital="hosp-east", to_hospital="hosp-west", waiting=2)))  # fmt: skip
    assert service.hospital_places == (HospitalPlaces("hosp-east", 3, 3600.0),)
    assert service.by_passes == (ByPass("hosp-east", "hosp-west", 2),)
    assert isinstance(apply_edits(service, (VISITS,)).planned_tasks[0], PlannedTask)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (replace(VISITS, start="20:00", end="08:00"), "do not run forward"),
        (SetHospitalPlaces(hospital="hosp-east", places=2, stay_s=60, start="08:30"), "not a whole hour"),
        (SetByPass(hospital="hosp-east", to_hospital="hosp-west", waiting=1), "nobody ever waits"),
        (SetByPass(hospital="hosp-east", to_hospital="hosp-east", waiting=1), "stands in for itself"),
    ],
)
def test_edits_that_mean_nothing_are_refused(tiny: tuple[Study, TableRoads], edit: Edit, message: str) -> None:
    with pytest.raises(EditError, match=message):
        apply_edits(tiny[0].service, (edit,))
