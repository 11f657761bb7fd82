"""When a mission is expected to end, and where: medians of the study's intervals, given how long its stage has lasted.

A stage that has lasted e seconds, whose length is lognormal with median m and spread s of the logarithm, has a median
of what remains, r, with P(T > e + r | T > e) = 1/2:

    r = F⁻¹(1 − (1 − F(e))/2) − e,   F(t) = Φ(ln(t/m)/s)
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from beredt.dispatch.world import F8
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import Where, where_is
from beredt.live.picture.view import IncidentSeen, UnitSeen
from beredt.model.urgency import urgency_code
from beredt.simulation.incident_rules import HANDOVER, MOBILISATION, ON_SCENE

STAGES = ("mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital")
TRANSPORT, RETURN = 3, 4
PARTS = 24
"""Of a distribution, each with the same probability."""


class Ending(NamedTuple):
    """When a unit is expected to be free (ms since 1970), and where."""

    at_ms: int
    where: Where


def remaining_s(median_s: float, sigma: float, elapsed_s: float) -> float:
    """Median of what remains of a stage, seconds.

    Args:
        median_s: of the whole stage, > 0; 0 for one that takes no time.
        sigma: of the logarithm; 0 for one that always takes the same.
        elapsed_s: how long it has lasted, ≥ 0.
    """
    elapsed_s = max(elapsed_s, 0.0)
    if median_s <= 0.0:
        return 0.0
    if sigma <= 0.0:
        return max(0.0, median_s - elapsed_s)
    if elapsed_s == 0.0:
        return median_s
    past = float(ndtr(-math.log(elapsed_s / median_s) / sigma))  # the share of stages that last longer
    if past < 1e-12:
        return elapsed_s  # beyond all experience: as long again
    return max(0.0, median_s * math.exp(-sigma * float(ndtri(past / 2.0))) - elapsed_s)


def mission_end(ground: Ground, unit: UnitSeen, incident: IncidentSeen | None, at_ms: int) -> Ending | None:
    """When and where a unit on a mission is expected to be free; None where too little is known to say."""
    if unit.status not in STAGES or unit.since_ms is None or incident is None or incident.urgency is None:
        return None
    area = _find_area(ground, incident)
    if area is None:
        return None
    here, k, scene = where_is(ground, unit), urgency_code(incident.urgency), _scene(ground, area)
    elapsed_s, stage = (at_ms - unit.since_ms) / 1000, STAGES.index(unit.status)
    left_s = 0.0
    if stage <= 1:
        to_scene_s = _to_scene_s(ground, unit, scene, k, at_ms)
        if to_scene_s is None:
            return None
        left_s += to_scene_s
    if stage <= 2:
        left_s += _left(ground, ON_SCENE, k, elapsed_s if stage == 2 else 0.0)
    end = scene
    if stage >= 3 or ground.rules.transport_share[k] >= 0.5:
        hospital = _hospital(ground, unit, area, k)
        if stage <= 3:
            begin = here if stage == 3 else scene
            if begin is None:
                return None
            left_s += _drive_s(ground, begin, hospital, TRANSPORT, at_ms)
        left_s += _left(ground, HANDOVER, k, elapsed_s if stage == 4 else 0.0)
        end = hospital
    return Ending(at_ms + round(left_s * 1000), end)


def chance_of_end(ground: Ground, unit: UnitSeen, incident: IncidentSeen, at_ms: int, then_ms: int) -> float:
    """The chance that a mission whose end can be told is over at a later moment.

    Whether the patient is transported is open until the unit drives to a hospital; stages last as the study's
    intervals scatter, given how long the present one has lasted; drives and mobilisation are as they are expected.

    Args:
        ground: the study.
        unit: as it is seen.
        incident: that it is sent to.
        at_ms: the moment.
        then_ms: the later moment.
    """
    area, k = _find_area(ground, incident), urgency_code(incident.urgency or "")
    if area is None or unit.since_ms is None:
        return 0.0
    scene, stage, elapsed_s = _scene(ground, area), STAGES.index(unit.status), (at_ms - unit.since_ms) / 1000
    left_s = (then_ms - at_ms) / 1000
    if stage <= 1:
        left_s -= _to_scene_s(ground, unit, scene, k, at_ms) or 0.0
    on_scene = _spread(ground, ON_SCENE, k, elapsed_s if stage == 2 else 0.0) if stage <= 2 else np.zeros(1)
    handover = _spread(ground, HANDOVER, k, elapsed_s if stage == 4 else 0.0)
    drive_s = 0.0
    if stage <= 3:
        begin = (where_is(ground, unit) if stage == 3 else scene) or scene
        drive_s = _drive_s(ground, begin, _hospital(ground, unit, area, k), TRANSPORT, at_ms)
    delivered = float(np.mean(np.add.outer(on_scene, handover) + drive_s <= left_s))
    transported = 1.0 if stage >= 3 else float(ground.rules.transport_share[k])
    return transported * delivered + (1.0 - transported) * float(np.mean(on_scene <= left_s))


def _spread(ground: Ground, interval: int, k: int, elapsed_s: float) -> F8:
    """What may remain of a stage: the middles of equal parts of its distribution, given how long it has lasted."""
    median_s, sigma = float(ground.rules.median_s[interval, k]), float(ground.rules.sigma[interval, k])
    middles = (np.arange(PARTS) + 0.5) / PARTS
    if median_s <= 0.0 or sigma <= 0.0:
        return np.full(PARTS, remaining_s(median_s, sigma, elapsed_s))
    past = 1.0 if elapsed_s <= 0.0 else float(ndtr(-math.log(elapsed_s / median_s) / sigma))
    if past < 1e-12:
        return np.full(PARTS, elapsed_s)  # beyond all experience: as long again
    found: F8 = np.maximum(0.0, median_s * np.exp(-sigma * ndtri(past * (1.0 - middles))) - max(elapsed_s, 0.0))
    return found


def arrival_ms(ground: Ground, unit: UnitSeen, incident: IncidentSeen, at_ms: int) -> int | None:
    """When a unit that is sent is expected at the scene, ms since 1970; None unless it is on its way and known where.

    Args:
        ground: the study.
        unit: as it is seen.
        incident: that it is sent to.
        at_ms: the moment.
    """
    if unit.status not in STAGES[:2] or unit.since_ms is None or incident.urgency is None:
        return None
    area = _find_area(ground, incident)
    if area is None:
        return None
    to_scene_s = _to_scene_s(ground, unit, _scene(ground, area), urgency_code(incident.urgency), at_ms)
    return None if to_scene_s is None else at_ms + round(to_scene_s * 1000)


def _find_area(ground: Ground, incident: IncidentSeen) -> int | None:
    """The area of an incident; None where nobody has said where it is, or it is outside the study's rectangle."""
    if incident.lat is None or incident.lon is None or incident.outside_region:
        return None
    return ground.nearest_area(incident.lat, incident.lon)[0]


def _scene(ground: Ground, area: int) -> Where:
    return Where(int(ground.area_node[area]), float(ground.area_leg[area]), False, 0.0)


def _to_scene_s(ground: Ground, unit: UnitSeen, scene: Where, k: int, at_ms: int) -> float | None:
    """What remains until a unit that mobilises or drives is there; None where nobody knows where it is."""
    here = where_is(ground, unit)
    if here is None or unit.since_ms is None:
        return None
    waits = unit.status == STAGES[0]
    wait_s = _left(ground, MOBILISATION, k, (at_ms - unit.since_ms) / 1000) if waits else 0.0
    return wait_s + _drive_s(ground, here, scene, k, at_ms)


def _left(ground: Ground, interval: int, k: int, elapsed_s: float) -> float:
    return remaining_s(float(ground.rules.median_s[interval, k]), float(ground.rules.sigma[interval, k]), elapsed_s)


def _drive_s(ground: Ground, begin: Where, end: Where, purpose: int, at_ms: int) -> float:
    road_s = float(ground.world.roads.seconds[0, end.node, begin.node])
    return (begin.leg_s + road_s + end.leg_s) * ground.factor(purpose, at_ms)


def _hospital(ground: Ground, unit: UnitSeen, area: int, k: int) -> Where:
    """The hospital that was told, or the one where most patients of the area and urgency are taken."""
    rules = ground.rules
    if unit.hospital is not None:
        number = ground.hospital_index[unit.hospital]
    else:
        below = rules.choice_below[rules.area_zone[area], k]
        share = np.diff(below, prepend=0.0)
        number = int(rules.nearest[area, k, int(share.argmax())])
    return Where(int(rules.hospital_node[number]), float(rules.hospital_leg[number]), False, 0.0)
