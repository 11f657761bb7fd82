"""Statuses, incidents and waits say what the rows of the run say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from beredt.dispatch.world import HOME, NOT_DONE, OFF_HOME, STANDBY
from beredt.simulation.playback.playback import OPEN, Playback
from tests.simulation.playback.recorded import Recorded, record
from tests.simulation.small_worlds import random_recipe

SEEDS = range(30)


def told(run: Recorded, unit: int, t: float) -> tuple[str, int]:
    """What the rows say that a unit does at a moment, by looking through all of them; incidents by number."""
    for row in run.outcome.missions:
        if row.unit == unit and row.assign_t <= t < row.free_t:
            if t < row.roll_t:
                return "mobilising", row.incident
            if t < row.scene_t:
                return "to_scene", row.incident
            if t < row.leave_t:
                return "at_scene", row.incident
            return ("to_hospital" if t < row.dest_t else "at_hospital"), row.incident
    station = int(run.world.unit_station[unit])
    for stint in run.outcome.stints:
        if stint.unit == unit and stint.start_t <= t < stint.end_t:
            on_the_way = t < stint.arrive_t
            return {
                HOME: ("returning" if on_the_way else "at_station", station),
                STANDBY: ("to_standby" if on_the_way else "at_standby", stint.point),
                OFF_HOME: ("going_off", station),
            }[stint.kind]
    return "off_duty", -1


def by_number(playback: Playback, status: tuple[str, int]) -> tuple[str, int]:
    name, about = status
    of_incident = name in {"mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital"}
    return name, int(playback.incidents.number[about]) if of_incident else about


def far_from_a_change(playback: Playback, unit: int, t: float) -> bool:
    return bool((np.abs(playback.units[unit].status.t - 10 * t) > 1).all())


@pytest.mark.parametrize("seed", SEEDS)
def test_units_do_what_the_rows_say(seed: int) -> None:
    run = record(random_recipe(seed))
    playback = run.keep()
    for unit in range(len(playback.units)):
        for t in np.random.default_rng(seed).uniform(0, run.end_s, 25).tolist():
            if far_from_a_change(playback, unit, t):
                assert by_number(playback, playback.status_at(f"u-{unit}", t)) == told(run, unit, t)


@pytest.mark.parametrize("seed", SEEDS)
def test_incidents_are_those_of_the_run(seed: int) -> None:
    run = record(random_recipe(seed))
    playback = run.keep()
    rows = playback.incidents
    assert rows.number.tolist() == np.flatnonzero(run.incidents.call_t < run.end_s).tolist()
    for row, i in enumerate(rows.number.tolist()):
        missions = [mission for mission in run.outcome.missions if mission.incident == i]
        came = [mission for mission in missions if not mission.diverted]
        in_time = [mission.scene_t for mission in came if run.world.unit_stops_clock[mission.unit]]
        first_scene = min(in_time, default=NOT_DONE)
        served = any(mission.role == 0 for mission in came)
        closed = max(mission.free_t for mission in missions) if served else math.inf
        assert same(rows.first_scene[row], first_scene)
        assert same(rows.closed[row], closed)
        assert abs(rows.call[row] / 10 - run.incidents.call_t[i]) <= 0.05 + 1e-6
        assert rows.urgency[row] == run.incidents.urgency[i]
        assert rows.bumped[row] == run.outcome.bumped[i]
        assert (rows.queued[row], rows.held[row]) == (run.outcome.queued[i], run.outcome.held[i])
        assert rows.units[row] == tuple(dict.fromkeys(mission.unit for mission in missions))
        off_m = run.metres((rows.x[row] / 1e5, rows.y[row] / 1e5), run.node(int(run.incidents.scene[i])))
        assert off_m < 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stretch_has_the_incidents_that_are_open_within_it(seed: int) -> None:
    run = record(random_recipe(seed))
    whole, part = run.keep().incidents, run.keep(run.end_s // 3, run.end_s // 2)
    begin, end = int(run.end_s // 3) * 10, int(run.end_s // 2) * 10
    kept = part.incidents.number.tolist()
    for number, call, closed in zip(whole.number.tolist(), whole.call.tolist(), whole.closed.tolist(), strict=True):
        touched = any(
            mission.incident == number and mission.assign_t * 10 < end and mission.free_t * 10 > begin - 2
            for mission in run.outcome.missions
        )
        if call < end and closed > begin:
            assert number in kept
        elif not touched:
            assert number not in kept


@pytest.mark.parametrize("seed", SEEDS)
def test_an_incident_waits_until_it_is_given_a_primary_unit(seed: int) -> None:
    run = record(random_recipe(seed))
    playback = run.keep()
    rows, waits = playback.incidents, playback.waits
    for row, i in enumerate(rows.number.tolist()):
        waited = sum(
            min(end, playback.ticks) - begin
            for begin, end in zip(waits.begin[waits.incident == row], waits.end[waits.incident == row], strict=True)
            if begin < playback.ticks
        )
        primary = [m for m in run.outcome.missions if m.incident == i and m.role == 0]
        served = sum(min(m.free_t if m.diverted else math.inf, run.end_s) - m.assign_t for m in primary)
        expected = max(run.end_s - run.incidents.ready_t[i], 0.0) - served
        assert abs(waited / 10 - expected) <= 0.1 * (len(primary) + 1)


def test_the_queue_holds_who_waits_for_want_of_a_unit() -> None:
    seen = 0
    for seed in SEEDS:
        run = record(random_recipe(seed))
        playback = run.keep()
        for t in np.linspace(0, run.end_s, 20).tolist():
            for row in playback.queue_at(t):
                i = int(playback.incidents.number[row])
                assert run.outcome.queued[i] or run.outcome.held[i]
                assert run.incidents.ready_t[i] <= t + 0.1
                under_way = [m for m in run.outcome.missions if m.incident == i and m.role == 0]
                assert not any(m.assign_t + 0.1 < t < m.free_t - 0.1 for m in under_way)
                seen += 1
    assert seen > 100


def same(ticks: int, seconds: float) -> bool:
    """Whether a time of a playback is a time of the run."""
    return ticks == OPEN if math.isinf(seconds) else abs(ticks / 10 - seconds) <= 0.05 + 1e-6
