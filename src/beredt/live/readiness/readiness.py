"""Readiness: what each area can expect now, in 30 and in 60 minutes.

A unit counts at a moment when it is expected to be free and on duty then: one that is free now; one whose mission is
expected to have ended; one that comes on duty. That is what maps and shares tell. The chance goes further: each unit,
also one whose mission may end sooner than expected, is free then with a probability of its own (`chance`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import F8, I4
from beredt.live.events.words import FREE_STATUSES
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import AT_STATION, Where, home_of, is_off_road, where_is
from beredt.live.picture.duty import Duty
from beredt.live.picture.picture import Data
from beredt.live.picture.view import UnitSeen, View
from beredt.live.readiness.chance import reached_chances, taken_chances
from beredt.live.readiness.mission_end import RETURN, chance_of_end, mission_end
from beredt.live.readiness.volume import STUDY, Volume, by_study, calls_at

HORIZONS_MIN = (0, 30, 60)
BY_RATES = by_study("not_asked")


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A unit that can be sent at a moment: its number, the node where it is, and seconds before it is on the road."""

    number: int
    node: int
    before_s: float
    expected: bool  # not free now
    counted: bool = True  # expected to be free then
    free_s: float = 0.0  # for how long it will have been free
    over: float = 1.0  # probability that its present mission is over


@dataclass(frozen=True, slots=True, eq=False)
class Readiness:
    """What A areas can expect at one moment.

    `units` are the ids of those that count, `expected` of them not free now; `uncertain` are units on missions of which
    too little is known to say when they end, or where they are; `off_road` those whose position is too far from the
    roads. Shares are of areas, people and expected calls within the target of each
    area (of those that have one); `chances` are the probabilities that a free unit reaches each area in time, `chance`
    their mean over expected calls, `busy` the mean probability that an incident yet to come has taken a unit. `mean_s`
    is over expected calls.
    """

    minutes: int
    urgency: int
    units: tuple[str, ...]
    expected: tuple[str, ...]
    uncertain: tuple[str, ...]
    off_road: tuple[str, ...]
    nearest_s: F8  # [A] expected seconds from a decision to the nearest unit; infinite without any
    nearest: I4  # [A] place of that unit in `units`, -1 without any
    within: I4  # [A] units within the area's target
    calls: F8  # [A] expected in an hour then
    chances: F8  # [A]
    area_share: float | None
    people_share: float | None
    call_share: float | None
    chance: float | None
    busy: float
    mean_s: float | None
    expected_by: str  # the model that tells how many incidents come, or `study`


def readiness_of(
    ground: Ground,
    view: View,
    rosters: dict[str, Data],
    duty: Duty,
    urgency: int,
    minutes: int,
    volume: Volume = BY_RATES,
) -> Readiness:
    """Reckon what areas can expect.

    Args:
        ground: the study.
        view: the picture.
        rosters: what is known of each unit, for its roster.
        duty: the study's rosters.
        urgency: 0 acute, 1 urgent, 2 ordinary.
        minutes: ahead, ≥ 0.
        volume: how many incidents the coming hours bring.
    """
    at_ms = view.at_ms + minutes * 60_000
    possible, uncertain = _standing(ground, view, rosters, duty, urgency, at_ms)
    found = [one for one in possible if one.counted]
    areas = len(ground.area_node)
    then = calls_at(ground, volume, at_ms)
    calls, target_s = then[:, urgency], ground.target_s[:, urgency]
    nearest_s, nearest, within = np.full(areas, np.inf), np.full(areas, -1, np.int32), np.zeros(areas, np.int32)
    chances, busy = np.zeros(areas), 1.0 if minutes else 0.0
    if possible:
        counted = np.array([one.counted for one in possible])
        seconds = ground.seconds(
            np.array([one.node for one in possible], np.int32),
            np.array([one.before_s for one in possible]),
            urgency,
            at_ms,
        )
        in_time = seconds <= target_s - _handling_s(ground, urgency)
        meanwhile = (calls_at(ground, volume, view.at_ms) + then) / 2.0
        taken = np.zeros(len(possible))
        if found and minutes:
            theirs = np.where(counted[:, np.newaxis], seconds, np.inf)
            taken = taken_chances(ground, theirs, meanwhile, [one.free_s for one in possible], at_ms)
            busy = float(taken[counted].mean())
        chances = reached_chances(in_time, np.array([one.over for one in possible]) * (1.0 - taken))
        within = in_time[counted].sum(axis=0).astype(np.int32)
        if found:
            nearest_s, nearest = seconds[counted].min(axis=0), seconds[counted].argmin(axis=0).astype(np.int32)
    aimed = np.isfinite(target_s)
    reached = within > 0
    names = [ground.service.units[one.number].id for one in found]
    return Readiness(
        minutes=minutes,
        urgency=urgency,
        units=tuple(names),
        expected=tuple(name for name, one in zip(names, found, strict=True) if one.expected),
        uncertain=uncertain,
        off_road=tuple(unit.id for unit in view.units if is_off_road(ground, unit)),
        nearest_s=nearest_s,
        nearest=nearest,
        within=within,
        calls=calls,
        area_share=_share(reached, np.ones(areas), aimed),
        people_share=_share(reached, ground.people, aimed),
        call_share=_share(reached, calls, aimed),
        chances=chances,
        chance=_share(chances, calls, aimed),
        busy=busy,
        mean_s=float(np.average(nearest_s, weights=calls)) if found and calls.sum() > 0.0 else None,
        expected_by=STUDY if volume.find(at_ms) is None else volume.by,
    )


def _standing(
    ground: Ground, view: View, rosters: dict[str, Data], duty: Duty, urgency: int, at_ms: int
) -> tuple[list[Standing], tuple[str, ...]]:
    """Units that may carry out the main mission of an incident at a moment, and those nobody can tell of."""
    incidents = {one.id: one for one in view.incidents}
    found: list[Standing] = []
    uncertain: list[str] = []
    for unit in view.units:
        number = ground.unit_index[unit.id]
        if not ground.world.unit_roles[number] & 1:
            continue
        later = at_ms > view.at_ms
        if later and not duty.is_on(unit.id, rosters.get(unit.id, {}), at_ms):
            continue
        if unit.free:
            where = where_is(ground, unit)
            if where is None:
                uncertain.append(unit.id)
                continue
            place = _on_the_way_home(ground, unit, number, where, view.at_ms, at_ms)
            one = _at(ground, number, place, urgency, expected=False)
            found.append(replace(one, free_s=(at_ms - view.at_ms) / 1000))
        elif unit.status_stale or unit.status in FREE_STATUSES:
            uncertain.append(unit.id)
        elif later and unit.status in ("off_duty", "going_off"):
            found.append(_at(ground, number, home_of(ground, number), urgency, expected=True))
        elif later:
            end = mission_end(ground, unit, incidents.get(unit.incident or ""), view.at_ms)
            if end is None:
                uncertain.append(unit.id)
                continue
            incident = incidents[unit.incident or ""]
            over, free_ms = chance_of_end(ground, unit, incident, view.at_ms, at_ms), max(0, at_ms - end.at_ms)
            place = _on_the_way_home(ground, None, number, end.where, min(end.at_ms, at_ms), at_ms)
            one = _at(ground, number, place, urgency, expected=True)
            found.append(replace(one, counted=end.at_ms <= at_ms, free_s=free_ms / 1000, over=over))
    return found, tuple(uncertain)


def _on_the_way_home(
    ground: Ground, unit: UnitSeen | None, number: int, where: Where, from_ms: int, at_ms: int
) -> Where:
    """Where a free unit is at a later moment: at its station once there was time to drive there, else where it was.

    A unit that waits at a standby point, or is free where it stands, stays there.
    """
    if at_ms == from_ms or (unit is not None and unit.status in (AT_STATION, "at_standby", "at_task", "free")):
        return where
    home = home_of(ground, number)
    road_s = float(ground.world.roads.seconds[0, home.node, where.node])
    drive_s = (where.leg_s + road_s + home.leg_s) * ground.factor(RETURN, from_ms)
    return home if drive_s * 1000 <= at_ms - from_ms else where


def _at(ground: Ground, number: int, where: Where, urgency: int, *, expected: bool) -> Standing:
    wait_s = ground.land.expected_s[0 if where.at_home else 1, urgency]
    return Standing(number, where.node, float(wait_s) + where.leg_s, expected)


def _handling_s(ground: Ground, urgency: int) -> float:
    """What of the target is gone before anybody can be sent: the median of call handling."""
    return float(ground.rules.median_s[0, urgency])


def _share(reached: NDArray[Any], weight: F8, aimed: NDArray[np.bool_]) -> float | None:
    total = float(weight[aimed].sum())
    return float((reached[aimed] * weight[aimed]).sum()) / total if total > 0.0 else None
