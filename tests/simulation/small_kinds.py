"""Random kinds of units for small worlds: what they can do, and what incidents ask for beyond the first unit."""

from __future__ import annotations

import math

import numpy as np

from beredt.dispatch.roads import Roads
from beredt.dispatch.world import AFTER, AHEAD, TOGETHER, Abilities, Asks, Incidents, Water, World
from tests.simulation.picking import Picker

MOST_ASKS = 4


def with_kinds(seed: int, grid_s: int, world: World, incidents: Incidents) -> tuple[World, Incidents]:
    """The same world with units of many kinds, some of which fly, and incidents that ask for them."""
    pick = Picker(f"kinds {seed}", grid_s)
    wants = 3 + pick.random.randint(1, 4)
    roads = world.roads
    if not roads.place_km.any():
        across = [pick.random.choice([0.0, 1.0, 3.0, 7.5]) for _ in range(len(roads.place_km))]
        km = [[x, float(node)] for node, x in enumerate(across)]  # no two at the same place
        roads = roads._replace(place_km=np.array(km, np.float32))
    world = world._replace(roads=roads, abilities=random_abilities(pick, world, wants), water=random_water(pick, roads))
    return world, incidents._replace(asks=random_asks(pick, len(incidents.call_t), wants))


def random_water(pick: Picker, roads: Roads) -> Water:
    """A few landing points, each nearest to some nodes, and two classes of boats."""
    points, nodes = pick.random.randint(1, 4), len(roads.place_km)
    km = np.array([[0.0 if a == b else float(1 + (a * b + a + b) % 7) for a in range(points)] for b in range(points)])
    return Water(
        shore_s=np.array([pick.time(0, 600) for _ in range(nodes)], np.float64),
        landing=np.array([pick.random.randrange(points) for _ in range(nodes)], np.int32),
        km=km,
        s_per_km=np.array([60.0, 120.0]),
    )


def random_abilities(pick: Picker, world: World, wants: int) -> Abilities:
    """The roles of the world, and further wants; nearly every unit answers nearly everything."""
    units = len(world.unit_roles)
    roles = [[int(bits >> role & 1) for bits in world.unit_roles] for role in range(3)]
    others = [[int(pick.chance(0.5)) for _ in range(units)] for _ in range(wants - 3)]
    flies = [pick.random.choice([1, 1, 2, 3]) if pick.chance(0.3) else 0 for _ in range(units)]
    return Abilities(
        wants=np.array(roles + others, np.int8),
        answers=np.array([[int(pick.chance(0.9)) for _ in range(units)] for _ in range(3)], np.int8),
        carries=np.array([int(pick.chance(0.6)) for _ in range(units)], np.int8),
        flies=np.array(flies, np.int8),
        pace=np.array([pick.factor() for _ in range(units)], np.float64),
        start_s=np.array([pick.random.choice([0.0, pick.time(0, 300)]) for _ in range(units)], np.float64),
    )


def random_asks(pick: Picker, incidents: int, wants: int) -> Asks:
    """Up to four asks for an incident, of all forms."""
    of_incident = [i for i in range(incidents) for _ in range(pick.random.choice([0, 0, 1, 2, MOST_ASKS]))]
    first = [0, 0, *range(3, wants)]
    plain = not pick.chance(0.7)

    def times(count: int, low_s: float, high_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array([pick.random.choice([0.0, pick.time(low_s, high_s)]) for _ in range(count)], np.float64)

    asks = len(of_incident)
    escorts = [int(pick.chance(0.3)) for _ in range(asks)]
    ends = [_end(pick, bool(escort)) for escort in escorts]
    return Asks(
        first_want=np.array([0 if plain else pick.random.choice(first) for _ in range(incidents)], np.int8),
        carrier_want=np.array([pick.random.choice(first) for _ in range(incidents)], np.int8),
        assess_s=times(incidents, 0, 900),
        load_s=times(incidents, 0, 600),
        lone_release_s=times(incidents, 0, 600),
        incident=np.array(of_incident, np.int32),
        want=np.array([pick.random.randrange(wants) for _ in of_incident], np.int8),
        when=np.array([pick.random.choice([TOGETHER, AHEAD, AFTER]) for _ in of_incident], np.int8),
        after_s=times(asks, 0, 1200),
        stay_s=np.array([stay_s for stay_s, _ in ends], np.float64),
        release_s=np.array([release_s for _, release_s in ends], np.float64),
        escorts=np.array(escorts, np.int8),
        meets=np.array([int(escort and pick.chance(0.7)) for escort in escorts], np.int8),
    )


def _end(pick: Picker, escorts: bool) -> tuple[float, float]:
    """How long a unit stays, and how long after the patient's unit; not without end both."""
    stay_s, release_s = pick.time(1, 2400) or 1.0, pick.time(0, 600)
    forms = [(stay_s, math.inf), (math.inf, release_s), (stay_s, release_s)]
    return pick.random.choice(forms[::2] if escorts else forms)
