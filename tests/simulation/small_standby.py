"""Random planned tasks and crowded hospitals for small worlds."""

from __future__ import annotations

import math

import numpy as np

from beredt.dispatch.world import NO_END, Incidents, Tasks, Wards, World
from tests.simulation.picking import Picker

EVERY_MASK = range(8)


def with_tasks(seed: int, grid_s: int, world: World, incidents: Incidents) -> tuple[World, Incidents]:
    """The same world with tasks to do between missions; some give way to nothing, some to everything."""
    pick = Picker(f"tasks {seed}", grid_s)
    units, forms, count = len(world.unit_station), pick.random.randint(1, 3), pick.random.randint(0, 40)
    nodes = range(len(world.roads.place_km))
    opens = sorted(pick.time(0, world.end_s) for _ in range(count))
    due = [t + pick.time(0, 4000) for t in opens]
    tasks = Tasks(
        form=np.array([pick.random.randrange(forms) for _ in opens], np.int32),
        open_t=np.array(opens, np.float64),
        due_t=np.array(due, np.float64),
        last_t=np.array([t + pick.random.choice([0.0, pick.time(0, 6000)]) for t in due], np.float64),
        stay_s=np.array([pick.time(1, 3000) or 1.0 for _ in opens], np.float64),
        node=np.array([pick.random.choice(nodes) for _ in opens], np.int32),
        leg=np.array([pick.time(0, 60) for _ in opens], np.float64),
        gives_way=np.array([pick.random.choice(EVERY_MASK) for _ in opens], np.int8),
        drops=np.array([pick.random.choice([0, 1, *EVERY_MASK]) for _ in opens], np.int8),
        keep=np.array([pick.random.choice([0, 0, 0, 1]) for _ in opens], np.int32),
        max_drive_s=np.array([pick.random.choice([math.inf, pick.time(100, 3000)]) for _ in opens], np.float64),
    )
    may = np.array([[int(pick.chance(0.8)) for _ in range(units)] for _ in range(forms)], np.int8)
    return world._replace(task_may=may), incidents._replace(tasks=tasks)


def with_wards(seed: int, grid_s: int, world: World, incidents: Incidents) -> tuple[World, Incidents]:
    """The same incidents, most of whose patients are brought to hospitals with few places in some hours."""
    pick = Picker(f"wards {seed}", grid_s)
    count, hospitals = len(incidents.call_t), pick.random.randint(1, 3)
    nodes = [pick.random.randrange(len(world.roads.place_km)) for _ in range(hospitals)]
    legs = [pick.time(0, 60) for _ in range(hospitals)]
    hospital = [
        pick.random.randrange(hospitals) if dest >= 0 and pick.chance(0.9) else -1 for dest in incidents.dest.tolist()
    ]
    taken = np.array(hospital)
    return world, incidents._replace(
        dest=np.where(taken >= 0, np.array(nodes)[taken], incidents.dest).astype(np.int32),
        dest_leg=np.where(taken >= 0, np.array(legs)[taken], incidents.dest_leg),
        wards=Wards(
            node=np.array(nodes, np.int32),
            leg=np.array(legs, np.float64),
            places=np.array([_week(pick) for _ in range(hospitals)], np.int32),
            by_pass_to=np.array([_other(pick, h, hospitals) for h in range(hospitals)], np.int32),
            by_pass_from=np.array([pick.random.randint(1, 2) for _ in range(hospitals)], np.int32),
            by_passed=np.array([pick.random.choice([7, *EVERY_MASK]) for _ in range(hospitals)], np.int8),
            hospital=np.array(hospital, np.int32),
            stay_s=np.array([pick.time(0, 9000) for _ in range(count)], np.float64),
        ),
    )


def _week(pick: Picker) -> list[int]:
    """Places by hour; now and then none at all, or so many that they are not counted."""
    if pick.chance(0.15):
        return [NO_END] * 168
    places = [pick.random.choice([1, 1, 2, 3])]
    while len(places) < 168:
        places.append(pick.random.choice([0, 1, 2, 3]) if pick.chance(0.2) else places[-1])
    return places


def _other(pick: Picker, hospital: int, hospitals: int) -> int:
    others = [h for h in range(hospitals) if h != hospital]
    return pick.random.choice(others) if others and pick.chance(0.7) else -1
