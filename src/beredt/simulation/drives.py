"""Drives: laying the route of a unit into the picture."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf
from beredt.dispatch.paths import Way
from beredt.dispatch.records import Land
from beredt.dispatch.roads import Records


@leaf
def lay_route(
    w: Land,
    p: Records,
    u: int,
    m: int,
    factor: float,
    o: int,
    d: int,
    leg: float,
    start_t: float,
    road_t: float,
    begin_km: float,
    near: int,
    way: Way,
) -> float:
    """Send unit u from road node o, where it is at road_t, to the place at (d, leg); the time when it arrives.

    Args:
        w: the alternative.
        p: the picture.
        u: the unit.
        m: travel mode.
        factor: on all seconds of the drive.
        o: road node where the route joins the road.
        d: road node where it leaves the road.
        leg: from d to the place.
        start_t: s, when it rolls.
        road_t: s.
        begin_km: driven between the two.
        near: column of the place where it sets out in `Demand.near`, -1 for none.
        way: from o to d.
    """
    off_road_t = road_t + way.seconds * factor
    arrive_t = off_road_t + leg * w.roads.off_pace[m] * factor
    now = p[u]
    now.mode, now.factor = m, factor
    now.from_node, now.to_node, now.to_leg, now.begin_km = o, d, leg, begin_km
    now.leave, now.enter, now.to_s, now.from_s = way.leave, way.enter, way.to_s, way.from_s
    now.arc, now.out_by, now.in_by, now.cursor = way.arc, way.out_by, way.in_by, -1
    now.start_t, now.road_t, now.off_road_t, now.arrive_t = start_t, road_t, off_road_t, arrive_t
    now.from_near = near
    now.from_x_km, now.from_y_km = w.roads.place_km[o, 0], w.roads.place_km[o, 1]
    now.to_x_km, now.to_y_km = w.roads.place_km[d, 0], w.roads.place_km[d, 1]
    return arrive_t


@leaf
def stand_at(w: Land, p: Records, u: int, node: int, leg: float, t: float) -> None:
    """Unit u stands at a place from time t on."""
    now = p[u]
    now.from_node, now.to_node, now.to_leg, now.begin_km = node, node, leg, 0.0
    now.leave, now.enter, now.to_s, now.from_s = node, node, 0.0, 0.0
    now.arc, now.out_by, now.in_by, now.cursor = -1, 0, 0, -1
    now.start_t = now.road_t = now.off_road_t = now.arrive_t = t
    now.mode, now.factor = 0, 1.0
