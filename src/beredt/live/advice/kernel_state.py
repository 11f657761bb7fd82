"""The live picture as the kernel's own memory: so that what is advised is decided by the code that simulates.

Units stand where they are taken to be; those on their way to an incident that may give way to a more urgent one
drive there by the quickest way. One incident becomes ready now; all others are on nobody's agenda.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.crossing import demand_of
from beredt.dispatch.picture import BUSY, FREE
from beredt.dispatch.records import Demand
from beredt.dispatch.world import F8, HOME, PRIMARY, STANDBY, Incidents
from beredt.live.ground.ground import Ground
from beredt.live.ground.under_way import MOBILISING, TO_SCENE, where_next
from beredt.live.ground.where import Where, base_of
from beredt.live.picture.view import IncidentSeen, UnitSeen, View
from beredt.model.urgency import urgency_code
from beredt.simulation.state import MISSION_COUNT, NEXT_DUTY, STARTED, STINT_COUNT, State, new_state

FREE_SINCE_S = 1.0
"""A unit that stands has stood there for this long at least, so that the kernel takes it to have arrived."""


class Asked(NamedTuple):
    """A question to the kernel: its memory, its incidents (the one that is asked about first), and the moment."""

    state: State
    demand: Demand
    t: float
    places: dict[int, Where]  # of free units, by their number


def ask_about(ground: Ground, view: View, incident: IncidentSeen) -> Asked | None:
    """The question who is to be sent to an incident; None without an urgency or a place inside the region."""
    on_the_way = [unit for unit in view.units if unit.status in (MOBILISING, TO_SCENE) and not unit.status_stale]
    by_id = {one.id: one for one in view.incidents}
    others = {
        unit.incident: by_id[unit.incident]
        for unit in on_the_way
        if unit.incident in by_id and unit.incident != incident.id and _can_be_told(by_id[unit.incident])
    }
    if not _can_be_told(incident):
        return None
    t = ground.week_s(view.at_ms)
    demand = _demand(ground, [incident, *others.values()], t)
    state = new_state(ground.land, demand)
    state.at[STARTED], state.at[NEXT_DUTY] = 1, ground.land.duty.size
    number_of = {name: number + 1 for number, name in enumerate(others)}
    places: dict[int, Where] = {}
    factor = ground.factor(urgency_code(incident.urgency or ""), view.at_ms)
    for unit in view.units:
        where = where_next(ground, unit, view.at_ms, by_id.get(unit.incident or ""))
        number = ground.unit_index[unit.id]
        state.picture[number]["base"] = ground.world.unit_station[number]
        if where is None:
            continue
        if unit.free:
            state.picture[number]["on_shift"] = 1
            places[number] = where
            stood_s = (view.at_ms - (unit.since_ms or view.at_ms)) / 1000
            _stand(ground, state, number, where, t - max(stood_s, FREE_SINCE_S), factor)
        elif unit in on_the_way and unit.incident in number_of:
            state.picture[number]["on_shift"] = 1
            _drive(ground, state, demand, number, where, number_of[unit.incident], t)
    return Asked(state, demand, t, places)


def _can_be_told(incident: IncidentSeen) -> bool:
    return incident.urgency is not None and incident.lat is not None and not incident.outside_region


def _demand(ground: Ground, incidents: list[IncidentSeen], t: float) -> Demand:
    """Incidents with the durations that a dispatcher expects, of which only the first becomes ready, at time t."""
    n, land = len(incidents), ground.land
    urgency = np.array([urgency_code(one.urgency or "") for one in incidents], np.int8)
    area = np.array([ground.nearest_area(one.lat or 0.0, one.lon or 0.0)[0] for one in incidents])
    centre = [ground.centre_index.get(one.centre or "", int(ground.area_centre[a])) for one, a in
              zip(incidents, area, strict=True)]  # fmt: skip
    call_t = np.array([t, *[0.0] * (n - 1)])
    ready_t = np.array([t, *[np.inf] * (n - 1)])
    none: F8 = np.zeros(n)
    columns = Incidents(
        call_t=call_t,
        ready_t=ready_t,
        ready_order=np.arange(n, dtype=np.int32),
        urgency=urgency,
        scene=ground.area_node[area],
        scene_leg=ground.area_leg[area],
        centre=np.array(centre, np.int32),
        dest=np.full(n, -1, np.int32),
        dest_leg=none,
        second=np.zeros(n, np.int8),
        mobilisation_s=land.expected_s[0][urgency],
        out_s=land.expected_s[1][urgency],
        noise=np.ones(n),
        on_scene_s=none,
        handover_s=none,
        second_on_scene_s=none,
        target_s=ground.target_s[area, urgency],
    )
    return demand_of(columns, ground.world)


def _stand(ground: Ground, state: State, number: int, where: Where, since_t: float, factor: float) -> None:
    """A free unit in a stint of its own; `factor` is that of the drive that it may be sent on."""
    now, row, base = state.picture[number], int(state.at[STINT_COUNT]), base_of(ground, number, where)
    state.at[STINT_COUNT] += 1
    kind = HOME if where.at_home else STANDBY
    stint = state.stints[row]
    for record in (now, stint):
        record["from_node"] = record["to_node"] = where.node
        record["to_leg"], record["kind"], record["point"], record["begin_km"] = (
            where.leg_s + where.rest_s / factor,
            kind,
            -1,
            0.0,
        )
        record["start_t"] = record["road_t"] = record["arrive_t"] = since_t
        record["leave"] = record["enter"] = where.node
        record["base"], record["mode"], record["factor"] = base, 0, 1.0
    now["off_road_t"], now["arc"], now["cursor"], now["from_near"] = since_t, -1, -1, -1
    now["status"], now["stint"] = FREE, row
    stint["unit"], stint["end_t"], stint["previous"] = number, np.inf, -1
    stint["begin_node"] = stint["end_node"] = where.node
    stint["by"], stint["end_km"] = 0, 0.0
    _count(ground, state, number, base)


def _drive(ground: Ground, state: State, demand: Demand, number: int, where: Where, incident: int, t: float) -> None:
    """A unit on its way to an incident, on a mission that may be broken off."""
    roads, row = ground.world.roads, int(state.at[MISSION_COUNT])
    state.at[MISSION_COUNT] += 1
    scene = demand.incidents[incident]
    factor = float(ground.world.speed[scene["urgency"]])
    d, leg = int(scene["scene"]), float(scene["scene_leg"])
    road_t = t + where.rest_s + where.leg_s * factor
    off_road_t = road_t + float(roads.seconds[0, d, where.node]) * factor
    now = state.picture[number]
    now["from_node"], now["to_node"], now["to_leg"] = where.node, d, leg
    now["leave"], now["enter"], now["arc"], now["cursor"], now["from_near"] = where.node, d, -1, -1, -1
    now["start_t"], now["road_t"] = t - FREE_SINCE_S, road_t
    now["off_road_t"], now["arrive_t"], now["factor"] = off_road_t, off_road_t + leg * factor, factor
    now["from_x_km"], now["from_y_km"] = roads.place_km[where.node]
    now["to_x_km"], now["to_y_km"] = roads.place_km[d]
    now["status"], now["incident"], now["mission"], now["role"] = BUSY, incident, row, PRIMARY
    mission = state.missions[row]
    mission["incident"], mission["unit"], mission["role"] = incident, number, PRIMARY
    mission["from_node"], mission["end_node"], mission["roll_t"] = where.node, d, t - FREE_SINCE_S
    state.on_the_way[0] += 1
    state.on_the_way[state.on_the_way[0]] = number


def _count(ground: Ground, state: State, number: int, base: int) -> None:
    """A free unit is counted where the rules of cover look."""
    policies = ground.land.policies
    if not ground.land.units[number]["ready"] or policies.cover_left.set_weight.size == 0:
        return
    from beredt.dispatch.cover import count_free

    count_free(policies.cover_left, state.left_now, base, 1)


def free_units(view: View) -> list[UnitSeen]:
    """Units that may be sent."""
    return [unit for unit in view.units if unit.free]
