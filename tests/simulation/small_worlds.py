"""Random small worlds: roads, a few centres and units, and incidents on them.

A `Recipe` says how large and how hard; everything else follows from its seed. Ties are made common on
purpose (`grid_s` rounds every time and distance), since that is where two programs part first.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import DTypeLike, NDArray

from beredt.dispatch.world import LIVE, OWN_FIRST, OWN_ONLY, SEAMLESS, STALE, STATIONS, Incidents, World
from tests.simulation.picking import Picker
from tests.simulation.plain import road_columns
from tests.simulation.small_crises import with_crises
from tests.simulation.small_graphs import graph_ground
from tests.simulation.small_kinds import with_kinds
from tests.simulation.small_roads import Ground, table_ground, with_second_mode
from tests.simulation.small_rules import Rules, with_rules
from tests.simulation.small_standby import with_tasks, with_wards

URGENCIES = 3
VIEWS = {"live": LIVE, "stale": STALE, "stations": STATIONS}
POLICIES = {"seamless": SEAMLESS, "own only": OWN_ONLY} | dict.fromkeys(VIEWS, OWN_FIRST)
LOADS = [0.05, 0.15, 0.3, 0.6, 1.5]
BORDERS = ["mixed", "mixed", "seamless", "live", "stale", "stale", "stations", "own only"]
MISSION_S = 3000  # about what a mission takes in these worlds
AMBULANCE, PRIMARY_ONLY, RESPONDER_ONLY, DOCTOR, ANYTHING = 3, 1, 4, 6, 7  # bit masks over roles


@dataclass(frozen=True)
class Recipe:
    """How large and how hard a random world is."""

    seed: int
    nodes: int = 12
    centres: int = 2
    units: int = 5
    incidents: int = 80
    load: float = 0.5  # of a world where every unit is always on duty: about the share of time on missions
    border: str = "mixed"  # one of BORDERS, between all centres
    grid_s: int = 0  # every time is a multiple of this; 0 for whole milliseconds and free factors
    divert: bool = True
    standby_points: int = 2
    full_time_share: float = 0.5
    graph: bool = False  # junctions with chains between them, in place of a table between all nodes
    modes: int = 1
    rules: Rules | None = None  # policies on top
    kinds: bool = False  # units of many kinds, and incidents that ask for several
    tasks: bool = False  # to do between missions
    wards: bool = False  # hospitals with few places
    crises: bool = False  # rules of their own for centres with few units left


def recipes() -> st.SearchStrategy[Recipe]:
    """Recipes for hypothesis: they shrink towards few nodes, units and incidents."""
    return st.builds(
        Recipe,
        seed=st.integers(0, 2**31),
        nodes=st.integers(8, 25),
        centres=st.integers(1, 3),
        units=st.integers(2, 9),
        incidents=st.integers(1, 250),
        load=st.sampled_from(LOADS),
        border=st.sampled_from(BORDERS),
        grid_s=st.sampled_from([0, 1, 30, 60, 300]),
        divert=st.booleans(),
        standby_points=st.integers(0, 4),
        full_time_share=st.sampled_from([0.0, 0.3, 0.7, 1.0]),
    )


def random_recipe(seed: int) -> Recipe:
    """The recipe that belongs to a seed."""
    pick = random.Random(f"recipe {seed}")
    return Recipe(
        seed=seed,
        nodes=pick.randint(8, 25),
        centres=pick.choice([1, 2, 2, 3]),
        units=pick.randint(2, 9),
        incidents=pick.randint(1, 250),
        load=pick.choice(LOADS),
        border=pick.choice(BORDERS),
        grid_s=pick.choice([0, 1, 30, 60, 300]),
        divert=pick.random() < 0.7,
        standby_points=pick.randint(0, 4),
        full_time_share=pick.choice([0.0, 0.3, 0.7, 1.0]),
    )


def with_random_rules(recipe: Recipe, relocation: str, *, graph: bool = False) -> Recipe:
    """The same recipe with a rule of relocation, and some of all other policies."""
    pick = random.Random(f"policies {recipe.seed}")
    others = ("prices", "cutoff", "least_loss", "taking_over", "limits", "hours")
    return replace(
        recipe,
        units=min(recipe.units, 7),  # the twin tries out every way to put units to bases
        graph=graph,
        modes=pick.choice([1, 2]),
        rules=Rules(relocation, **{name: pick.random() < 0.6 for name in others}),
    )


def build(recipe: Recipe) -> tuple[World, Incidents]:
    """The world and the incidents that a recipe describes."""
    pick = Picker(recipe.seed, recipe.grid_s)
    if recipe.graph:
        ground = graph_ground(pick, recipe.nodes, recipe.modes)
    else:
        ground = table_ground(pick, recipe.nodes)
        if recipe.modes > 1:
            ground = ground._replace(roads=with_second_mode(Picker(f"mode {recipe.seed}", recipe.grid_s), ground.roads))
    incidents = random_incidents(pick, recipe, ground)
    end_s = pick.time(600, float(incidents.call_t[-1]) * pick.random.choice([0.7, 1.0, 1.0, 1.5]) + 4000)
    world = random_world(pick, recipe, ground, end_s)
    if recipe.rules is not None:
        world, incidents = with_rules(recipe.seed, recipe.grid_s, recipe.rules, world, incidents)
    if recipe.kinds:
        world, incidents = with_kinds(recipe.seed, recipe.grid_s, world, incidents)
    if recipe.wards:
        world, incidents = with_wards(recipe.seed, recipe.grid_s, world, incidents)
    if recipe.tasks:
        world, incidents = with_tasks(recipe.seed, recipe.grid_s, world, incidents)
    if recipe.crises:
        world = with_crises(recipe.seed, recipe.grid_s, world)
    return world, incidents


def random_incidents(pick: Picker, recipe: Recipe, ground: Ground) -> Incidents:
    """Calls at random times and places; centres belong to the place, with a few exceptions."""
    count, times = recipe.incidents, _call_times(pick, recipe)
    longest_s = 3.0 * pick.time(300, 1500)
    nodes = ground.nodes
    centre_of = {node: pick.random.randrange(recipe.centres) for node in nodes}
    scene = [pick.random.choice(nodes) for _ in range(count)]
    ready_t = [t + pick.time(0, 400) for t in times]
    transport_share = pick.random.choice([0.0, 0.6, 1.0])
    second_share = pick.random.choice([0.0, 0.3, 0.9])

    dest = np.array([pick.random.choice(nodes) if pick.chance(transport_share) else -1 for _ in range(count)], np.int32)

    def some(share: float, value: int, otherwise: int) -> int:
        return value if pick.chance(share) else otherwise

    return Incidents(
        call_t=np.array(times, np.float64),
        ready_t=np.array(ready_t, np.float64),
        ready_order=np.array(sorted(range(count), key=lambda i: (ready_t[i], i)), np.int32),
        urgency=np.array([pick.random.randrange(URGENCIES) for _ in range(count)], np.int8),
        scene=np.array(scene, np.int32),
        scene_leg=ground.leg[scene],
        centre=np.array([some(0.1, pick.random.randrange(recipe.centres), centre_of[s]) for s in scene], np.int32),
        dest=dest,
        dest_leg=np.where(dest < 0, 0.0, ground.leg[dest]),
        second=np.array([some(second_share, 1, 0) for _ in range(count)], np.int8),
        mobilisation_s=np.array([pick.time(0, 240) for _ in range(count)], np.float64),
        out_s=np.array([pick.time(0, 120) for _ in range(count)], np.float64),
        noise=np.array([1.0 if pick.grid_s else pick.random.lognormvariate(0, 0.25) for _ in range(count)], np.float64),
        on_scene_s=np.array([pick.time(1, longest_s) or 1.0 for _ in range(count)], np.float64),
        handover_s=np.array([pick.time(0, longest_s) for _ in range(count)], np.float64),
        second_on_scene_s=np.array([pick.time(1, longest_s) or 1.0 for _ in range(count)], np.float64),
        target_s=np.full(count, np.inf),
    )


def _call_times(pick: Picker, recipe: Recipe) -> list[float]:
    times, t = [], 0.0
    for _ in range(recipe.incidents):
        t += pick.random.expovariate(recipe.units * recipe.load / MISSION_S)
        times.append(float(round(t / pick.grid_s) * pick.grid_s) if pick.grid_s else round(t, 3))
    return times


def random_world(pick: Picker, recipe: Recipe, ground: Ground, end_s: float) -> World:
    """Centres, stations, units, rosters and rules on top of the roads."""
    units, centres, points = recipe.units, recipe.centres, recipe.standby_points
    stations = pick.random.randint(1, units)
    station_node = [pick.random.choice(ground.nodes) for _ in range(stations)]
    station_centre = [pick.random.randrange(centres) for _ in range(stations)]
    unit_station = [pick.random.randrange(stations) for _ in range(units)]
    kinds = [AMBULANCE, AMBULANCE, AMBULANCE, PRIMARY_ONLY, RESPONDER_ONLY, DOCTOR, ANYTHING]
    roles = [pick.random.choice(kinds) for _ in range(units)]
    on_at_start, duty = random_duty(pick, recipe, end_s)
    pairs = (centres, centres, URGENCIES)
    return World(
        **road_columns(
            ground.roads, ground.leg, station_node, [pick.random.choice(ground.nodes) for _ in range(points)], units
        ),
        speed=np.array([pick.factor() for _ in range(5)], np.float64),
        expected_mobilisation_s=np.array([pick.time(0, 240) for _ in range(URGENCIES)], np.float64),
        expected_out_s=np.array([pick.time(0, 120) for _ in range(URGENCIES)], np.float64),
        unit_station=np.array(unit_station, np.int32),
        unit_centre=np.array([station_centre[s] for s in unit_station], np.int32),
        unit_roles=np.array(roles, np.int8),
        unit_stops_clock=np.ones(units, np.int8),
        on_at_start=np.array(on_at_start, np.int8),
        duty_t=np.array([t for t, _, _ in duty], np.float64),
        duty_unit=np.array([unit for _, unit, _ in duty], np.int32),
        duty_on=np.array([on for _, _, on in duty], np.int8),
        reserve=np.array([pick.random.choice([0, 0, 1, 2]) for _ in range(centres)], np.int32),
        policy=_filled(pairs, lambda: _policy(pick, recipe.border), np.int8),
        margin_s=_filled(pairs, lambda: pick.random.choice([0.0, pick.time(0, 300)]), np.float64),
        ask_s=_filled(pairs, lambda: pick.random.choice([0.0, pick.time(0, 240)]), np.float64),
        view=_filled(pairs, lambda: VIEWS.get(recipe.border, pick.random.randint(LIVE, STATIONS)), np.int8),
        view_age_s=_filled(pairs, lambda: pick.time(30, 3000) or 30.0, np.float64),
        standby_keep=np.array([pick.random.choice([0, 0, 1, 2]) for _ in range(points)], np.int32),
        standby_max_s=np.array([pick.time(300, 2000) for _ in range(points)], np.float64),
        standby_home=_filled((points, stations), lambda: int(pick.chance(0.6)), np.int8),
        divert=_divert(pick, recipe.divert),
        divert_margin_s=pick.time(0, 240),
        responder_release_s=pick.time(0, 600),
        end_s=end_s,
    )


def _policy(pick: Picker, border: str) -> int:
    """A border policy; also towards a centre itself, where it must not matter."""
    return POLICIES.get(border, pick.random.randint(SEAMLESS, OWN_ONLY))


def _divert(pick: Picker, allowed: bool) -> NDArray[np.int8]:
    """Only for something more urgent: an incident that could be bumped by its equal might never be served."""
    table = np.zeros((URGENCIES, URGENCIES), np.int8)
    for new in range(URGENCIES):
        for under_way in range(new + 1, URGENCIES):
            table[new, under_way] = allowed and pick.chance(0.8)
    return table


def random_duty(pick: Picker, recipe: Recipe, end_s: float) -> tuple[list[int], list[tuple[float, int, int]]]:
    """Who is on duty at the start, and changes in order of time; now and then one that changes nothing."""
    on_at_start, changes = [], []
    for unit in range(recipe.units):
        full_time = pick.chance(recipe.full_time_share)
        on = full_time or pick.chance(0.5)
        on_at_start.append(int(on))
        t = 0.0
        while not full_time:
            t += max(pick.time(600, 12000), 1.0)
            if t > end_s:
                break
            on = on if pick.chance(0.05) else not on
            changes.append((t, unit, int(on)))
            if pick.chance(0.1):
                on = not on
                changes.append((t, unit, int(on)))
    pick.random.shuffle(changes)
    changes.sort(key=lambda change: change[0])  # stable: the order at equal times stays shuffled
    return on_at_start, changes


def _filled(shape: tuple[int, ...], draw: Callable[[], float], kind: DTypeLike) -> NDArray[Any]:
    """An array of separately drawn values."""
    return np.array([draw() for _ in range(math.prod(shape))], kind).reshape(shape)
