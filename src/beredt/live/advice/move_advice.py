"""Whom to move where: what a free unit adds at another station, what its going takes away, and what the drive costs.

Expected cover and its gain are those of `dispatch.cover` (MEXCLP, DMEXCLP), the limits those of `dispatch.move_limits`:
the same compiled functions that decide in a simulation. A unit that is moved stands at its station no longer, so

    net = gain(there) − gain(where it belongs),   both without the unit itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from beredt.demand.generate import demand_of
from beredt.demand.intensity import period_of
from beredt.dispatch.cover import Cover, best_base, count_free, nobody_free
from beredt.dispatch.move_limits import may_move
from beredt.dispatch.world import PRIMARY, SPEED_RETURN
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import AT_IT_KM, Where, base_of, where_is
from beredt.live.picture.view import View
from beredt.simulation.pack_cover import pack_cover
from beredt.simulation.study_cover import offered_stations, table_study_sets

LEAST_GAIN = 0.002
"""A move that adds less than this share of all expected incidents is not worth telling."""
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class MoveAdvice:
    """A free unit that would do more at another station.

    `gained` and `lost` are shares of all expected incidents whose expected cover the unit adds there and takes away
    where it belongs; `drive_s` and `km` are what the move costs.
    """

    unit: str
    from_station: str
    to_station: str
    gained: float
    lost: float
    drive_s: float
    km: float
    number: int
    at_ms: int

    @property
    def net(self) -> float:
        """What is gained in the end."""
        return self.gained - self.lost

    def as_json(self) -> dict[str, Any]:
        """All fields, as JSON's values."""
        return asdict(self)


def cover_of(ground: Ground) -> Cover:
    """What the stations of a study cover, as its rule of relocation reckons, whichever rule it follows."""
    service, study = ground.service, ground.study
    demand, period = demand_of(study, service), period_of(study.settings)
    sets = table_study_sets(study, service, ground.roads.network, demand, period, ground.target_s)
    return pack_cover(sets, service.relocation.busy_fraction, len(service.units), offered_stations(service))


def advise_moves(ground: Ground, cover: Cover, view: View, moves: Mapping[str, int]) -> tuple[MoveAdvice, ...]:
    """The moves that add most, the best first; none in quiet hours, or beyond the study's limits.

    Args:
        ground: the study.
        cover: from `cover_of`.
        view: the picture.
        moves: of each unit in this shift, as far as they are known.
    """
    now = nobody_free(cover)
    standing: dict[int, tuple[int, Where]] = {}
    for unit in view.units:
        number = ground.unit_index[unit.id]
        where = where_is(ground, unit) if unit.free else None
        if where is None or not ground.world.unit_roles[number] & (1 << PRIMARY):
            continue
        base = _base(ground, number, where)
        standing[number] = base, where
        count_free(cover, now, base, 1)
    total = float(cover.set_weight.sum())
    if total <= 0.0:
        return ()
    found = []
    for number, (base, where) in standing.items():
        if not ground.land.policies.is_moved[number]:
            continue
        count_free(cover, now, base, -1)
        to = int(best_base(cover, now))
        if to >= 0 and to != base:
            stays = float(sum(now.value[cover.base_sets[cover.base_first[base] : cover.base_first[base + 1]]]))
            advice = _advice(ground, view, number, base, to, where, float(now.gain[to]) / total, stays / total)
            if advice.net >= LEAST_GAIN and _may(ground, view, advice, moves.get(advice.unit, 0)):
                found.append(advice)
        count_free(cover, now, base, 1)
    return tuple(sorted(found, key=lambda one: (-one.net, one.drive_s, one.unit))[:MOST_TOLD])


def _base(ground: Ground, number: int, where: Where) -> int:
    """The station where a unit stands, or the one that it belongs to."""
    if where.at_home:
        return base_of(ground, number, where)
    if where.off_km < AT_IT_KM:
        at = np.flatnonzero(ground.world.base_node == where.node)
        if at.size:
            return int(at[0])
    return int(ground.world.unit_station[number])


def _advice(
    ground: Ground, view: View, number: int, base: int, to: int, where: Where, gained: float, lost: float
) -> MoveAdvice:
    world, stations = ground.world, ground.service.stations
    there = int(world.base_node[to])
    road_s = float(world.roads.seconds[0, there, where.node])
    drive_s = (where.leg_s + road_s + float(world.base_leg[to])) * ground.factor(SPEED_RETURN, view.at_ms)
    km = float(world.roads.km[0, there, where.node]) + where.off_km
    unit = ground.service.units[number].id
    return MoveAdvice(unit, stations[base].id, stations[to].id, gained, lost, drive_s, km, view.number, view.at_ms)


def _may(ground: Ground, view: View, advice: MoveAdvice, moves: int) -> bool:
    limits = ground.land.policies.limits
    return bool(may_move(limits, moves, 0.0, advice.drive_s, advice.km, ground.week_s(view.at_ms)))
