"""A unit that comes too late to the scene meets the patient's unit on its way to the place of delivery."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import part, whole
from beredt.dispatch.flight import flight_mode
from beredt.dispatch.paths import known_way, path_s
from beredt.dispatch.place import place_and_km
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.travel import true_factor
from beredt.dispatch.world import SPEED_TRANSPORT
from beredt.simulation.state import State
from beredt.simulation.staying import SOUGHT, TRIED, plan_stay


@part
def meet_on_the_way(w: Land, s: State, inc: Demand, i: int, r: int, t: float) -> None:
    """The patient's unit of incident i has left without the unit of mission r: where they meet, if they do.

    At the first decision node of its way where the other one is no later than it; it waits for nobody.
    """
    row, patients = s.missions[r], whole(s.marks[i].patients)
    if row.met != SOUGHT or patients < 0 or t < s.missions[patients].leave_t:
        return
    row.met = TRIED
    other, to = s.missions[patients], inc.incidents[i]
    m, roads = whole(other.leave_mode), w.roads
    if t >= row.scene_t or m >= flight_mode(roads) or other.enter_on < 0:
        return
    dest, dest_leg = whole(to.dest), to.dest_leg
    if other.hospital >= 0:
        dest, dest_leg = whole(inc.wards[other.hospital].node), inc.wards[other.hospital].leg
    f = true_factor(w, other.unit, SPEED_TRANSPORT, other.leave_t) * to.noise
    enter = whole(other.enter_on)
    from_s = known_way(roads, m, whole(to.scene), dest, 0.0, whole(other.by_on)).from_s
    last_t = (other.dest_t - dest_leg * roads.off_pace[m] * f) - from_s * f
    u = whole(row.unit)
    now = s.picture[u]
    node, rest_s, end_km, begin_km = place_and_km(roads, s.picture, u, whole(now.mode), t)
    at = whole(other.leave_on)
    while True:
        passed_t = last_t - np.float64(roads.seconds[m, enter, at]) * f
        if t + rest_s + path_s(roads, whole(now.mode), whole(node), at) * now.factor <= passed_t:
            break
        if at == enter:
            return
        at = whole(roads.hop[m, enter, at])
    row.met, row.scene_t = at, passed_t
    row.end_node, row.end_km = node, end_km + begin_km
    now.arrive_t = passed_t
    plan_stay(s, inc, u)
