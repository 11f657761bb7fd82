"""What a place needs beside units for patients: who comes for it, who waits, by hand, by property and by the twin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import Event, MajorIncident, When
from beredt.decision.major_incident.needed import COMMAND, Needed, named_kind, with_needed
from beredt.decision.major_incident.parse_options import parse_needed
from beredt.decision.major_incident.respond import Answered, respond
from beredt.decision.major_incident.sample import prepare_answering, run_sample
from beredt.decision.major_incident.study_events import event_of_study
from beredt.decision.major_incident.tables import major_tables
from beredt.decision.major_incident.tally import Tally
from beredt.decision.major_incident.waiting import arrivals_s
from beredt.decision.major_incident.window import Window
from beredt.demand.generate import generate_calls
from beredt.dispatch.world import PRIMARY
from beredt.errors import OptionError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.read import load_study, read_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.unit_kind import UnitKind
from beredt.roads.build import build_network
from beredt.roads.network import Network
from beredt.simulation.study_roads import TableRoads
from tests.decision.major_incident.quiet_study import quiet_study
from tests.decision.major_incident.test_story import (
    ACUTE,
    HANDLING,
    MOBILISATION,
    SCENE,
    drives,
)
from tests.reference import twin
from tests.tiny_study import write_tiny_study

MINUTE = 60.0
CBRNE = UnitKind(
    "cbrne", "CBRNE unit", "CBRNE-enhet", False, False, False, False, False, equipment=("decontamination",)
)
HELICOPTER = replace(CBRNE, id="helicopter", competence=("doctor",), flies=True, kmh=180.0, start_s=120.0)
WAITED = Needed("cbrne", ("cbrne",), stay_min=30.0, waited=True)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Network]:
    study = quiet_study(tmp_path_factory.mktemp("quiet") / "study")
    return study, build_network(study)


def with_unit(service: Service, kind: UnitKind, station: str = "st-east") -> Service:
    own = replace(service.units[0], id=f"x-{kind.id}", station=station, kind=kind.id)
    return replace(service, unit_kinds=(*service.unit_kinds, kind), units=(*service.units, own))


def answer(
    quiet: tuple[Study, Network], needed: tuple[Needed, ...], services: dict[str, Service], samples: int = 1
) -> Answered:
    study, network = quiet
    event = Event("story", (MajorIncident("a", find_scene(study, "w1"), 0.0, (2, 0, 0)),), When(3, 36_000), needed)
    return respond(study, network, services, event, Assumptions(step_min=10), samples)


def tally_of(quiet: tuple[Study, Network], needed: tuple[Needed, ...], service: Service) -> Tally:
    return answer(quiet, needed, {TODAY: service}).tallies[TODAY][0]


def test_nobody_is_treated_before_the_unit_has_come_that_makes_the_scene_safe(quiet: tuple[Study, Network]) -> None:
    """The ambulance from the west is there first and waits for the unit from the east; both then leave together."""
    drive, service = drives(quiet), with_unit(quiet[0].service, CBRNE)
    west, east = (HANDLING + MOBILISATION + drive[one] * ACUTE for one in ("st-west", "st-east"))
    plain, waited = (tally_of(quiet, (one,), service) for one in (replace(WAITED, waited=False), WAITED))
    for tally in (plain, waited):
        assert (tally.needed_min * MINUTE).tolist() == pytest.approx([east], abs=0.01)
        assert (tally.arrival_min * MINUTE).tolist() == pytest.approx([west, east, east], abs=0.01)
        assert service.units[tally.arrival_unit[tally.arrival_needed == 0][0]].kind == "cbrne"
    assert np.isnan(plain.treat_min)
    assert plain.last_away_min * MINUTE == pytest.approx(east + SCENE, abs=0.01)
    assert waited.treat_min * MINUTE == pytest.approx(east, abs=0.01)
    assert waited.last_away_min * MINUTE == pytest.approx(east + SCENE, abs=0.01)
    before = [int((one.away[:, 0] >= 1).argmax()) for one in (plain, waited)]
    minutes = Assumptions(step_min=10).minutes
    assert minutes[before[0]] == np.ceil((west + SCENE) / 600.0) * 10
    assert minutes[before[1]] == np.ceil((east + SCENE) / 600.0) * 10, "the first to come left with the last"


def test_what_nobody_has_never_comes_and_who_waits_for_it_waits_on(quiet: tuple[Study, Network]) -> None:
    """Only the alternative has the unit; today the patients stay, and the table says so."""
    today = quiet[0].service
    known = replace(today, unit_kinds=(*today.unit_kinds, CBRNE))
    answered = answer(quiet, (WAITED,), {TODAY: known, "cbrne": with_unit(today, CBRNE)})
    before, after = (answered.tallies[key][0] for key in (TODAY, "cbrne"))
    assert before.treat_min == np.inf
    assert before.away[-1].sum() == 0
    assert after.away[-1].sum() == 2
    tables = major_tables(answered)
    rows = (
        tables["major_needed"].select("alternative", "units", "came", "reached", "samples", "median", "waited").rows()
    )
    assert rows == [(TODAY, 1, 0.0, 0, 1, None, True), ("cbrne", 1, 1.0, 1, 1, pytest.approx(after.treat_min), True)]
    never = tables["major_arrivals"].filter(pl.col("minute").is_null())
    assert never.select("alternative", "incident", "needed", "unit").rows() == [(TODAY, "a", "cbrne", None)]
    came = tables["major_sources"].filter(pl.col("needed") == "cbrne").select("alternative", "station", "units")
    assert came.rows() == [("cbrne", "st-east", 1.0)]
    curve = tables["major_mobilisation"].filter((pl.col("needed") == "cbrne") & (pl.col("alternative") == "cbrne"))
    assert curve.filter(pl.col("units") == 1.0)["minute"].min() == np.ceil(after.treat_min / 10.0) * 10
    with pytest.raises(UnknownIdError, match="cbrne"):
        answer(quiet, (WAITED,), {TODAY: today})


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stations=st.lists(st.sampled_from(["st-west", "st-east"]), min_size=1, max_size=3),
    red=st.integers(1, 3),
    units=st.integers(1, 3),
    stay_min=st.sampled_from([5.0, 30.0, 1440.0]),
)
def test_nobody_is_treated_before_all_are_there_and_more_to_wait_for_is_never_sooner(
    quiet: tuple[Study, Network], stations: list[str], red: int, units: int, stay_min: float
) -> None:
    """However short their stay: where there are too few of them the last never comes, and nobody is treated at all."""
    study, network = quiet
    service = study.service
    for number, station in enumerate(stations):
        own = replace(service.units[0], id=f"cbrne-{number}", station=station, kind=CBRNE.id)
        service = replace(service, units=(*service.units, own))
    service = replace(service, unit_kinds=(*service.unit_kinds, CBRNE))
    place = MajorIncident("a", find_scene(study, "w1"), 0.0, (red, 0, 0))
    plan = Assumptions(step_min=10)
    fewer, more = (
        respond(
            study,
            network,
            {TODAY: service},
            Event("e", (place,), When(3, 36_000), (replace(WAITED, units=n, stay_min=stay_min),)),
            plan,
            1,
        ).tallies[TODAY][0]
        for n in (units, units + 1)
    )
    for tally, asked in ((fewer, units), (more, units + 1)):
        came = tally.arrival_min[tally.arrival_needed == 0]
        assert tally.treat_min == (came.max() if np.isfinite(came).sum() == asked else np.inf)
        assert np.isfinite(tally.treat_min) == (asked <= len(stations))
        early = np.array(plan.minutes) < tally.treat_min
        assert tally.away[early].sum() == 0
    assert fewer.treat_min <= more.treat_min
    assert (fewer.away.sum(axis=1) >= more.away.sum(axis=1)).all()


def test_a_word_of_competence_will_do_and_weather_is_asked(quiet: tuple[Study, Network]) -> None:
    """The doctor comes by air, straight, at once; in weather in which nobody flies no doctor comes."""
    doctor = (named_kind("doctor"),)
    clear = tally_of(quiet, doctor, with_unit(quiet[0].service, HELICOPTER))
    assert clear.needed_min[0] < tally_of(quiet, (WAITED,), with_unit(quiet[0].service, CBRNE)).needed_min[0] + 2.0
    assert np.isfinite(clear.needed_min).all()
    foggy = tally_of(quiet, doctor, with_unit(quiet[0].service, replace(HELICOPTER, no_flight_share=1.0)))
    assert foggy.needed_min.tolist() == [np.inf]
    assert foggy.last_away_min == clear.last_away_min, "nobody waits for the doctor"


def test_needing_more_changes_no_draw_of_the_patients(tiny: Study, tiny_network: Network) -> None:
    scene = find_scene(tiny, "w1")
    event = Event("e", (MajorIncident("a", scene, 0.0, (2, 1, 3)),), needed=())
    more = replace(event, needed=(COMMAND, Needed("two", (), units=2)))
    assumptions, window = Assumptions(), Window(0.0, 86_400.0, 86_400.0 + 8 * 3600.0)
    drawn = []
    for one in (event, more):
        capacity = np.full((2, 3), 9)
        ready = prepare_answering(tiny, TableRoads(tiny_network), tiny.service, one, capacity, assumptions)
        calls = generate_calls(ready.case.generated.demand, 11, 0)
        injected = run_sample(ready, one, calls, window, assumptions, 11, 0).injected
        rows = injected.row[[load.needed < 0 for load in injected.asked]]
        drawn.append([getattr(injected.incidents, name)[rows].tolist() for name in ("noise", "on_scene_s", "ready_t")])
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("seed", range(3))
def test_the_slow_twin_runs_the_same_and_every_stay_is_as_long_as_the_rule_says(
    tiny: Study, tiny_network: Network, seed: int
) -> None:
    """Two places, each waiting for others, in a busy day: patients, and those that are waited for, leave their own time
    after they and all that are waited for are there; the twin, given these stays, does mission for mission the same.
    """
    service = with_unit(with_unit(tiny.service, replace(CBRNE, pace=5.0)), replace(HELICOPTER, kmh=50.0), "st-south")
    scenes = [find_scene(tiny, name) for name in ("w1", "e2")]
    places = tuple(MajorIncident(str(n), scene, 40.0 * n, (2, 1, 2)) for n, scene in enumerate(scenes))
    needed = (COMMAND, WAITED, Needed("doctor", ("doctor",), stay_min=20.0, waited=True, incident="1"))
    event = Event("e", places, needed=needed)
    assumptions = Assumptions(capacity={"hosp-west": (9, 9, 9), "hosp-east": (9, 9, 9)})
    capacity = np.full((2, 3), 9)
    ready = prepare_answering(tiny, TableRoads(tiny_network), service, event, capacity, assumptions)
    window = Window(0.0, 36_000.0, 36_000.0 + 8 * 3600.0)
    calls = generate_calls(ready.case.generated.demand, 11, seed)
    sampled = run_sample(ready, event, calls, window, assumptions, 11, seed)
    bare = replace(event, needed=tuple(replace(one, waited=False) for one in needed))
    own_s = run_sample(ready, bare, calls, window, assumptions, 11, seed).injected.incidents.on_scene_s
    missions, injected = sampled.with_event.missions, sampled.injected
    came_s = arrivals_s(missions, injected)
    for place in range(2):
        waited = [n for n, one in enumerate(injected.asked) if one.incident == place and one.needed in (1, 2)]
        assert sampled.open_s[place] == came_s[waited].max()
    first = missions[(missions["role"] == PRIMARY) & (missions["diverted"] == 0)]
    leave_s = dict(zip(first["incident"].tolist(), first["leave_t"].tolist(), strict=True))
    checked = 0
    for number, load in enumerate(injected.asked):
        row = int(injected.row[number])
        if (load.needed < 0 or needed[load.needed].waited) and came_s[number] <= window.end_s:
            begun_s = max(came_s[number], sampled.open_s[load.incident])
            assert leave_s[row] == pytest.approx(begun_s + own_s[row], abs=1e-6)
            checked += begun_s > came_s[number]
    assert checked > 0, "somebody waited"
    by_twin = twin.simulate(ready.case.world._replace(end_s=window.end_s), injected.incidents)
    told = [(row.incident, row.unit, row.role, row.diverted) for row in by_twin.missions]
    columns = ("incident", "unit", "role", "diverted")
    assert told == list(zip(*(missions[name].tolist() for name in columns), strict=True))
    for name in ("scene_t", "leave_t"):
        np.testing.assert_allclose([getattr(row, name) for row in by_twin.missions], missions[name], atol=1e-6)


def test_the_command_line_and_the_table_say_the_same(tmp_path: Path) -> None:
    events = "event,id,place,after_min,red,yellow,green,weekday,clock\nbus,a,w1,0,1,0,0,any,\nbus,b,e1,5,1,0,0,any,\n"
    rows = (
        "event,id,incident,wanted,units,stay_min,waited,basis\n"
        "bus,command,,command_car;ambulance,1,90,0,assumed\nbus,cbrne,b,cbrne,2,60,1,assumed\n"
    )
    study = load_study(write_tiny_study(tmp_path / "study", major_incidents=events, major_needed=rows))
    given = parse_needed(["command:command_car/ambulance=1,90", "cbrne@b=2,60,waited"], ["a", "b"])
    assert event_of_study(study, "bus").needed == given
    assert with_needed((COMMAND,), parse_needed(["command=0", "doctor=1"], [])) == (Needed("doctor", ("doctor",)),)
    for wrong in ("cbrne", "cbrne=x", "=1", "cbrne=1,2,3", "cbrne@c=1", "cbrne=21", "cbrne=1,-5"):
        with pytest.raises(OptionError, match="--needed"):
            parse_needed([wrong], ["a", "b"])
    wrong_rows = rows + "train,cbrne,,cbrne,1,60,1,assumed\nbus,more,c,cbrne,1,60,1,assumed\n"
    folder = write_tiny_study(tmp_path / "wrong", major_incidents=events, major_needed=wrong_rows)
    told = " / ".join(issue.text() for issue in read_study(folder)[1] if issue.file.startswith("major_needed"))
    assert "no such event" in told
    assert "the event has no such place" in told
