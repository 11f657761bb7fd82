"""Readiness and advice on the tiny study: stories by hand, and the rules of the simulation as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from beredt.live.advice.move_advice import MovesMade, advise_moves, cover_of
from beredt.live.advice.promises import promised_units
from beredt.live.advice.send_advice import advise_sending
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.live import Live
from beredt.live.picture.duty import Duty
from beredt.live.picture.picture import Advised
from beredt.live.picture.view import View, view_of
from beredt.live.readiness.chance import reached_chances, taken_chances
from beredt.live.readiness.mission_end import chance_of_end, mission_end, remaining_s
from beredt.live.readiness.past_counts import PastCounts, past_counts
from beredt.live.readiness.readiness import readiness_of
from beredt.live.readiness.volume import Volume
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.model.read import read_study
from beredt.simulation.incident_rules import HANDOVER, ON_SCENE
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


def test_a_boat_is_never_advised_in_an_ambulances_place(tmp_path: Path, look: Look) -> None:
    """It takes nobody to hospital: incidents ask for it beside an ambulance, however near it lies."""
    folder = write_tiny_study(
        tmp_path,
        unit_kinds="id,name_en,name_nb,transports,stops_clock,primary,second,responder,floats,kmh,start_s,shore_km\n"
        "ambulance,ambulance,ambulanse,1,1,1,1,0,0,,0,\nsingle_responder,boat,båt,0,1,0,0,1,1,60,120,2\n",
        landing_points="id,name,lat,lon,source\nquay-east,Øst,59.902,10.645,\nquay-west,Vest,59.898,10.528,\n",
    )
    study, issues = read_study(folder)
    assert study is not None, issues
    afloat = make_ground(study, study.service, load_or_build_roads(study, services=[study.service]))
    assert afloat.world.water is not None
    boat, call = status(1, "e-3", "at_station", 0), opened(3, "new", "A", 59.902, 10.645, 30)
    alone = advise(afloat, look(boat, call))
    assert (alone.deed, alone.unit, alone.choices) == ("wait", None, ())
    beside = advise(afloat, look(boat, status(2, "w-1", "at_station", 0), call))
    assert (beside.deed, beside.unit, [one.unit for one in beside.choices]) == ("send", "w-1", ["w-1"])


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
        assert 0.0 < one.chance < 1.0
        assert ((one.chances >= 0.0) & (one.chances <= 1.0)).all()
    assert now.chance == pytest.approx(now.call_share)
    assert later.chance is not None
    assert later.call_share is not None
    assert later.chance < later.call_share


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
    assert {one.unit for one in advise_moves(once, cover, both, {"w-1": MovesMade(1, 6.0, 0, "st-west")})} == {"e-2"}
    spread = look(status(1, "e-1", "at_station", 0), status(2, "w-1", "at_station", 0))
    assert all(one.net < best.net for one in advise_moves(ground, cover, spread, {}))


def test_moves_are_reckoned_together(ground: Ground, look: Look) -> None:
    """The move that is told second is what the first would be once that one is made."""
    cover, beside_her = cover_of(ground), {"lat": 59.898, "lon": 10.528}
    units = [status(n, unit, "free", 0, position=beside_her) for n, unit in enumerate(("e-1", "e-2", "w-1"), start=1)]
    view = look(*units)
    first, *others = advise_moves(ground, cover, view, {})
    made = {first.unit: MovesMade(1, first.km, view.at_ms - 1, first.to_station)}
    after = advise_moves(ground, cover, view, made, rest_s=1_800.0)
    assert [(one.unit, one.to_station, one.net) for one in after] == [
        (one.unit, one.to_station, one.net) for one in others
    ]
    assert first.unit not in {one.unit for one in after}
    assert sum(one.net for one in (first, *others)) > first.net or not others


def test_a_unit_that_is_to_be_sent_is_not_moved_nor_sent_twice(ground: Ground, look: Look) -> None:
    """What a person confirmed holds against every incident; what nobody has answered only against those after it."""
    feed = [
        status(1, "w-1", "at_station", 0), status(2, "e-2", "at_standby", 0, position={"lat": 59.898, "lon": 10.528}),
        opened(3, "new", "A", 59.9, 10.53, 30), opened(4, "later", "A", 59.9, 10.53, 40),
        opened(5, "ordinary", "V", 59.9, 10.53, 10),
    ]  # fmt: skip
    view, cover = look(*feed), cover_of(ground)
    incidents = {one.id: one for one in view.incidents}
    said = advise_sending(ground, view, incidents["new"])
    assert said.unit is not None
    piece = Advised(1, view.at_ms - 1_000, "new", said.as_json())
    assert promised_units([piece], view, incidents["later"]) == {said.unit: "new"}
    assert promised_units([piece], view, incidents["ordinary"]) == {said.unit: "new"}
    assert promised_units([replace(piece, about="ordinary")], view, incidents["new"]) == {}
    confirmed = replace(piece, about="ordinary", done={"deed": "followed", "unit": said.unit, "why": "", "by": ""})
    assert promised_units([confirmed], view, incidents["new"]) == {said.unit: "ordinary"}
    declined = replace(piece, done={"deed": "declined", "unit": None, "why": "", "by": ""})
    assert promised_units([declined], view, None) == {}
    assert promised_units([replace(piece, at_ms=view.at_ms - 700_000)], view, None) == {}
    promised = promised_units([piece], view, incidents["later"])
    then = advise_sending(ground, view, incidents["later"], promised)
    assert then.unit not in (said.unit, None)
    assert [(one.unit, one.incident) for one in then.promised] == [(said.unit, "new")]
    assert all(one.unit != said.unit for one in advise_moves(ground, cover, view, {}, promised.keys()))


def test_a_position_off_the_road_is_told_and_not_reckoned_with(ground: Ground, look: Look) -> None:
    """Three kilometres north of everything, in the middle of the forest."""
    view = look(
        status(1, "e-1", "free", 0, position={"lat": 59.936, "lon": 10.64}), opened(2, "new", "A", 59.9, 10.64, 30)
    )
    found = readiness_of(ground, view, {}, Duty(ground.service), 0, 0)
    assert (found.units, found.uncertain, found.off_road) == ((), ("e-1",), ("e-1",))
    assert advise(ground, view).deed == "wait"


def test_incidents_are_expected_as_the_forecast_says_and_where_the_study_says(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_station", 0), status(2, "w-1", "at_station", 0))
    hour_ms = view.at_ms // 3_600_000 * 3_600_000
    told = Volume("glm", "", 0, hour_ms, np.array([[6.0, 3.0, 1.0], [60.0, 3.0, 1.0]]))
    duty = Duty(ground.service)
    now, busy = (readiness_of(ground, view, {}, duty, 0, minutes, told) for minutes in (0, 60))
    by_study = readiness_of(ground, view, {}, duty, 0, 60)
    assert (now.calls.sum(), busy.calls.sum()) == pytest.approx((6.0, 60.0))
    assert now.calls / 6.0 == pytest.approx(now.calls / now.calls.sum())
    assert (now.expected_by, busy.expected_by, by_study.expected_by) == ("glm", "glm", "study")
    assert busy.busy > by_study.busy
    assert told.find(hour_ms + 2 * 3_600_000) is None
    share = ground.calls[:, 0, ground.hour_of_week(view.at_ms)]
    assert now.calls == pytest.approx(6.0 * share / share.sum())


def test_past_hours_are_laid_out_whole_or_the_reason_is_told() -> None:
    hours = {hour: [hour % 24, 1, 0] for hour in range(1_000, 1_000 + 70 * 24)}
    now_ms = max(hours) * 3_600_000 + 60_000
    found = past_counts(hours, None, now_ms)
    assert isinstance(found, PastCounts)
    assert (found.counts.steps, found.filled, found.gap) == (70 * 24 - 2, 0, 0)  # neither the first hour nor this one
    assert found.counts.counts[:, 0, 0].tolist() == [hour % 24 for hour in range(1_001, 1_000 + 70 * 24 - 1)]
    silent = {hour: counts for hour, counts in hours.items() if hour not in (1_500, 1_501)}
    filled = past_counts(silent, None, now_ms)
    assert isinstance(filled, PastCounts)
    assert filled.filled == 2
    assert filled.counts.counts.tolist() == found.counts.counts.tolist()  # every week is the same here
    tried_long_ago = past_counts({**hours, 100: [0, 0, 0], 101: [0, 0, 0]}, None, now_ms)
    assert isinstance(tried_long_ago, PastCounts)
    assert tried_long_ago.counts.steps == found.counts.steps + 1
    half = {hour: counts for hour, counts in hours.items() if hour % 2}
    assert past_counts(half, None, now_ms) == "log_too_short"
    assert past_counts({}, None, now_ms) == "log_too_short"
    before = replace(found.counts, start=found.counts.start)
    young = {hour: [0, 0, 0] for hour in range(max(hours) - 2, max(hours) + 30)}
    joined = past_counts(young, before, (max(hours) + 29) * 3_600_000)
    assert isinstance(joined, PastCounts)
    assert joined.counts.steps == found.counts.steps + 29
    gone = past_counts({}, before, now_ms + 10 * 86_400_000)
    assert isinstance(gone, PastCounts)
    assert gone.gap == 240
    assert past_counts({}, before, now_ms + 60 * 86_400_000) == "history_too_old"


def test_what_remains_of_a_stage() -> None:
    assert remaining_s(1000, 0.5, 0) == 1000
    assert remaining_s(1000, 0.0, 400) == 600
    assert remaining_s(0, 0.5, 100) == 0
    draw = np.random.default_rng(1).lognormal(np.log(1000), 0.5, 400_000)
    for elapsed in (300.0, 1000.0, 2500.0):
        left = draw[draw > elapsed] - elapsed
        assert remaining_s(1000, 0.5, elapsed) == pytest.approx(np.median(left), rel=0.02)
    assert remaining_s(10, 0.1, 1e6) == 1e6


@pytest.mark.parametrize(("word", "elapsed_s"), [("at_scene", 900.0), ("at_hospital", 300.0)])
def test_the_chance_of_an_end_is_the_share_of_drawn_missions_that_are_over(
    ground: Ground, look: Look, word: str, elapsed_s: float
) -> None:
    """Beside it missions that are drawn as the simulation draws them, of which those are kept that still last."""
    view = look(opened(1, "i1", "A", 59.9, 10.64, 0), status(2, "e-1", word, 0, incident="i1", hospital="hosp-east",
                position=HERE), seconds=elapsed_s)  # fmt: skip
    (unit,), (incident,) = [one for one in view.units if one.id == "e-1"], view.incidents
    rules, draw = ground.rules, np.random.default_rng(5)

    def drawn(interval: int) -> Any:
        return rules.median_s[interval, 0] * np.exp(rules.sigma[interval, 0] * draw.standard_normal(200_000))

    scene, handover = drawn(ON_SCENE), drawn(HANDOVER)
    goes = draw.random(200_000) < rules.transport_share[0]
    assert 0.0 < rules.transport_share[0] < 1.0
    if word == "at_scene":
        hospital, area = ground.hospital_index["hosp-east"], ground.nearest_area(59.9, 10.64)[0]
        road_s = float(ground.world.roads.seconds[0, rules.hospital_node[hospital], ground.area_node[area]])
        legs_s = float(ground.area_leg[area] + rules.hospital_leg[hospital])
        drive_s = (road_s + legs_s) * ground.factor(3, view.at_ms)
        left, lasts = scene - elapsed_s + np.where(goes, drive_s + handover, 0.0), scene > elapsed_s
    else:
        left, lasts = handover - elapsed_s, handover > elapsed_s
    for minutes in (10, 30, 60):
        found = chance_of_end(ground, unit, incident, view.at_ms, view.at_ms + minutes * 60_000)
        assert found == pytest.approx(float((left[lasts] <= minutes * 60).mean()), abs=0.025)


def test_a_unit_is_taken_as_often_as_a_server_of_two_states(ground: Ground) -> None:
    """One unit for everything: after very long it is busy λT/(1 + λT) of the time, and not at all at once."""
    areas = len(ground.area_node)
    seconds, calls = np.full((1, areas), 300.0), np.zeros((areas, 3))
    calls[0, 0] = 0.5
    at_ms = round(BEGIN.timestamp() * 1000)
    none, some, always = (
        float(taken_chances(ground, seconds, calls, [free_s], at_ms)[0]) for free_s in (0.0, 1_800.0, 1e9)
    )
    assert none == 0.0
    assert 0.0 < some < always < 1.0
    rules = ground.rules
    mean_s = rules.median_s[:, 0] * np.exp(rules.sigma[:, 0] ** 2 / 2)
    least_s = 300.0 + mean_s[ON_SCENE] + rules.transport_share[0] * mean_s[HANDOVER]  # and the drive to hospital
    load = 0.5 * (1.0 + rules.second_unit_share[0]) / 3600.0 * least_s
    assert load / (1.0 + load) < always < 1.3 * load / (1.0 + load)
    assert reached_chances(np.array([[True, False], [True, True]]), np.array([0.5, 0.2])) == pytest.approx([0.6, 0.2])


def test_an_end_of_a_mission_needs_its_incident(ground: Ground, look: Look) -> None:
    view = look(status(1, "e-1", "at_scene", 0, incident="nobody"))
    (unit,) = [one for one in view.units if one.id == "e-1"]
    assert mission_end(ground, unit, None, view.at_ms) is None
    found = readiness_of(ground, view, {}, Duty(ground.service), 0, 60)
    assert "e-1" in found.uncertain
