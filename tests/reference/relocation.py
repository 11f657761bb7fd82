"""Where free units go: (d) of the section *When a unit becomes free*, *Moves allowed* and *Compliance*."""

from __future__ import annotations

import math
from collections import Counter

from beredt.dispatch.policies import COMPLIANCE, DMEXCLP, HOME_BASE, PRIORITY_LIST, STANDBY_POINTS, STAY_PUT, ZHANG
from beredt.dispatch.world import HOME, MOVE, SPEED_RETURN, STANDBY, World
from tests.reference.benefit import best_slots
from tests.reference.borders import Borders
from tests.reference.compliance import goals
from tests.reference.cover import Cover
from tests.reference.drives import Place, Site
from tests.reference.fleet import Fleet
from tests.reference.units import Unit

DAY_S = 86_400.0


class Relocation:
    """Choose where a unit without work goes, and let it go there."""

    def __init__(self, world: World, fleet: Fleet, borders: Borders) -> None:
        self._world = world
        self._borders = borders
        self._fleet = fleet
        self._cover = Cover(world.policies.cover)

    def send_away(self, unit: Unit, site: Site, at_home: bool, t: float) -> None:
        """(d) begin a stint for a unit that stands at a site and has nothing to do."""
        rule = self._world.policies.relocation
        if rule == STANDBY_POINTS or not self._is_moved(unit):
            unit.base = unit.station
            goes = unit.ready and self._borders.allows("standby", unit.centre)
            point = self._find_standby_point(unit, site, t) if goes else None
            if point is not None:
                self._fleet.drive(unit, STANDBY, _standing(site), self._fleet.standby_site(point), t, point)
            else:
                self._go_to_base(unit, site, at_home, t)
        elif rule == HOME_BASE:
            unit.base = unit.station
            self._go_to_base(unit, site, at_home, t)
        elif rule == STAY_PUT:
            self._fleet.stand(unit, HOME if at_home else STANDBY, site, t)
        else:
            wanted = self._wanted_base(unit)
            if wanted != unit.base and self._may_move(unit, _standing(site), wanted, t):
                self._move(unit, _standing(site), wanted, t)
            else:
                self._go_to_base(unit, site, at_home, t)

    def comply(self, t: float, *, changed: bool) -> None:
        """*Compliance*, after every event; Zhang's programme after those in which units were sent or became free."""
        rule = self._world.policies.relocation
        if rule != COMPLIANCE and not (rule == ZHANG and changed):
            return
        free = self._free_moved()
        bases = range(len(self._world.base_node))
        cost_ms = [[round(self._cost_s(unit, base, t) * 1000) for base in bases] for unit in free]
        if rule == ZHANG:
            wanted: list[int] | None = best_slots(self._world.policies.slots, cost_ms)
        else:
            wanted = goals(self._world.policies.compliance, cost_ms, [unit.station for unit in free])
        if wanted is None:
            return
        for unit, base in zip(free, wanted, strict=True):
            place = self._fleet.place_of(unit, t)
            if base != unit.base and self._may_move(unit, place, base, t):
                self._fleet.end_stint(unit, t)
                self._move(unit, place, base, t)

    def _is_moved(self, unit: Unit) -> bool:
        return unit.is_moved and unit.ready

    def _free_moved(self) -> list[Unit]:
        """Free units that the rule holds for; a unit that is just released is in no stint, and not among them."""
        return [unit for unit in self._fleet.free_ready() if unit.is_moved]

    def _go_to_base(self, unit: Unit, site: Site, at_home: bool, t: float) -> None:
        if at_home:
            self._fleet.stand(unit, HOME, site, t)
        else:
            self._fleet.drive(unit, HOME, _standing(site), self._fleet.base_site(unit.base), t)

    def _find_standby_point(self, unit: Unit, site: Site, t: float) -> int | None:
        """The first standby point that this unit should go to, or None."""
        taken, kept_home = set(), 0
        for other in self._fleet.free_units():
            assert other.stint is not None
            if other.stint.kind == STANDBY:
                taken.add(other.stint.point)
            elif other.stint.kind == HOME and other.station == unit.station:
                kept_home += 1
        for point in range(len(self._world.standby_node)):
            drive_s = self._fleet.return_s(unit, _standing(site), self._fleet.standby_site(point), t)
            if (
                self._fleet.hours.standby_open(point, t)
                and self._world.standby_home[point, unit.station]
                and point not in taken
                and kept_home >= self._world.standby_keep[point]
                and drive_s <= self._world.standby_max_s[point]
            ):
                return point
        return None

    def _wanted_base(self, unit: Unit) -> int:
        """Where the rule wants a unit that has just been released."""
        rule, policies = self._world.policies.relocation, self._world.policies
        free_bases = [other.base for other in self._free_moved()]
        if rule == PRIORITY_LIST:
            free_at = Counter(free_bases)
            for base, earlier in zip(policies.ranked.tolist(), policies.earlier.tolist(), strict=True):
                if free_at[base] <= earlier:
                    return int(base)
            return unit.base
        if rule == DMEXCLP:
            return self._cover.best_base(free_bases, unit.base)
        assert rule in (COMPLIANCE, ZHANG)
        return unit.base

    def _move(self, unit: Unit, place: Place, base: int, t: float) -> None:
        site = self._fleet.base_site(base)
        unit.base = base
        unit.moves += 1
        unit.moved_km += self._fleet.km(unit, SPEED_RETURN, place, site, t)
        self._fleet.drive(unit, MOVE, place, site, t)

    def _may_move(self, unit: Unit, place: Place, base: int, t: float) -> bool:
        """*Moves allowed*."""
        limits, site = self._world.policies.limits, self._fleet.base_site(base)
        km = self._fleet.km(unit, SPEED_RETURN, place, site, t)
        day = math.floor((t - unit.on_t) / DAY_S)
        if day != unit.moves_day:
            unit.moves_day, unit.moves, unit.moved_km = day, 0, 0.0
        return (
            unit.moves < limits.most_moves
            and self._fleet.return_s(unit, place, site, t) <= limits.most_move_s
            and km <= limits.most_move_km
            and unit.moved_km + km <= limits.most_shift_km
            and not self._fleet.hours.quiet(t)
        )

    def _cost_s(self, unit: Unit, base: int, t: float) -> float:
        """What a free unit needs to a base: nothing where it stands there, and on the way there what is left."""
        stint = unit.stint
        assert stint is not None
        if base == unit.base and stint.kind in (HOME, MOVE):
            return max(0.0, stint.drive.arrive_t - t)
        return self._fleet.return_s(unit, self._fleet.place_of(unit, t), self._fleet.base_site(base), t)


def _standing(site: Site) -> Place:
    return Place(site.node, site.leg, 0.0, 0.0)
