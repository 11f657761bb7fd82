"""What holds whatever happens: a window is the year it is cut from, and an event changes no draw but its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.follow import Phase, follow
from beredt.decision.major_incident.inject import LEFT_OUT, inject
from beredt.decision.major_incident.major_incident import Event, MajorIncident, When
from beredt.decision.major_incident.moments import DAY_S, sample_alarms
from beredt.decision.major_incident.respond import capacity_of, respond
from beredt.decision.major_incident.sample import Answering, prepare_answering, run_sample
from beredt.decision.major_incident.window import Window, cut_land
from beredt.demand.generate import GeneratedCalls, generate_calls
from beredt.demand.intensity import period_of
from beredt.dispatch.roads import Records
from beredt.dispatch.world import Missions
from beredt.errors import OptionError
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.simulation.kernel import prepare, simulate_prepared
from beredt.simulation.pack_incidents import pack_incidents
from beredt.simulation.state import new_state
from beredt.simulation.study_roads import TableRoads

ALARM_S = 12 * DAY_S + 9 * 3600.0
WINDOW = Window(0.0, ALARM_S, ALARM_S + 6 * 3600.0)


def event_at(study: Study, *patients: tuple[int, int, int], place: str = "w1") -> Event:
    scene = find_scene(study, place)
    return Event("e", tuple(MajorIncident(str(n), scene, 15.0 * n, one) for n, one in enumerate(patients)))


def bytes_of(missions: Records) -> list[bytes]:
    """Column by column: the memory between them, and ways from a scene that nobody drives, are never written to."""
    return [missions[name].tobytes() for name in Missions._fields if name in (missions.dtype.names or ())]


@pytest.fixture(scope="module")
def calls(tiny: Study, tiny_network: Network) -> GeneratedCalls:
    return generate_calls(made_ready(tiny, tiny_network, event_at(tiny)).case.generated.demand, 11, 0)


def made_ready(
    study: Study,
    network: Network,
    event: Event,
    assumptions: Assumptions = Assumptions(),  # noqa: B008
) -> Answering:
    capacity = capacity_of(study.service, assumptions)
    return prepare_answering(study, TableRoads(network), study.service, event, capacity, assumptions)


def test_a_run_stopped_at_every_look_is_the_run_itself(
    tiny: Study, tiny_network: Network, calls: GeneratedCalls
) -> None:
    """Looking changes nothing, and a window as long as the period is the period, byte for byte."""
    ready = made_ready(tiny, tiny_network, event_at(tiny))
    end_s = ready.case.world.end_s
    incidents = pack_incidents(ready.rules, calls)
    prepared = prepare(ready.case.world, incidents)
    state = new_state(prepared.land, prepared.demand)
    whole = simulate_prepared(prepared, km=False, state=state)
    land = cut_land(ready.land, Window(0.0, ALARM_S, end_s))
    looks = np.arange(0.0, end_s, 5400.0)
    followed = follow([Phase(land, ALARM_S), Phase(land, end_s)], prepared.demand, looks, ready.rules, ready.roads)
    assert bytes_of(followed.missions) == bytes_of(state.missions[: whole.mission_count])
    assert len(followed.left) == len(looks)


def test_an_event_of_nobody_changes_nothing(tiny: Study, tiny_network: Network, calls: GeneratedCalls) -> None:
    assumptions = Assumptions()
    event = replace(event_at(tiny, (0, 0, 0)), needed=())
    sampled = run_sample(made_ready(tiny, tiny_network, event, assumptions), event, calls, WINDOW, assumptions, 11, 0)
    assert bytes_of(sampled.with_event.missions) == bytes_of(sampled.without.missions)
    assert sampled.with_event.missions.size > 20


def test_an_event_leaves_everybody_elses_draws_alone(tiny: Study, tiny_network: Network, calls: GeneratedCalls) -> None:
    event = event_at(tiny, (2, 3, 5), (1, 0, 0))
    ready = made_ready(tiny, tiny_network, event)
    incidents = pack_incidents(ready.rules, calls)
    asked = ready.asked(event, ALARM_S, Assumptions())
    injected = inject(event, asked, ALARM_S, incidents, ready.rules, 11, 0, ready.needed_want)
    both, own = injected.incidents, injected.row
    assert (np.diff(both.call_t) >= 0.0).all()
    assert sorted([*own, *injected.other]) == list(range(len(both.call_t)))
    for name in incidents._fields:
        if name not in ("ready_order", *LEFT_OUT):
            np.testing.assert_array_equal(getattr(both, name)[injected.other], getattr(incidents, name))
    assert (both.ready_t[both.ready_order] == np.sort(both.ready_t)).all()
    assert set(both.call_t[own].tolist()) == {ALARM_S, ALARM_S + 900.0}
    assert len(np.unique(both.on_scene_s[own])) == len(own) - 1, "two units command for as long; all else is drawn"
    fewer = inject(event_at(tiny, (2, 3, 5)), asked[:1], ALARM_S, incidents, ready.rules, 11, 0, ready.needed_want)
    assert fewer.incidents.noise[fewer.row[0]] == both.noise[own[0]], "a draw belongs to its place and number"


def test_patients_are_followed_to_where_the_plan_sends_them(
    tiny: Study, tiny_network: Network, calls: GeneratedCalls
) -> None:
    assumptions = Assumptions(horizon_min=900, capacity={"hosp-west": (1, 1, 1), "hosp-east": (1, 2, 4)})
    event = replace(event_at(tiny, (2, 4, 4), (1, 0, 0)), when=When(2, 9 * 3600))
    answered = respond(tiny, tiny_network, {TODAY: tiny.service}, event, assumptions, 2)
    for tally in answered.tallies[TODAY]:
        assert tally.asked.tolist() == [3, 4, 4]
        assert tally.without_room.tolist() == [1, 1, 0]
        assert (np.diff(tally.away, axis=0) >= 0).all()
        assert (tally.delivered <= tally.away).all()
        assert (tally.away <= tally.asked - tally.without_room).all()
        assert (tally.to_hospital.sum(axis=0) == tally.delivered[-1]).all()
        assert tally.delivered[-1].tolist() == [2, 3, 4]
        assert (tally.to_hospital <= tally.room).all()
        assert (tally.room == answered.prepared[TODAY].capacity).all(), "nothing is closed"


def test_without_borders_units_come_that_the_rules_keep_at_home(tiny: Study, tiny_network: Network) -> None:
    """The southern centre may send its own only; in the crisis everybody's, and then no more."""
    rules = tuple(replace(one, policy="own_only") for one in tiny.service.border_rules)
    closed = replace(tiny.service, border_rules=rules)
    event = replace(event_at(tiny, (3, 0, 0), place="s1"), when=When(2, 10 * 3600), needed=())
    came = {}
    for hours in (0.0, 4.0):
        assumptions = Assumptions(seamless_h=hours)
        answered = respond(tiny, tiny_network, {TODAY: closed}, event, assumptions, 2)
        units = np.concatenate([one.arrival_unit for one in answered.tallies[TODAY]])
        came[hours] = {closed.units[unit].station for unit in units.tolist()}
        assert answered.prepared[TODAY].called_in == ()
    assert came[0.0] == {"st-south"}
    assert came[4.0] > {"st-south"}


def test_moments_are_those_that_were_asked_for(tiny: Study) -> None:
    period = period_of(tiny.settings)
    alarms = sample_alarms(When(5, 17 * 3600), period, 8, 4 * 3600.0, 11)
    days = (alarms // DAY_S).astype(int)
    assert {(period.first_day.weekday() + day) % 7 for day in days.tolist()} == {4}
    assert set((alarms % DAY_S).tolist()) == {17 * 3600.0}
    assert (np.diff(days) >= 0).all()
    assert len(set(days.tolist())) == 4, "all Fridays of four weeks"
    anywhen = sample_alarms(When(), period, 40, 4 * 3600.0, 11)
    assert len({int(one % DAY_S // 3600) for one in anywhen}) > 12
    assert (anywhen + 4 * 3600.0 <= period.end_s).all()
    with pytest.raises(OptionError, match="fri-17:00: no such day of the 28"):
        sample_alarms(When(5, 17 * 3600), period, 8, 40 * DAY_S, 11)
