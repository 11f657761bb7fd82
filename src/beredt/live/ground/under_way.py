"""Where a unit on the road can turn off next, by its last position and where its status says that it drives.

A unit on a motorway is not at the street below it: it can turn round where its way has a node, and no sooner. So its
position is laid on the quickest ways to where it drives, and it is taken to have driven on since then. The next node
and the seconds until it is there are what the simulation's dispatcher reckons with (`dispatch.place`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.dispatch.world import SPEED_RETURN
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import AT_IT_KM, AT_STATION, Where, base_of, home_of, where_is
from beredt.live.picture.view import IncidentSeen, UnitSeen
from beredt.model.urgency import urgency_code

RETURNING, TO_STANDBY, MOBILISING, TO_SCENE = "returning", "to_standby", "mobilising", "to_scene"
BESIDE_KM = 0.15
"""A position farther than this from all its ways tells of another way: then it stands at the nearest node."""


class _OnWay(NamedTuple):
    """A place on the way to a node: the next node of the way, seconds of ordinary traffic to the end, how far off."""

    to: int
    to_leg_s: float
    next_node: int
    left_s: float
    off_km: float


def where_next(ground: Ground, unit: UnitSeen, at_ms: int, bound_for: IncidentSeen | None = None) -> Where | None:
    """Where a unit can be sent from: as `where_is`, and for one on the road the next node of its way.

    Args:
        ground: the study.
        unit: as it is seen.
        at_ms: the moment.
        bound_for: the incident that it is on its way to, if it is on a mission.
    """
    where = where_is(ground, unit)
    if unit.since_ms is None or unit.status == AT_STATION:
        return where
    if unit.status == MOBILISING:
        return None if where is None else _mobilising(ground, unit, where, at_ms, bound_for)
    ends = _ends(ground, unit, bound_for)
    if not ends or unit.lat is None or unit.lon is None or unit.position_ms is None:
        return where
    if unit.outside_region or unit.rounded_m is not None:
        return where
    found = min((_on_way(ground, unit.lat, unit.lon, *end) for end in ends), key=lambda one: (one.off_km, one.left_s))
    if found.off_km > BESIDE_KM:
        return where
    is_sent = unit.status == TO_SCENE and bound_for is not None
    purpose = urgency_code(bound_for.urgency or "") if is_sent and bound_for is not None else SPEED_RETURN
    return _driven_on(ground, unit, found, where, ground.factor(purpose, unit.since_ms), at_ms)


def _ends(ground: Ground, unit: UnitSeen, bound_for: IncidentSeen | None) -> Sequence[tuple[int, float]]:
    """Nodes that a unit may be driving to, each with the seconds beyond it."""
    world, number = ground.world, ground.unit_index[unit.id]
    if unit.status == RETURNING:
        home = home_of(ground, number)
        return [(home.node, home.leg_s)]
    if unit.status == TO_STANDBY:
        points = np.flatnonzero(world.standby_home[:, world.unit_station[number]])
        return [(int(world.standby_node[p]), float(world.standby_leg[p])) for p in points]
    if unit.status == TO_SCENE and bound_for is not None and bound_for.lat is not None and bound_for.lon is not None:
        area, _ = ground.nearest_area(bound_for.lat, bound_for.lon)
        return [(int(ground.area_node[area]), float(ground.area_leg[area]))]
    return []


def _on_way(ground: Ground, lat: float, lon: float, to: int, to_leg_s: float) -> _OnWay:
    """The place nearest to a position on all quickest ways to a node: each link that leads there from any node."""
    hop, seconds = ground.roads.network.hop[to], ground.roads.network.seconds[to]
    places = ground.tree.data
    at = ground.on_plane(lat, lon)
    ends = np.asarray(hop[: len(places)], np.int64)
    along = places[ends] - places
    length2 = np.maximum((along * along).sum(axis=1), 1e-12)
    share = np.clip(((at - places) * along).sum(axis=1) / length2, 0.0, 1.0)
    off_km = np.hypot(*(at - places - share[:, np.newaxis] * along).T)
    left_s = (1.0 - share) * (seconds[: len(places)] - seconds[ends]) + seconds[ends]
    # Of links that lie on one another, the one that is sooner there: nobody drives away from where they drive to.
    link = int(np.lexsort((left_s, np.round(off_km, 2)))[0])
    return _OnWay(to, to_leg_s, int(ends[link]), float(left_s[link]), float(off_km[link]))


def _driven_on(ground: Ground, unit: UnitSeen, found: _OnWay, where: Where | None, factor: float, at_ms: int) -> Where:
    """Where it can turn off after it has driven on since its last position."""
    assert unit.since_ms is not None
    assert unit.position_ms is not None
    rolls_ms = unit.position_ms
    if where is not None and where.off_km < AT_IT_KM:  # it may still have stood there
        begins_ms = unit.since_ms + round(_leg_s(ground, where.node) * factor * 1000)
        if at_ms < begins_ms:
            return Where(where.node, 0.0, False, where.off_km, (begins_ms - at_ms) / 1000)
        rolls_ms = max(rolls_ms, begins_ms)
    left_s = found.left_s - (at_ms - rolls_ms) / 1000 / factor
    if left_s <= 0.0:  # beyond the road: it must drive back what it has driven of the last bit
        return Where(found.to, 0.0, False, found.off_km, min(-left_s, found.to_leg_s) * factor)
    hop, seconds, node = ground.roads.network.hop[found.to], ground.roads.network.seconds[found.to], found.next_node
    while float(seconds[node]) > left_s:
        node = int(hop[node])
    return Where(node, 0.0, False, found.off_km, (left_s - float(seconds[node])) * factor)


def _mobilising(
    ground: Ground, unit: UnitSeen, where: Where, at_ms: int, bound_for: IncidentSeen | None
) -> Where | None:
    """A unit that has not rolled yet: where it stands, with what is expected to remain until it rolls."""
    if bound_for is None or bound_for.urgency is None or unit.since_ms is None:
        return where
    number, k = ground.unit_index[unit.id], urgency_code(bound_for.urgency)
    leg_s = _leg_s(ground, where.node)
    home = ground.world.base_node[base_of(ground, number, where)]
    wait_s = float(ground.land.expected_s[0 if where.node == home else 1, k])
    left_s = max(0.0, wait_s - (at_ms - unit.since_ms) / 1000)
    return Where(where.node, max(leg_s, where.leg_s), False, where.off_km, left_s)


def _leg_s(ground: Ground, node: int) -> float:
    """Seconds from a station, hospital or point to its node of the road; 0 where none of them is."""
    world, rules = ground.world, ground.rules
    nodes = np.concatenate([world.base_node, world.standby_node, rules.hospital_node])
    legs = np.concatenate([world.base_leg, world.standby_leg, rules.hospital_leg])
    return float(legs[nodes == node].max(initial=0.0))
