"""Units are where the rule of places says, never faster than the road allows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from beredt.dispatch.world import NOT_DONE
from beredt.simulation.playback.history import Drive
from beredt.simulation.playback.paths import pass_times
from beredt.simulation.playback.playback import TICKS_PER_SECOND
from tests.simulation.plain import legs_of
from tests.simulation.playback.recorded import TOLERANCE_M, Recorded, record, record_on_graph
from tests.simulation.playback.rule import Route
from tests.simulation.small_worlds import Recipe, random_recipe, recipes

TICK_S = 1 / TICKS_PER_SECOND


def drives(run: Recorded) -> Iterator[tuple[int, Route, float]]:
    """Every drive whose times the rows tell: unit, route, and when it was over or broken off."""
    world, incidents, table, leg_s = run.world, run.incidents, run.table, legs_of(run.world, run.incidents)
    for stint in run.outcome.stints:
        if stint.arrive_t > stint.start_t:
            factor, nodes = float(world.speed[4]), (stint.from_node, stint.to_node)
            off_road_t = stint.arrive_t - leg_s[stint.to_node] * factor
            route = Route(table, *nodes, factor, stint.start_t, stint.road_t, off_road_t, stint.arrive_t)
            yield stint.unit, route, min(stint.end_t, stint.arrive_t)
    for row in run.outcome.missions:
        if row.scene_t == NOT_DONE:
            continue
        i, scene = row.incident, int(incidents.scene[row.incident])
        factor = float(world.speed[incidents.urgency[i]] * incidents.noise[i])
        off_road_t = row.scene_t - leg_s[scene] * factor
        road_t = off_road_t - table.seconds[scene, row.from_node] * factor
        route = Route(table, row.from_node, scene, factor, row.roll_t, road_t, off_road_t, row.scene_t)
        yield row.unit, route, row.scene_t
        dest = int(incidents.dest[i])
        if row.role == 0 and dest >= 0:
            factor = float(world.speed[3] * incidents.noise[i])
            road_t = row.leave_t + leg_s[scene] * factor
            off_road_t = road_t + table.seconds[dest, scene] * factor
            yield row.unit, Route(table, scene, dest, factor, row.leave_t, road_t, off_road_t, row.dest_t), row.dest_t


def check_places(run: Recorded) -> int:
    """At any moment of a drive, the rule names a node and when the unit is there: and then it is there."""
    playback, looked = run.keep(), 0
    slack_m = TOLERANCE_M + TICK_S * run.fastest_m_per_s()
    moments = np.random.default_rng(run.incidents.call_t.size)
    for unit, route, end_t in drives(run):
        for share in moments.random(3):
            t = route.start_t + share * (end_t - route.start_t)
            node, rest_s = route.place_at(t)
            if route.road_t <= t + rest_s <= min(end_t, route.off_road_t, run.end_s):
                off_m = run.metres(playback.position_at(f"u-{unit}", t + rest_s), run.node(node))
                assert off_m <= slack_m, f"unit {unit} is {off_m:.1f} m off node {node} at {t + rest_s}"
                looked += 1
    return looked


def check_between_nodes(run: Recorded) -> None:
    """Between two nodes a unit is on the straight line, in proportion to the time."""
    playback, slack_m = run.keep(), TOLERANCE_M + TICK_S * run.fastest_m_per_s()
    for unit, route, end_t in drives(run):
        for a, b in pairwise(route.table.nodes(route.origin, route.destination)):
            a_t, b_t = route.passes_t(a), route.passes_t(b)
            t = 0.4 * a_t + 0.6 * b_t
            if route.start_t <= a_t <= t <= min(end_t, b_t, run.end_s):
                between = 0.4 * np.array(run.node(a)) + 0.6 * np.array(run.node(b))
                where = playback.position_at(f"u-{unit}", t)
                assert run.metres(where, (float(between[0]), float(between[1]))) <= slack_m


def check_speed(run: Recorded) -> None:
    """From key to key nobody is faster than the fastest piece of road, but for rounding."""
    fastest = run.fastest_m_per_s()
    for unit in run.keep().units:
        keys = list(zip(unit.track.t.tolist(), unit.track.x.tolist(), unit.track.y.tolist(), strict=True))
        for (t, x, y), (u, v, w) in pairwise(keys):
            assert u > t
            metres = run.metres((x / 1e5, y / 1e5), (v / 1e5, w / 1e5))
            assert metres <= fastest * ((u - t) * TICK_S + 2 * TICK_S) + 3.0


def check_ends(run: Recorded) -> None:
    """At the scene a unit is at the scene, and at the hospital there."""
    playback, slack_m = run.keep(), TOLERANCE_M + TICK_S * run.fastest_m_per_s()
    for row in run.outcome.missions:
        if row.scene_t < NOT_DONE:
            scene, dest = int(run.incidents.scene[row.incident]), int(run.incidents.dest[row.incident])
            last = dest if row.role == 0 and dest >= 0 else scene
            for t, node in ((row.scene_t, scene), (row.leave_t, scene), (row.dest_t, last), (row.free_t, last)):
                off_m = run.metres(playback.position_at(f"u-{row.unit}", t), run.place(node))
                assert t > run.end_s or off_m <= slack_m


@pytest.mark.parametrize("first_seed", range(0, 60, 15))
def test_seeded_worlds(first_seed: int) -> None:
    looked = 0
    for seed in range(first_seed, first_seed + 15):
        run = record(random_recipe(seed))
        looked += check_places(run)
        check_between_nodes(run)
        check_speed(run)
        check_ends(run)
    assert looked > 500


@settings(max_examples=40)
@given(recipes())
def test_drawn_worlds(recipe: Recipe) -> None:
    run = record(recipe)
    check_places(run)
    check_between_nodes(run)
    check_speed(run)
    check_ends(run)


@pytest.mark.parametrize("first_seed", range(0, 40, 10))
def test_seeded_graphs(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + 10):
        run = record_on_graph(random_recipe(seed))
        check_speed(run)
        check_ends(run)


@settings(max_examples=30)
@given(recipes())
def test_drawn_graphs(recipe: Recipe) -> None:
    run = record_on_graph(recipe)
    check_speed(run)
    check_ends(run)


@pytest.mark.parametrize("make", [record, record_on_graph])
def test_a_drive_goes_on_from_where_the_one_before_was_broken_off(make: Callable[[Recipe], Recorded]) -> None:
    """The kernel names a node that the unit reaches next, and when; on the exact path it is there just then."""
    compared = 0
    for seed in range(60):
        run = make(random_recipe(seed))
        for unit in range(len(run.world.unit_station)):
            activities = run.history.unit(unit, 0.0, run.end_s).activities
            for before, after in pairwise(activities):
                if not before.drives or not after.drives or before.end_t >= before.drives[-1].arrive_t:
                    continue
                old, new = before.drives[-1], after.drives[0]
                there_t = before.end_t + (new.road_t - new.start_t)
                if old.road_t < before.end_t < old.off_road_t and new.road_t > new.start_t:
                    assert_passes(old, int(new.way.nodes[0]), there_t)
                    compared += 1
    assert compared > 50


def assert_passes(drive: Drive, node: int, t: float) -> None:
    """That a drive passes a node at a time."""
    passed = pass_times(drive)[drive.way.nodes == node]
    assert np.abs(passed - t).min() < 1e-3, f"passes node {node} at {passed}, not at {t}"


def test_diverted_units_go_on_from_where_they_are() -> None:
    """A unit taken off a mission before it rolled, or under way, is told of without a gap."""
    taken = 0
    for seed in range(60):
        run = record(random_recipe(seed))
        playback, slack_m = run.keep(), 2 * (TOLERANCE_M + TICK_S * run.fastest_m_per_s())
        for row in run.outcome.missions:
            if row.diverted and math.isfinite(row.roll_t):
                before, after = (playback.position_at(f"u-{row.unit}", row.free_t + d) for d in (-TICK_S, TICK_S))
                assert run.metres(before, after) <= slack_m
                taken += 1
    assert taken > 20
