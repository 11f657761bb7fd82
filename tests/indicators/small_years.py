"""Small years of service: made up without sense or order, and simulated on random small worlds."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import World
from beredt.indicators.observed import Frame, ObservedIncidents, ObservedMissions, ObservedStints, Year
from beredt.simulation.kernel import simulate
from beredt.simulation.unpack import year_of
from tests.reference.timeline import shifts_of
from tests.simulation.small_worlds import build, random_recipe

DAY_S = 86_400
Interval = tuple[int, float, float]  # unit, from, to


def made_up_year(seed: int) -> tuple[Frame, Year]:
    """Anything that the form allows: overlapping missions, time stamps that never came, areas and stations of nobody.

    Many times lie on a grid, since it is at equal times that definitions part.
    """
    pick = random.Random(f"year {seed}")
    days, grid_s = pick.randint(1, 2), pick.choice([0.001, 60.0, 900.0, 3600.0])
    start_s = pick.choice([0.0, 7200.5])
    whole_s = days * DAY_S + 10_000

    def time() -> float:
        return start_s + round(pick.uniform(-5_000, whole_s) / grid_s) * grid_s

    units, incidents = pick.randint(1, 5), pick.randint(0, 30)
    duty = [
        (unit, start_s + low, start_s + low + length)
        for unit in range(units)
        for low, length in _apart(pick, whole_s, grid_s)
    ]
    frame = random_frame(pick, units, duty, start_s, days)
    return frame, _made_up(pick, time, incidents, units, len(frame.area_ids), grid_s)


def _apart(pick: random.Random, whole_s: float, grid_s: float) -> list[tuple[float, float]]:
    """Begin and length of intervals that do not overlap, but may touch."""
    ends = sorted(round(pick.uniform(-5_000, whole_s) / grid_s) * grid_s for _ in range(2 * pick.randint(0, 3)))
    return [(on, off - on) for on, off in zip(ends[::2], ends[1::2], strict=True)]


def random_frame(pick: random.Random, units: int, duty: Sequence[Interval], start_s: float, days: int) -> Frame:
    """Areas, groups and owners at random for given units and duty intervals."""
    areas, zones, stations, centres, orgs = 6, 3, 3, 2, 2
    zone = some(pick, areas, zones)
    municipality = zone // 2
    groups = np.array(
        [[True] * areas, pick.choices([True, False], k=areas), *(zone == z for z in range(zones))],
    )
    local = pick.randrange(len(groups) + 1)
    shuffled = list(duty)
    pick.shuffle(shuffled)
    return Frame(
        area_ids=names("area", areas),
        area_zone=zone,
        zone_ids=names("zone", zones),
        area_municipality=municipality,
        municipality_ids=names("municipality", 2),
        groups=groups,
        group_ids=("all", "west", *names("district", zones)),
        group_kinds=("all", "study", *["district"] * zones),
        area_target_s=np.array(pick.choices([720.0, 1500.0, 600.5, np.inf], k=areas * 3)).reshape(areas, 3),
        area_people=np.ones(areas),
        area_nearest_station=some(pick, areas, stations, nobody=True),
        area_centre=some(pick, areas, centres),
        area_org=some(pick, areas, orgs),
        area_local=groups[local] if local < len(groups) else np.zeros(areas, np.bool_),
        local_group=("all", "west", *names("district", zones), "")[local],
        unit_ids=names("unit", units),
        unit_station=some(pick, units, stations, nobody=True),
        station_ids=names("station", stations),
        unit_kind=some(pick, units, 2),
        kind_ids=names("kind", 2),
        unit_centre=some(pick, units, centres),
        centre_ids=names("centre", centres),
        unit_org=some(pick, units, orgs),
        org_ids=names("org", orgs),
        unit_local=np.array(pick.choices([True, False], k=units)),
        unit_municipality=some(pick, units, 2, nobody=True),
        unit_primary=np.array(pick.choices([True, True, False], k=units)),
        unit_stops_clock=np.array(pick.choices([True, True, False], k=units)),
        duty_unit=np.array([unit for unit, _, _ in shuffled], np.int32),
        duty_on_t=np.array([on for _, on, _ in shuffled], np.float64),
        duty_off_t=np.array([off for _, _, off in shuffled], np.float64),
        start_date=date(2026, 1, 1),
        start_s=start_s,
        end_s=start_s + days * DAY_S,
    )


def names(what: str, count: int) -> tuple[str, ...]:
    return tuple(f"{what}-{number}" for number in range(count))


def some(pick: random.Random, size: int, count: int, nobody: bool = False) -> NDArray[np.int32]:
    """Indices below count, with a few -1 if wanted."""
    return np.array([pick.randrange(-1 if nobody else 0, count) for _ in range(size)], np.int32)


def _made_up(
    pick: random.Random, time: Callable[[], float], incidents: int, units: int, areas: int, grid_s: float
) -> Year:
    missions = pick.randint(0, 40) if incidents else 0
    stints = pick.randint(0, 20)
    never = [np.inf, np.nan]

    def later(t: float, most_s: float) -> float:
        return t + round(pick.uniform(0, most_s) / grid_s) * grid_s

    call_t = sorted(time() for _ in range(incidents))
    assign_t = [time() for _ in range(missions)]
    scene_t = [later(t, 3_000) for t in assign_t]
    free_t = [later(t, 20_000) for t in scene_t]
    diverted = pick.choices([0, 0, 0, 1], k=missions)
    start_t = [time() for _ in range(stints)]
    return Year(
        ObservedIncidents(
            call_t=np.array(call_t, np.float64),
            ready_t=np.array([pick.choice([later(t, 600)] * 9 + never) for t in call_t], np.float64),
            urgency=np.array([pick.randrange(3) for _ in call_t], np.int8),
            area=some(pick, incidents, areas, nobody=True),
            queued=np.array([pick.randrange(2) for _ in call_t], np.int8),
            held=np.array([pick.randrange(2) for _ in call_t], np.int8),
            bumped=np.array([pick.choice([0, 0, 1, 2]) for _ in call_t], np.int32),
            asked=np.array([pick.choice([-1, -1, 0, 1]) for _ in call_t], np.int32),
            second_missing=np.array([pick.choice([0, 0, 1]) for _ in call_t], np.int8),
        ),
        ObservedMissions(
            incident=some(pick, missions, max(incidents, 1)),
            unit=some(pick, missions, units),
            role=np.array([pick.randrange(3) for _ in assign_t], np.int8),
            diverted=np.array(diverted, np.int8),
            assign_t=np.array(assign_t, np.float64),
            roll_t=np.array(assign_t, np.float64),
            scene_t=np.array([pick.choice([t] * 9 + never) for t in scene_t], np.float64),
            leave_t=np.array(free_t, np.float64),
            dest_t=np.array(free_t, np.float64),
            free_t=np.array([pick.choice([t] * 15 + never) for t in free_t], np.float64),
            drive_km=np.array([pick.uniform(0, 20) for _ in assign_t], np.float64),
            transport_km=np.array([pick.uniform(0, 20) for _ in assign_t], np.float64),
        ),
        ObservedStints(
            unit=some(pick, stints, units),
            kind=np.array([pick.randrange(5) for _ in start_t], np.int8),
            start_t=np.array(start_t, np.float64),
            arrive_t=np.array([later(t, 2_000) for t in start_t], np.float64),
            end_t=np.array([later(t, 9_000) for t in start_t], np.float64),
            km=np.array([pick.uniform(0, 20) for _ in start_t], np.float64),
        ),
    )


def simulated_year(seed: int) -> tuple[Frame, Year, World]:
    """A run of the kernel on a random world, counted over some whole days of it."""
    pick = random.Random(f"frame {seed}")
    world, incidents = build(random_recipe(seed))
    units, nodes = len(world.unit_station), world.roads.hop.shape[1]
    duty = [(unit, on, off) for unit in range(units) for on, off in shifts_of(unit, world)]
    start_s = round(pick.uniform(0, world.end_s / 3), 3)
    days = max(1, int((world.end_s - start_s) // DAY_S))
    frame = random_frame(pick, units, duty, start_s, days)
    centres = world.policy.shape[0]
    frame = frame._replace(
        unit_station=world.unit_station,
        station_ids=names("station", int(world.unit_station.max()) + 1),
        area_nearest_station=some(pick, len(frame.area_ids), int(world.unit_station.max()) + 1),
        unit_centre=world.unit_centre,
        centre_ids=names("centre", centres),
        area_centre=some(pick, len(frame.area_ids), centres),
        unit_primary=(world.unit_roles & 1) == 1,
        unit_stops_clock=world.unit_stops_clock == 1,
    )
    scene_area = some(pick, nodes, len(frame.area_ids))[incidents.scene]
    return frame, year_of(incidents, scene_area, simulate(world, incidents)), world
