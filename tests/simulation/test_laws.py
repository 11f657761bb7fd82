"""Every law notices when it is broken, and says who broke it and when."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from beredt.dispatch.plain_asks import plain_abilities
from beredt.dispatch.world import (
    CARRIER,
    HOME,
    NOT_DONE,
    OFF_HOME,
    OWN_ONLY,
    PRIMARY,
    RESPONDER,
    SECOND,
    Incidents,
    Outcome,
    World,
)
from beredt.errors import BrokenLawError
from beredt.model.read import load_study
from beredt.roads.build import build_network
from beredt.simulation import case
from beredt.simulation.conservation import check_conservation, find_breaches
from beredt.simulation.kernel import simulate
from beredt.simulation.run import Simulator
from tests.simulation.small_worlds import Recipe, build, random_recipe
from tests.tiny_study import write_tiny_study

RECIPE = Recipe(seed=53, nodes=16, centres=2, units=8, incidents=250, load=0.3, full_time_share=0.4)

Spoil = Callable[[World, Incidents, Outcome], tuple[World, Outcome]]


@pytest.fixture(scope="module")
def sound() -> tuple[World, Incidents, Outcome]:
    world, incidents = build(RECIPE)
    return world, incidents, simulate(world, incidents)


def missions(outcome: Outcome, row: int, **values: Any) -> Outcome:
    """With other values in one mission."""
    return outcome._replace(missions=_with(outcome.missions, row, values))


def stints(outcome: Outcome, row: int, **values: Any) -> Outcome:
    """With other values in one stint."""
    return outcome._replace(stints=_with(outcome.stints, row, values))


def _with(table: Any, row: int, values: dict[str, Any]) -> Any:
    columns = {name: np.array(getattr(table, name)) for name in values}
    for name, value in values.items():
        columns[name][row] = value
    return table._replace(**columns)


def first(mask: Any) -> int:
    """The first row of which something holds."""
    return int(np.flatnonzero(mask)[0])


def whole(outcome: Outcome, role: int = PRIMARY) -> int:
    """A mission that went to its end."""
    return first((outcome.missions.diverted == 0) & (outcome.missions.role == role))


def lose_an_incident(_w: World, incidents: Incidents, o: Outcome) -> tuple[World, Outcome]:
    m = o.missions
    waited = (o.queued != 0) | (o.held != 0) | (o.asked >= 0) | (o.bumped != 0) | (incidents.second != 0)
    row = first((m.role == PRIMARY) & ~waited[m.incident])
    return _w, o._replace(missions=type(m)._make(np.delete(c, row) for c in m), mission_count=o.mission_count - 1)


def serve_twice(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    row = whole(o)
    other = first((o.missions.role == PRIMARY) & (o.missions.incident != o.missions.incident[row]))
    return w, missions(o, other, incident=o.missions.incident[row])


def miss_a_second(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    missing = np.array(o.second_missing)
    missing[first(missing == 0)] ^= 1
    return w, o._replace(second_missing=missing)


def send_responders_to_anyone(w: World, i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, missions(o, first(i.urgency[o.missions.incident] > 0), role=RESPONDER)


def call_for_nothing(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, missions(o, whole(o, SECOND), role=CARRIER)


def leave_the_patient(w: World, i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    """Had the units of all first missions been single responders, they would have left their patients alone."""
    can = plain_abilities(w.unit_roles)
    return w._replace(abilities=can._replace(carries=np.zeros_like(can.carries))), o


def bump_nobody(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, o._replace(bumped=np.zeros_like(o.bumped))


def send_before_the_call(w: World, i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    row = whole(o)
    return w, missions(o, row, assign_t=i.call_t[o.missions.incident[row]] - 1.0)


def leave_before_arriving(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, missions(o, whole(o), leave_t=0.0)


def arrive_after_diversion(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, missions(o, first(o.missions.diverted), scene_t=1.0)


def forget_the_roles(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w._replace(unit_roles=np.full_like(w.unit_roles, 1 << PRIMARY)), o


def close_the_borders(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w._replace(policy=np.full_like(w.policy, OWN_ONLY)), o


def drive_backwards(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, missions(o, whole(o), drive_km=-1.0)


def do_two_things(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    row = whole(o)
    return w, missions(o, row, free_t=o.missions.free_t[row] + 1.0)


def teleport(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    after_mission = np.isin(o.stints.start_t, o.missions.free_t[o.missions.diverted == 0])
    row = first((o.stints.kind == HOME) & after_mission)
    return w, stints(o, row, from_node=(o.stints.from_node[row] + 1) % w.roads.hop.shape[1])


def stand_by_off_duty(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    row = first((o.stints.kind == OFF_HOME) & (o.stints.end_t > o.stints.start_t + 1.0))
    return w, stints(o, row, kind=HOME)


def send_off_duty(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    never = np.zeros_like(w.on_at_start)
    return w._replace(on_at_start=never, duty_on=np.zeros_like(w.duty_on)), o


def idle(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    row = first((o.stints.kind == HOME) & (o.stints.end_t > o.stints.start_t + 1.0))
    return w, stints(o, row, end_t=o.stints.start_t[row] + 0.5)


def forget_the_stint_before(w: World, _i: Incidents, o: Outcome) -> tuple[World, Outcome]:
    return w, stints(o, first(o.stints.previous >= 0), previous=-1)


SPOILS: dict[str, Spoil] = {
    "every incident is served or waits": lose_an_incident,
    "an incident has one primary unit": serve_twice,
    "support adds up": miss_a_second,
    "nobody comes unasked": send_responders_to_anyone,
    "a patient is carried by one unit": call_for_nothing,
    "no patient is left alone": leave_the_patient,
    "a bump is a diversion": bump_nobody,
    "nobody is sent before the call": send_before_the_call,
    "time stamps are in order": leave_before_arriving,
    "a diverted unit does not arrive": arrive_after_diversion,
    "units are sent in their roles": forget_the_roles,
    "borders are kept": close_the_borders,
    "nobody drives backwards": drive_backwards,
    "a unit does one thing at a time": do_two_things,
    "a unit sets out from where it stands": teleport,
    "units stand by on duty only": stand_by_off_duty,
    "units leave on duty only": send_off_duty,
    "a unit on shift is always at something": idle,
    "stints know the one before": forget_the_stint_before,
}


def test_the_run_that_is_spoilt_holds_something_of_everything(sound: tuple[World, Incidents, Outcome]) -> None:
    world, incidents, outcome = sound
    assert find_breaches(world, incidents, outcome) == ()
    assert outcome.bumped.any()
    assert (outcome.missions.role == SECOND).any()
    assert (outcome.missions.scene_t == NOT_DONE).any()


def test_no_law_is_broken_with_units_of_many_kinds() -> None:
    roles = set()
    for seed in range(20):
        world, incidents = build(replace(random_recipe(seed), kinds=True))
        outcome = simulate(world, incidents)
        assert find_breaches(world, incidents, outcome) == (), seed
        roles |= set(outcome.missions.role.tolist())
    assert roles == {PRIMARY, SECOND, RESPONDER, CARRIER}


@pytest.mark.parametrize("law", SPOILS)
def test_a_broken_law_is_noticed(law: str, sound: tuple[World, Incidents, Outcome]) -> None:
    world, incidents, outcome = sound
    spoilt_world, spoilt = SPOILS[law](world, incidents, outcome)
    assert law in {breach.law for breach in find_breaches(spoilt_world, incidents, spoilt)}
    with pytest.raises(BrokenLawError):
        check_conservation(spoilt_world, incidents, spoilt)


def test_the_error_names_law_unit_incident_and_time(sound: tuple[World, Incidents, Outcome]) -> None:
    world, incidents, outcome = sound
    row = whole(outcome)
    with pytest.raises(BrokenLawError) as raised:
        check_conservation(world, incidents, missions(outcome, row, drive_km=-2.5))
    error, m = raised.value, outcome.missions
    assert (error.law, error.unit, error.incident) == ("nobody drives backwards", m.unit[row], m.incident[row])
    assert error.time_s == m.assign_t[row]
    assert "it drove -2.500 km" in str(error)
    again = pickle.loads(pickle.dumps(error))  # as it comes from a worker process
    assert (str(again), again.law, again.unit, again.time_s) == (str(error), error.law, error.unit, error.time_s)


def test_runs_are_checked_when_asked_for(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    network = build_network(study)
    checked = []
    monkeypatch.setattr(case, "check_conservation", lambda *run: checked.append(run))

    def runs_checked(check_laws: bool = False) -> int:
        checked.clear()
        with Simulator(study, network, 1, check_laws=check_laws) as simulator:
            assert len(list(simulator.observe(study.service, 2))) == 2
        return len(checked)

    monkeypatch.delenv("BEREDT_DEBUG", raising=False)
    assert (runs_checked(), runs_checked(check_laws=True)) == (0, 2)
    monkeypatch.setenv("BEREDT_DEBUG", "0")
    assert runs_checked() == 0
    monkeypatch.setenv("BEREDT_DEBUG", "1")
    assert runs_checked() == 2
