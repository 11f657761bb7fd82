"""Whom to move where: what a free unit adds at another station, what its going takes away, and what the drive costs.

Expected cover and its gain are those of `dispatch.cover` (MEXCLP, DMEXCLP), the limits those of `dispatch.move_limits`:
the same compiled functions that decide in a simulation. A unit that is moved stands at its station no longer, so

    net = gain(there) − gain(where it belongs),   both without the unit itself.

Moves are reckoned together: the best one first, the next with that one made. A unit that is to be sent somewhere is
neither moved nor counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from beredt.demand.generate import demand_of
from beredt.demand.intensity import period_of
from beredt.dispatch.cover import Cover, FreeNow, best_base, count_free, nobody_free
from beredt.dispatch.move_limits import may_move
from beredt.dispatch.world import PRIMARY, SPEED_RETURN
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import AT_IT_KM, Where, base_of, where_is
from beredt.live.picture.view import UnitSeen, View
from beredt.simulation.pack_cover import pack_cover
from beredt.simulation.study_cover import offered_stations, table_study_sets

LEAST_GAIN = 0.002
"""A move that adds less than this share of all expected incidents is not worth telling."""
MOST_TOLD = 3
MOVING = "moving"
"""What a unit says that drives to another station."""


class MovesMade(NamedTuple):
    """Moves of a unit in its shift: how many, how far together, when the last one was (ms since 1970), and where to."""

    moves: int
    km: float
    last_ms: int
    to_station: str


NO_MOVES = MovesMade(0, 0.0, -(10**15), "")


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


def advise_moves(
    ground: Ground,
    cover: Cover,
    view: View,
    made: Mapping[str, MovesMade],
    promised: Set[str] = frozenset(),
    rest_s: float = 0.0,
) -> tuple[MoveAdvice, ...]:
    """The moves that add most, each with those before it made; none in quiet hours, or beyond the study's limits.

    Args:
        ground: the study.
        cover: from `cover_of`.
        view: the picture.
        made: moves of each unit in this shift, as far as they are known.
        promised: units that are to be sent to an incident.
        rest_s: how long a unit that was moved is left alone.
    """
    board = _Board.of(ground, cover, view, made, promised)
    found: list[MoveAdvice] = []
    while len(found) < MOST_TOLD:
        told = [board.advice(unit) for unit in board.standing if unit not in {one.unit for one in found}]
        best = min(
            (one for one in told if one is not None and one.net >= LEAST_GAIN and board.may(one, rest_s)),
            key=lambda one: (-one.net, one.drive_s, one.unit),
            default=None,
        )
        if best is None:
            break
        found.append(best)
        board.make(best)
    return tuple(found)


def advise_move_of(ground: Ground, cover: Cover, view: View, unit: str) -> MoveAdvice | None:
    """Where one unit would do more, all others where they are; None where it would not, or may not go."""
    board = _Board.of(ground, cover, view, {}, frozenset())
    found = board.advice(unit) if unit in board.standing else None
    return found if found is not None and found.net >= LEAST_GAIN and board.may(found, 0.0) else None


@dataclass(slots=True)
class _Board:
    """Free units at their stations, and what they cover together."""

    ground: Ground
    cover: Cover
    view: View
    made: Mapping[str, MovesMade]
    standing: dict[str, tuple[int, Where]]
    now: FreeNow
    total: float

    @classmethod
    def of(cls, ground: Ground, cover: Cover, view: View, made: Mapping[str, MovesMade], promised: Set[str]) -> _Board:
        """As the picture has them."""
        now, standing = nobody_free(cover), dict[str, tuple[int, Where]]()
        for unit in view.units:
            number = ground.unit_index[unit.id]
            where = where_is(ground, unit) if unit.free and unit.id not in promised else None
            if where is None or not ground.world.unit_roles[number] & (1 << PRIMARY):
                continue
            base = _base(ground, number, unit, where, made.get(unit.id, NO_MOVES))
            standing[unit.id] = base, where
            count_free(cover, now, base, 1)
        return cls(ground, cover, view, made, standing, now, float(cover.set_weight.sum()))

    def advice(self, unit: str) -> MoveAdvice | None:
        """The best other station of a unit; None where it stands best, or is none of those that are moved."""
        base, where = self.standing[unit]
        if self.total <= 0.0 or not self.ground.land.policies.is_moved[self.ground.unit_index[unit]]:
            return None
        count_free(self.cover, self.now, base, -1)
        to = int(best_base(self.cover, self.now))
        found = None
        if to >= 0 and to != base:
            sets = self.cover.base_sets[self.cover.base_first[base] : self.cover.base_first[base + 1]]
            gained, lost = float(self.now.gain[to]) / self.total, float(sum(self.now.value[sets])) / self.total
            found = _advice(self.ground, self.view, unit, base, to, where, gained, lost)
        count_free(self.cover, self.now, base, 1)
        return found

    def make(self, move: MoveAdvice) -> None:
        """Count a unit where it is to go."""
        base, where = self.standing[move.unit]
        to = [one.id for one in self.ground.service.stations].index(move.to_station)
        count_free(self.cover, self.now, base, -1)
        count_free(self.cover, self.now, to, 1)
        self.standing[move.unit] = to, where

    def may(self, move: MoveAdvice, rest_s: float) -> bool:
        """Whether the study's limits, quiet hours and the rest after a move allow it."""
        before, limits = self.made.get(move.unit, NO_MOVES), self.ground.land.policies.limits
        if move.at_ms - before.last_ms < rest_s * 1000:
            return False
        week_s = self.ground.week_s(self.view.at_ms)
        return bool(may_move(limits, before.moves, before.km, move.drive_s, move.km, week_s))


def _base(ground: Ground, number: int, unit: UnitSeen, where: Where, made: MovesMade) -> int:
    """The station where a unit stands, the one that it was moved to and drives to, or the one that it belongs to."""
    has_said_since = unit.since_ms is not None and unit.since_ms > made.last_ms
    if made.moves and (unit.status == MOVING or not has_said_since):
        return [one.id for one in ground.service.stations].index(made.to_station)
    if where.at_home:
        return base_of(ground, number, where)
    if where.off_km < AT_IT_KM:
        at = np.flatnonzero(ground.world.base_node == where.node)
        if at.size:
            return int(at[0])
    return int(ground.world.unit_station[number])


def _advice(
    ground: Ground, view: View, unit: str, base: int, to: int, where: Where, gained: float, lost: float
) -> MoveAdvice:
    world, stations = ground.world, ground.service.stations
    there = int(world.base_node[to])
    road_s = float(world.roads.seconds[0, there, where.node])
    drive_s = (where.leg_s + road_s + float(world.base_leg[to])) * ground.factor(SPEED_RETURN, view.at_ms)
    km = float(world.roads.km[0, there, where.node]) + where.off_km
    return MoveAdvice(unit, stations[base].id, stations[to].id, gained, lost, drive_s, km, view.number, view.at_ms)
