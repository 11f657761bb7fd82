"""What holds in every run, whatever is decided: nobody is lost, nobody is in two places, no second goes missing."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import NamedTuple

import pytest

from beredt.dispatch.world import NOT_DONE, PRIMARY, SECOND, Incidents, Outcome, World
from beredt.simulation.conservation import find_breaches
from beredt.simulation.kernel import simulate
from tests.reference.outcome import MissionRow, TwinOutcome, from_kernel
from tests.reference.timeline import (
    Stretch,
    goes_on_along,
    nodes_along,
    stands_at_home,
    timeline_of,
)
from tests.simulation.small_worlds import build, random_recipe

FIRST_SEED, RUNS = 5000, 150
FROM_QUEUE, TAKEN_OFF = 2, 3
SMALL_S, SMALL_KM = 1e-6, 1e-3


class Run(NamedTuple):
    """One random world, with what the kernel made of it."""

    world: World
    incidents: Incidents
    left: Outcome
    outcome: TwinOutcome  # the same in rows


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    made = []
    for seed in range(FIRST_SEED, FIRST_SEED + RUNS):
        world, incidents = build(random_recipe(seed))
        left = simulate(world, incidents)
        made.append(Run(world, incidents, left, from_kernel(left)))
    return made


def all_missions(runs: list[Run]) -> list[tuple[World, Incidents, MissionRow]]:
    return [(run.world, run.incidents, row) for run in runs for row in run.outcome.missions]


def all_timelines(runs: list[Run]) -> list[tuple[World, int, list[Stretch]]]:
    return [
        (run.world, unit, timeline_of(unit, run.outcome, run.incidents))
        for run in runs
        for unit in range(len(run.world.unit_station))
    ]


def test_the_runs_hold_something_of_everything(runs: list[Run]) -> None:
    """Else the tests below would prove little."""
    causes = Counter(row.cause for _, _, row in all_missions(runs))
    roles = Counter(row.role for _, _, row in all_missions(runs))
    kinds = Counter(row.kind for run in runs for row in run.outcome.stints)
    assert min(causes[cause] for cause in range(4)) > 100
    assert min(roles[role] for role in range(3)) > 100
    assert min(kinds[kind] for kind in range(3)) > 100


def test_no_run_breaks_a_law(runs: list[Run]) -> None:
    """The laws that are kept whatever is decided; those below know the rules that the kernel decides by."""
    for run in runs:
        assert find_breaches(run.world, run.incidents, run.left) == ()


def test_a_diverted_unit_goes_on_to_something_more_urgent(runs: list[Run]) -> None:
    incidents_of = {id(run.world): run.incidents for run in runs}
    for world, _, timeline in all_timelines(runs):
        urgency = incidents_of[id(world)].urgency
        for before, after in itertools.pairwise(timeline):
            row, new = before.row, after.row
            if isinstance(row, MissionRow) and row.diverted:
                assert isinstance(new, MissionRow)
                assert new.cause == TAKEN_OFF
                assert world.divert[urgency[new.incident], urgency[row.incident]] == 1
                assert (row.role, row.scene_t, row.leave_t, row.dest_t) == (PRIMARY, NOT_DONE, NOT_DONE, NOT_DONE)
            else:
                assert not (isinstance(new, MissionRow) and new.cause == TAKEN_OFF)


def test_intervals_are_those_that_were_drawn(runs: list[Run]) -> None:
    for world, incidents, row in all_missions(runs):
        if row.diverted:
            continue
        i, scene = row.incident, int(incidents.scene[row.incident])
        factor = world.speed[incidents.urgency[i]] * incidents.noise[i]
        road_s = (row.scene_t - row.roll_t) - (
            world.roads.seconds[0, scene, row.from_node] + incidents.scene_leg[i]
        ) * factor
        assert road_s >= -SMALL_S  # what is left is the way out to the road, or to the next node
        if row.role == PRIMARY:
            assert math.isclose(row.leave_t - row.scene_t, incidents.on_scene_s[i], abs_tol=SMALL_S)
            destination = int(incidents.dest[i])
            if destination < 0:
                assert row.leave_t == row.dest_t == row.free_t
            else:
                road = world.roads.seconds[0, destination, scene]
                trip_s = incidents.scene_leg[i] + road + incidents.dest_leg[i]
                trip_s *= world.speed[3] * incidents.noise[i]
                assert math.isclose(row.dest_t - row.leave_t, trip_s, abs_tol=SMALL_S)
                assert math.isclose(row.free_t - row.dest_t, incidents.handover_s[i], abs_tol=SMALL_S)
        elif row.role == SECOND:
            assert math.isclose(row.free_t - row.scene_t, incidents.second_on_scene_s[i], abs_tol=SMALL_S)


def test_mobilisation_is_the_one_that_was_drawn(runs: list[Run]) -> None:
    """At the station, out, or none when taken off; help asked for from a queue first waits for the answer."""
    for world, incidents, row in all_missions(runs):
        i = row.incident
        if row.diverted and row.roll_t == NOT_DONE:
            continue
        waited_s = row.roll_t - row.assign_t
        if row.cause == TAKEN_OFF:
            assert waited_s == 0
            continue
        ask_s = world.ask_s[incidents.centre[i], world.unit_centre[row.unit], incidents.urgency[i]]
        delays = (0.0, ask_s) if row.cause == FROM_QUEUE else (0.0,)
        expected = [delay_s + m for delay_s in delays for m in (incidents.mobilisation_s[i], incidents.out_s[i])]
        assert min(abs(waited_s - one) for one in expected) < SMALL_S


def test_no_unit_is_in_two_places(runs: list[Run]) -> None:
    """What a unit does follows end on end, with gaps only between shifts, at home."""
    for world, unit, timeline in all_timelines(runs):
        home = int(world.base_node[world.unit_station[unit]])
        for before, after in itertools.pairwise(timeline):
            if after.start_t > before.end_t:
                assert stands_at_home(before, home)
                assert after.drive[0] == home
            else:
                assert after.start_t == before.end_t
                assert_goes_on_from(world, before, after)
        if timeline:
            last = timeline[-1]
            assert last.end_t >= world.end_s or stands_at_home(last, home)
            assert timeline[0].drive[0] == home


def assert_goes_on_from(world: World, before: Stretch, after: Stretch) -> None:
    """The next drive begins where the unit stands, or further along the way that it was driving."""
    if before.arrived:
        assert after.drive[0] == before.end_node
    elif not goes_on_along(before, after):
        assert after.drive[0] in nodes_along(world, *before.drive)


def test_kilometres_are_those_of_the_way(runs: list[Run]) -> None:
    """A drive that began where the unit stood, and was not broken off, has the whole way; none less than nothing."""
    for world, unit, timeline in all_timelines(runs):
        for before, stretch in zip([None, *timeline], timeline, strict=False):
            row = stretch.row
            driven_km = row.drive_km if isinstance(row, MissionRow) else row.km
            assert driven_km >= -SMALL_KM, f"unit {unit}: {row}"
            if stretch.arrived and (before is None or before.arrived):
                way_km = float(world.roads.km[0, stretch.drive[1], stretch.drive[0]])
                assert abs(driven_km - way_km) < SMALL_KM, f"unit {unit}: {row}"
