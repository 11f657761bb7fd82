"""Two stations, three red patients, two beds near and one far: every time by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import Event, MajorIncident, When
from beredt.decision.major_incident.needed import COMMAND, Needed
from beredt.decision.major_incident.respond import Answered, respond
from beredt.decision.major_incident.room import room_at
from beredt.decision.major_incident.tables import major_tables
from beredt.model.alternative import TODAY
from beredt.model.closed_department import ClosedDepartment
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.network import Network
from beredt.simulation.paths.closed_hours import ClosedHours
from beredt.simulation.study_roads import TableRoads
from tests.decision.major_incident.quiet_study import quiet_study

HANDLING, MOBILISATION, OUT, SCENE, HANDOVER = 125.0, 88.0, 60.0, 1640.0, 1008.0
ACUTE, TRANSPORT = 0.8, 0.9
BEDS = {"hosp-west": (2, 0, 0), "hosp-east": (1, 0, 0)}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Network]:
    folder: Path = tmp_path_factory.mktemp("quiet") / "study"
    study = quiet_study(folder)
    return study, build_network(study)


def answer(
    quiet: tuple[Study, Network],
    assumptions: Assumptions,
    patients: tuple[int, int, int] = (3, 0, 0),
    needed: tuple[Needed, ...] = (),
) -> Answered:
    study, network = quiet
    event = Event("story", (MajorIncident("a", find_scene(study, "w1"), 0.0, patients),), When(3, 10 * 3600), needed)
    return respond(study, network, {TODAY: study.service}, event, assumptions, samples=1)


def drives(quiet: tuple[Study, Network]) -> dict[str, float]:
    """Car seconds between the scene and stations and hospitals, from the table of the roads."""
    study, network = quiet
    roads = TableRoads(network)
    scene = roads.areas([one for one in study.service.areas if one.id == "w1"])
    sites = {
        **{one.id: roads.sites("station", [one]) for one in study.service.stations},
        **{one.id: roads.sites("hospital", [one]) for one in study.service.hospitals},
    }
    there = {name: float(roads.trip_s(place, scene)[0, 0]) for name, place in sites.items()}
    back = {f"to {name}": float(roads.trip_s(scene, place)[0, 0]) for name, place in sites.items()}
    return there | back


def test_every_time_is_what_a_reader_works_out(quiet: tuple[Study, Network]) -> None:
    drive = drives(quiet)
    tally = answer(quiet, Assumptions(capacity=BEDS, step_min=10)).tallies[TODAY][0]
    west = HANDLING + MOBILISATION + drive["st-west"] * ACUTE
    east = HANDLING + MOBILISATION + drive["st-east"] * ACUTE
    # The unit from the west takes the first patient to the near hospital and comes back from there for the third,
    # whom the near hospital has no bed for.
    free = west + SCENE + drive["to hosp-west"] * TRANSPORT + HANDOVER
    again = free + OUT + drive["hosp-west"] * ACUTE
    away = again + SCENE
    assert west < east < free < again
    np.testing.assert_allclose(tally.arrival_min * 60.0, [west, east, again], atol=0.01)
    assert tally.first_min * 60.0 == pytest.approx(west, abs=0.01)
    assert tally.reds_min * 60.0 == pytest.approx(again, abs=0.01)
    assert tally.last_away_min * 60.0 == pytest.approx(away, abs=0.01)
    assert tally.many_min == np.inf
    assert tally.to_hospital.tolist() == [[1, 0, 0], [2, 0, 0]]
    minutes = np.array(Assumptions(step_min=10).minutes) * 60.0
    assert tally.away[:, 0].tolist() == [
        sum(left <= minute for left in (west + SCENE, east + SCENE, away)) for minute in minutes
    ]


def test_while_both_units_are_away_nobody_has_one(quiet: tuple[Study, Network]) -> None:
    tally = answer(quiet, Assumptions(capacity=BEDS, step_min=10)).tallies[TODAY][0]
    assert tally.free_with[:3].tolist() == [2, 0, 0]
    assert set(tally.free_without.tolist()) == {2}
    assert tally.people_with[0].tolist() == tally.people_without[0].tolist()
    assert tally.people_with[1].tolist() == [0.0, 0.0]
    assert tally.people_without[1, 1] == 1.0


def test_patients_whom_no_hospital_has_room_for_are_told(quiet: tuple[Study, Network]) -> None:
    answered = answer(quiet, Assumptions(capacity=BEDS, horizon_min=600), (4, 3, 0))
    tally, sample = answered.tallies[TODAY][0], major_tables(answered)["major_samples"].row(0, named=True)
    assert tally.without_room.tolist() == [1, 3, 0]
    assert tally.delivered[-1].tolist() == [3, 0, 0]
    assert sample["patients"] == sample["delivered"] + sample["without_room"] == 7
    hospitals = major_tables(answered)["major_hospitals"]
    assert hospitals.filter(hospitals["hospital"].is_null())["planned"].to_list() == [1, 3]


def test_a_closed_department_takes_nobody_while_it_is_closed(quiet: tuple[Study, Network]) -> None:
    """Two beds near and three far: with the near one closed on Wednesday mornings all three drive far, at night not."""
    study, network = quiet
    closed = ClosedDepartment(
        "hosp-west", "A", instead=("hosp-east",), weekdays=(3,), start_s=6 * 3600, end_s=12 * 3600
    )
    service = replace(study.service, closed_departments=(closed,))
    event = Event("story", (MajorIncident("a", find_scene(study, "w1"), 0.0, (3, 0, 0)),), needed=())
    assumptions = Assumptions(capacity={"hosp-west": (2, 0, 0), "hosp-east": (3, 0, 0)}, step_min=60)
    found = {}
    for hour in (10, 22):
        at = replace(event, when=When(3, hour * 3600))
        found[hour] = respond(study, network, {TODAY: study.service, "closed": service}, at, assumptions, samples=1)
    planned = {
        (hour, key): one.tallies[key][0].planned[:, 0].tolist() for hour, one in found.items() for key in one.tallies
    }
    assert planned == {
        (10, TODAY): [1, 2, 0],
        (10, "closed"): [3, 0, 0],
        (22, TODAY): [1, 2, 0],
        (22, "closed"): [1, 2, 0],
    }
    assert found[10].tallies["closed"][0].to_hospital[:, 0].tolist() == [3, 0]
    table = major_tables(found[10])["major_hospitals"].filter(pl.col("alternative") == "closed")
    assert table.select("hospital", "capacity", "planned").rows() == [("hosp-east", 3.0, 3.0)]


@pytest.mark.parametrize(("share", "left"), [(0.0, 10), (0.25, 7), (0.9, 1), (1.0, 0)])
def test_a_bypassed_department_takes_its_part_of_ten(share: float, left: int) -> None:
    always = ClosedHours(np.zeros((1, 3, 168), np.int32), np.array([share]), np.zeros((1, 1, 1), np.int32))
    assert room_at(np.array([[10, 0, 0]]), always, 400).tolist() == [[left, 0, 0]]


def test_a_unit_that_commands_is_the_first_there_and_stays(quiet: tuple[Study, Network]) -> None:
    tally = answer(quiet, Assumptions(step_min=10), (1, 0, 0), (replace(COMMAND, stay_min=60.0),)).tallies[TODAY][0]
    assert tally.needed_min.tolist() == [tally.first_min]
    assert tally.reds_min == tally.arrival_min[1]
    assert np.isnan(tally.treat_min), "nobody waits for it"
    there = tally.first_min
    free = [
        minute for minute, count in zip(Assumptions(step_min=10).minutes, tally.free_with, strict=True) if count == 2
    ]
    assert min(minute for minute in free if minute > 0) >= there + 60.0


def test_crews_called_in_come_after_their_time_and_never_without_the_event(quiet: tuple[Study, Network]) -> None:
    called = Assumptions(call_in_share=1.0, call_in_min=20.0, step_min=5)
    answered = answer(quiet, called)
    tally, own = answered.tallies[TODAY][0], answered.prepared[TODAY].called_in
    assert len(own) == 2
    assert set(tally.free_without.tolist()) == {2}
    came = tally.arrival_min[np.isin(tally.arrival_unit, own)]
    # Both crews come on duty at once; the third patient has waited, and the crew that is listed first takes it.
    east = drives(quiet)["st-east"] * ACUTE
    assert came.tolist() == pytest.approx([20.0 + (MOBILISATION + east) / 60.0])
    plain = answer(quiet, Assumptions(step_min=5)).tallies[TODAY][0]
    assert tally.arrival_min[2] < plain.arrival_min[2]
