"""Readiness and advice on the tiny study: stories by hand, and the rules of the simulation as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from beredt.live.advice.move_advice import advise_moves, cover_of
from beredt.live.advice.send_advice import advise_sending
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.live import Live
from beredt.live.picture.duty import Duty
from beredt.live.picture.view import View, view_of
from beredt.live.readiness.mission_end import mission_end, remaining_s
from beredt.live.readiness.readiness import readiness_of
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.model.read import read_study
from beredt.simulation.study_roads import load_or_build_roads
from tests.live.feeds import BEGIN, KNOWN, opened, status
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    study, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert study is not None
    return make_ground(study, study.service, load_or_build_roads(study, services=[study.service]))


Look = Callable[..., View]


@pytest.fixture
def look(tmp_path_factory: pytest.TempPathFactory, ground: Ground) -> Look:
    def after(*feed: Any, seconds: float = 60.0) -> View:
        folder = tmp_path_factory.mktemp("log")
        log = EventLog(lambda: open_live_database(folder), "tiny")
        live = Live(log, KNOWN, None, lambda: BEGIN.timestamp() + seconds)
        try:
            live.take(feed).result()
            return view_of(live.picture, KNOWN, Duty(ground.service), round((BEGIN.timestamp() + seconds) * 1000))
        finally:
            live.close()

    return after


def advise(ground: Ground, view: View) -> Any:
    (incident,) = [one for one in view.incidents if one.id == "new"]
    return advise_sending(ground, view, incident)


HERE = {"lat": 59.900, "lon": 10.640}  # area e1


def test_the_nearest_free_unit_is_advised_with_what_it_leaves(ground: Ground, look: Look) -> None:
    view = look(
        status(1, "e-1", "at_station", 0), status(2, "w-1", "at_station", 0), opened(3, "new", "A", 59.9, 10.64, 30)
    )
    said = advise(ground, view)
    assert (said.deed, said.unit, said.reason) == ("send", "e-1", "nearest")
    first, second = said.choices
    assert (first.unit, second.unit) == ("e-1", "w-1")
    assert first.expected_s < second.expected_s
    assert 0.1 < first.people_lost < 0.5  # those behind the eastern town: the western unit is too late there
    assert 0.1 < second.people_lost < 0.5  # and those behind the western one


def test_a_unit_on_its_way_to_something_ordinary_is_diverted(ground: Ground, look: Look) -> None:
    view = look(
        opened(1, "old", "V", 59.909, 10.658, 0),
        status(2, "e-1", "to_scene", 10, incident="old", position=HERE),
        status(3, "w-1", "at_station", 0),
        opened(4, "new", "A", 59.9, 10.64, 30),
    )
    said = advise(ground, view)
    assert (said.deed, said.unit, said.from_incident) == ("divert", "e-1", "old")


def test_the_neighbour_is_asked_where_its_unit_seems_sooner(ground: Ground, look: Look) -> None:
    """Urgent missions are own-first here: asking costs 90 s and a margin of 60 s."""
    south = {"lat": 59.850, "lon": 10.505}
    view = look(
        status(1, "e-1", "at_station", 0), status(2, "s-1", "at_station", 0),
        {**opened(3, "new", "H", **south, seconds=30), "centre": "centre-east"},
    )  # fmt: skip
    said = advise(ground, view)
    assert (said.deed, said.centre, said.ask_s, said.unit) == ("ask", "centre-west", 90.0, "s-1")


def test_an_ordinary_mission_waits_for_the_reserve(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_station", 0), opened(2, "new", "V", 59.9, 10.64, 30))
    said = advise(ground, view)
    assert (said.deed, said.reason, said.unit) == ("wait", "reserve", None)


def test_nothing_is_advised_without_a_place(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_station", 0), opened(2, "new", "A", 61.0, 10.64, 30))
    assert advise(ground, view).deed == "cannot_tell"


def test_expected_seconds_are_those_of_the_kernel(ground: Ground, look: Look) -> None:
    """What is shown as a reason is what the compiled rule has reckoned: a twin in numpy beside it."""
    from beredt.live.advice.kernel_state import ask_about
    from beredt.simulation.kernel import run_until

    view = look(status(1, "w-1", "free", 0, position={"lat": 59.905, "lon": 10.6}),
                opened(2, "new", "A", 59.891, 10.658, 30))  # fmt: skip
    asked = ask_about(ground, view, view.incidents[0])
    assert asked is not None
    run_until(ground.land, asked.state, asked.demand, asked.t + 1e-3, np.zeros(1, np.int8))
    kernel_s = float(asked.state.missions[0]["scene_t"]) - asked.t
    assert advise(ground, view).choices[0].expected_s == pytest.approx(kernel_s, abs=1e-6)


def test_readiness_counts_who_is_free_and_who_will_be(ground: Ground, look: Look) -> None:
    view = look(
        opened(1, "i1", "A", 59.9, 10.64, 0),
        status(2, "e-1", "at_hospital", 0, incident="i1", hospital="hosp-east"),
        status(3, "w-1", "at_station", 0),
    )
    now, soon, later = (readiness_of(ground, view, {}, Duty(ground.service), 0, minutes) for minutes in (0, 30, 60))
    assert (now.units, now.expected) == (("w-1",), ())
    assert soon.units == ("e-1", "w-1")  # median of handover: 1,008 s
    assert soon.expected == ("e-1",)
    areas = [area.id for area in ground.service.areas]
    far_east = areas.index("e4")
    assert (now.within[far_east], soon.within[far_east]) == (0, 1)
    assert soon.nearest_s[far_east] < now.nearest_s[far_east]
    assert now.busy == 0.0
    assert 0.0 < soon.busy < later.busy < 1.0
    for one in (now, soon, later):
        assert one.chance is not None
        assert one.call_share is not None
        assert one.chance <= one.call_share + 1e-12


def test_readiness_is_what_a_slow_count_says(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_station", 0), status(2, "w-1", "free", 0, position={"lat": 59.9, "lon": 10.6}))
    found = readiness_of(ground, view, {}, Duty(ground.service), 0, 0)
    world, reached, people = ground.world, 0.0, 0.0
    for number, area in enumerate(ground.service.areas):
        best = np.inf
        for unit in view.units:
            if unit.free:
                u = ground.unit_index[unit.id]
                node, leg, wait = int(world.base_node[world.unit_station[u]]), float(world.base_leg[0]), 88.0
                if unit.lat is not None and unit.lon is not None:
                    node, km = ground.nearest_node(unit.lat, unit.lon)
                    leg, wait = km * 90.0, 60.0
                road = float(world.roads.seconds[0, int(ground.area_node[number]), node])
                best = min(best, wait + leg + (road + float(ground.area_leg[number])) * 0.8)
        target = 25 if area.municipality == "sor" else 12
        people += ground.people[number]
        reached += ground.people[number] if best <= target * 60 - 125 else 0.0
        assert found.nearest_s[number] == pytest.approx(best, abs=0.5 * leg)
    assert found.people_share == pytest.approx(reached / people)


def test_a_move_says_what_it_gains_and_costs(ground: Ground, look: Look) -> None:
    """Two units at the western station and none at the eastern one, in the larger town: one of them does more there."""
    cover = cover_of(ground)
    beside_her = {"lat": 59.898, "lon": 10.528}
    both = look(status(1, "w-1", "at_station", 0), status(2, "e-2", "at_standby", 0, position=beside_her))
    best, *_ = advise_moves(ground, cover, both, {})
    assert (best.from_station, best.to_station) == ("st-west", "st-east")
    assert best.gained > best.lost >= 0.0
    assert best.drive_s > 0
    assert best.km > 0
    quick = ground.land.policies.limits._replace(most_move_s=best.drive_s - 1.0)
    strict = replace(ground, land=ground.land._replace(policies=ground.land.policies._replace(limits=quick)))
    assert all(one.unit != best.unit for one in advise_moves(strict, cover, both, {}))
    asleep = quick._replace(most_move_s=np.inf, quiet_start_s=8 * 3600, quiet_end_s=10 * 3600)  # it is nine o'clock
    quiet = replace(ground, land=ground.land._replace(policies=ground.land.policies._replace(limits=asleep)))
    assert advise_moves(quiet, cover, both, {}) == ()
    tired = quick._replace(most_move_s=np.inf, most_moves=1)
    once = replace(ground, land=ground.land._replace(policies=ground.land.policies._replace(limits=tired)))
    assert {one.unit for one in advise_moves(once, cover, both, {"w-1": 1})} == {"e-2"}
    spread = look(status(1, "e-1", "at_station", 0), status(2, "w-1", "at_station", 0))
    assert all(one.net < best.net for one in advise_moves(ground, cover, spread, {}))


def test_a_position_off_the_road_is_told_and_not_reckoned_with(ground: Ground, look: Look) -> None:
    """Three kilometres north of everything, in the middle of the forest."""
    view = look(
        status(1, "e-1", "free", 0, position={"lat": 59.936, "lon": 10.64}), opened(2, "new", "A", 59.9, 10.64, 30)
    )
    found = readiness_of(ground, view, {}, Duty(ground.service), 0, 0)
    assert (found.units, found.uncertain, found.off_road) == ((), ("e-1",), ("e-1",))
    assert advise(ground, view).deed == "wait"


def test_what_remains_of_a_stage() -> None:
    assert remaining_s(1000, 0.5, 0) == 1000
    assert remaining_s(1000, 0.0, 400) == 600
    assert remaining_s(0, 0.5, 100) == 0
    draw = np.random.default_rng(1).lognormal(np.log(1000), 0.5, 400_000)
    for elapsed in (300.0, 1000.0, 2500.0):
        left = draw[draw > elapsed] - elapsed
        assert remaining_s(1000, 0.5, elapsed) == pytest.approx(np.median(left), rel=0.02)
    assert remaining_s(10, 0.1, 1e6) == 1e6


def test_an_end_of_a_mission_needs_its_incident(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_scene", 0, incident="nobody"))
    (unit,) = [one for one in view.units if one.id == "e-1"]
    assert mission_end(ground, unit, None, view.at_ms) is None
    found = readiness_of(ground, view, {}, Duty(ground.service), 0, 60)
    assert "e-1" in found.uncertain
