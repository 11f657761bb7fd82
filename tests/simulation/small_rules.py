"""Random policies for small worlds: hours, prices, waiting, taking over, cover, and every rule of relocation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets, group_points
from beredt.dispatch.benefit import Slots
from beredt.dispatch.compliance import compliance_table
from beredt.dispatch.cover import Cover
from beredt.dispatch.move_limits import NO_LIMIT, MoveLimits
from beredt.dispatch.policies import (
    COMPLIANCE,
    DMEXCLP,
    HOME_BASE,
    PRIORITY_LIST,
    STANDBY_POINTS,
    STAY_PUT,
    ZHANG,
)
from beredt.dispatch.priority_list import earlier_entries
from beredt.dispatch.world import Incidents, World
from beredt.simulation.pack_cover import pack_cover
from tests.simulation.picking import Picker

RELOCATIONS = {
    "standby": STANDBY_POINTS,
    "home": HOME_BASE,
    "stay": STAY_PUT,
    "priority list": PRIORITY_LIST,
    "compliance": COMPLIANCE,
    "dmexclp": DMEXCLP,
    "zhang": ZHANG,
}


@dataclass(frozen=True)
class Rules:
    """Which policies a small world has; what they say in particular is drawn."""

    relocation: str  # one of RELOCATIONS
    prices: bool = True
    cutoff: bool = True
    least_loss: bool = True
    taking_over: bool = True
    limits: bool = True
    hours: bool = True  # paces by hour, modes that change, hours of standby points


def with_rules(seed: int, grid_s: int, rules: Rules, world: World, incidents: Incidents) -> tuple[World, Incidents]:
    """A world with policies on top, and incidents with targets; all else stays as it is."""
    pick = Picker(f"rules {seed}", grid_s)
    bases, units = len(world.base_node), len(world.unit_station)
    sets = random_sets(pick, bases)
    ranked = np.array([pick.random.randrange(bases) for _ in range(pick.random.randint(0, units + 2))], np.int32)
    policies = world.policies._replace(
        price_s=random_prices(pick, units) if rules.prices else world.policies.price_s,
        cutoff_s=np.array([pick.time(60, 900) if rules.cutoff and pick.chance(0.7) else math.inf for _ in range(3)]),
        cutoff_wait_s=np.array([pick.time(0, 2400) for _ in range(3)]),
        least_loss=np.array([rules.least_loss and pick.chance(0.6) for _ in range(3)], np.int8),
        cover_left=random_cover(pick, sets, units),
        rebook_gain_s=pick.random.choice([0.0, pick.time(0, 400)]) if rules.taking_over else math.inf,
        relocation=RELOCATIONS[rules.relocation],
        is_moved=np.array([pick.chance(0.85) for _ in range(units)], np.int8),
        cover=random_cover(pick, sets, units),
        ranked=ranked,
        earlier=earlier_entries(ranked),
        compliance=compliance_table(random_configurations(pick, bases, units), units),
        limits=random_limits(pick) if rules.limits else world.policies.limits,
        slots=random_slots(Picker(f"slots {seed}", grid_s), bases, units),
    )
    targets = np.array([pick.random.choice([pick.time(200, 2000), math.inf]) for _ in incidents.call_t])
    world = world._replace(policies=policies)
    if rules.hours:
        world = with_hours(pick, world)
    return world, incidents._replace(target_s=targets)


def with_hours(pick: Picker, world: World) -> World:
    """Paces by hour of the week, modes that change, and standby points that are not always open."""
    points, modes = len(world.standby_node), len(world.roads.seconds)
    changes = sorted({0.0, *(pick.time(0, world.end_s) for _ in range(pick.random.randint(0, 6)))})
    return world._replace(
        first_hour=24 * pick.random.randrange(7),
        true_pace=np.array([pick.factor() for _ in range(168)]),
        believed_pace=np.array([pick.factor() for _ in range(168)]),
        mode_t=np.array(changes),
        mode_of=np.array([[pick.random.randrange(modes) for _ in range(5)] for _ in changes], np.int8),
        standby_days=np.array([pick.random.choice([127, pick.random.randrange(128)]) for _ in range(points)], np.int8),
        standby_start_s=np.array([900 * pick.random.randrange(96) for _ in range(points)], np.int32),
        standby_end_s=np.array([900 * pick.random.randrange(97) for _ in range(points)], np.int32),
    )


def random_prices(pick: Picker, units: int) -> NDArray[np.float64]:
    """Many units cost nothing, some a little, and some are never sent."""
    cells = [pick.random.choice([0.0, 0.0, pick.time(0, 600), math.inf]) for _ in range(3 * units)]
    return np.array(cells).reshape(3, units)


def random_sets(pick: Picker, bases: int) -> CoverSets:
    """Sets of demand; with a grid their weights are whole numbers, so that bases are often equally good."""
    points = pick.random.randint(0, 8)
    covers = np.array([[pick.chance(0.4) for _ in range(points)] for _ in range(bases)], np.bool_)
    weights = [float(pick.random.randint(1, 3)) if pick.grid_s else pick.random.uniform(0.1, 2) for _ in range(points)]
    return group_points(covers.reshape(bases, points), np.array(weights, np.float64))


def random_cover(pick: Picker, sets: CoverSets, units: int) -> Cover:
    """The same sets with some share of time for which units are busy."""
    offered = np.array([pick.chance(0.8) for _ in range(sets.covers.shape[1])])
    return pack_cover(sets, 0.5 if pick.grid_s else pick.random.uniform(0.0, 0.9), units, offered)


def random_configurations(pick: Picker, bases: int, units: int) -> dict[int, list[list[int]]]:
    """Up to three configurations for some numbers of free units, some with fewer slots than units."""
    return {
        n: [
            [pick.random.randrange(bases) for _ in range(pick.random.choice([n, n, max(0, n - 1), n + 1]))]
            for _ in range(pick.random.randint(1, 3))
        ]
        for n in range(1, units + 1)
        if pick.chance(0.8)
    }


def random_slots(pick: Picker, bases: int, units: int) -> Slots:
    """At least as many slots as units; with a grid many are worth the same."""
    each = -(-units // bases)
    worth = [
        sorted(
            60_000 * pick.random.randint(0, 20) if pick.grid_s else pick.random.randrange(10**6) for _ in range(each)
        )
        for _ in range(bases)
    ]
    return Slots(
        np.repeat(np.arange(bases, dtype=np.int32), each),
        np.array([one for of_base in worth for one in reversed(of_base)], np.int64),
    )


def random_limits(pick: Picker) -> MoveLimits:
    """Some limits on moves; now and then none at all."""
    quiet_s = [3600 * pick.random.randrange(24) for _ in range(2)]
    return MoveLimits(
        most_moves=pick.random.choice([NO_LIMIT, NO_LIMIT, 0, 1, 3, 10]),
        most_move_s=pick.random.choice([math.inf, pick.time(200, 2400)]),
        most_move_km=pick.random.choice([math.inf, round(pick.random.uniform(1, 25), 3)]),
        most_shift_km=pick.random.choice([math.inf, math.inf, round(pick.random.uniform(5, 80), 3)]),
        quiet_start_s=pick.random.choice([0, quiet_s[0]]),
        quiet_end_s=pick.random.choice([0, quiet_s[1]]),
    )
