"""A quick guess at what a layout is worth, which the surrogate begins with; it decides no race.

For every area the sites are ranked by the expected time to it. With units busy now and then, the nearest site with a
free unit serves. Of a site with n units on duty and an offered load of ρ (units' worth of work that comes its way) all
are busy with the Erlang loss probability B(n, ρ); what it cannot serve goes on to the next site, which is how the
maximum expected covering model [1] and its descendants count, with a busy fraction for each site in the place of one
for all. Loads and blocking depend on each other and are worked out in turns, a few of them. An area is then worth

    Σ_j  Π_{i<j} B_i · (1 − B_j) · f(t_j)

where j runs over the sites by rank and f is the probability of being in time after a drive of t_j, with handling,
mobilisation and the luck of the road drawn from the study's own distributions; for a mean response time it is minus the
expected time. The hours of the week are put together into classes in which the same rosters are on duty.

Left out: standby points, diversion, units that are called on their way home, patients who wait.

[1] M. S. Daskin, A maximum expected covering location model, *Transportation Science* 17 (1983), 48–70.
    doi:10.1287/trsc.17.1.48
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from beredt.decision.search.cover_kernel import blocked_sites, served_worth
from beredt.decision.search.duty import on_duty
from beredt.decision.search.layout import Layout, RosterHours
from beredt.decision.search.objective import Objective
from beredt.decision.search.space import Space
from beredt.demand.intensity import WEEK_HOURS, weekly_profile
from beredt.dispatch.world import OWN_FIRST, OWN_ONLY
from beredt.model.station import Station
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.simulation.case import Case
from beredt.simulation.incident_rules import HANDLING, HANDOVER, MOBILISATION, ON_SCENE, SECOND_ON_SCENE, IncidentRules
from beredt.simulation.study_roads import Places, StudyRoads

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

RANKED = 8
"""Sites looked at for each area: beyond the eighth nearest hardly anything is served."""

TURNS = 3
"""Of load and blocking."""

DRIVES_S = 1_200.0
"""Driving to the scene and to a hospital, in a guess at how long a mission lasts."""

WAITING_S = 3_600.0
"""What a mean response counts for those whom no ranked site serves."""

_T_GRID = np.arange(0.0, 7_201.0, 20.0)


class _Class(NamedTuple):
    """Hours of the week in which the same rosters are on duty."""

    on: NDArray[np.bool_]  # [R] by roster
    weight: F8  # [G, A] share of the group's incidents of the objective's urgency that fall on area and class
    load: F8  # [A] units' worth of work that comes up in an area, while the class lasts


@dataclass(frozen=True, slots=True)
class _Times:
    order: I8  # [A, J] sites by time
    worth: F8  # [A, J] f of the time


class CoverModel:
    """The guess for the layouts of one space."""

    def __init__(self, space: Space, roads: StudyRoads, case: Case, objective: Objective) -> None:
        """Work out what all layouts share.

        Args:
            space: whose layouts are looked at.
            roads: with a place for every site.
            case: the base, made ready.
            objective: what the guess is about.

        Raises:
            ValueError: the case is of a trace.
        """
        self._space, self._objective = space, objective
        self._rules, self._service = case.generated.rules, space.service
        self._site = {site.id: number for number, site in enumerate(space.sites)}
        self._rosters = list(dict.fromkeys(row.id for row in self._service.rosters))
        self._staying = self._staying_units()
        kept, self._rate = _rates(case, objective)
        self._kept = kept
        columns = [case.frame.group_ids.index(group) for group in objective.groups]
        self._members = case.frame.groups[columns][:, kept]
        self._times = _times(space, roads, case, objective, kept)
        self._week = weekly_profile(self._service.profile)
        self._busy_s = _busy_s(self._rules)
        self._classes: dict[tuple[RosterHours, ...], list[_Class]] = {}

    def value(self, layout: Layout) -> float:
        """The guess at the score of a layout: percent or minus seconds, more is better."""
        by_group = np.zeros(len(self._objective.groups))
        times, unserved = self._times, 0.0 if self._objective.measure == "share" else -WAITING_S
        for one in self._classes_of(layout.hours):
            blocked = blocked_sites(times.order, one.load, self._units_on(layout, one), TURNS)
            by_group += one.weight @ served_worth(times.order, times.worth, blocked, unserved)
        if self._objective.measure == "share":
            by_group *= 100.0
        return self._objective.sign * self._objective.combined(self._objective.sign * by_group)

    def _units_on(self, layout: Layout, one: _Class) -> I8:
        on = dict(zip(self._rosters, one.on.tolist(), strict=True))
        units = self._staying @ one.on.astype(np.int64)
        for slot, count in layout.units:
            if on[slot.roster]:
                units[self._site[slot.site]] += count
        return units

    def _staying_units(self) -> I8:
        """[S, R] units that stay and stop the clock."""
        stops = {kind.id for kind in self._service.unit_kinds if kind.stops_clock}
        staying = np.zeros((len(self._site), len(self._rosters)), np.int64)
        for unit in self._service.units:
            if unit.id not in self._space.movable and unit.kind in stops and unit.station in self._site:
                staying[self._site[unit.station], self._rosters.index(unit.roster)] += 1
        return staying

    def _classes_of(self, hours: tuple[RosterHours, ...]) -> list[_Class]:
        if hours not in self._classes:
            self._classes[hours] = self._make_classes(hours)
        return self._classes[hours]

    def _make_classes(self, hours: tuple[RosterHours, ...]) -> list[_Class]:
        on = on_duty(self._service, self._rosters, hours)  # [R, 168]
        patterns, number = np.unique(on, axis=1, return_inverse=True)
        urgency = urgency_code(self._objective.urgency)
        aimed = self._rate[:, urgency] * self._members  # [G, A]
        total = aimed.sum(axis=1, keepdims=True)
        share = np.divide(aimed, total, out=np.zeros_like(aimed), where=total > 0)
        made = []
        for p in range(patterns.shape[1]):
            mine = number.ravel() == p
            profile = self._week[:, mine].sum(axis=1) / WEEK_HOURS  # [3] share of the week's incidents
            load = (self._rate * self._week[:, mine].mean(axis=1) * self._busy_s).sum(axis=1)
            made.append(_Class(patterns[:, p], share * profile[urgency], load))
        return made


def _rates(case: Case, objective: Objective) -> tuple[I8, F8]:
    """Areas that count, and their incidents a second by urgency, [A, 3]."""
    demand = case.generated.demand
    rate = np.zeros((len(case.frame.area_ids), len(URGENCIES)))
    seconds = 3_600.0 * (demand.cumulative.shape[1] - 1)
    np.add.at(rate, (demand.area, demand.urgency), demand.expected / seconds)
    del objective
    kept = np.flatnonzero(rate.sum(axis=1) > 0)
    return kept, rate[kept]


def _busy_s(rules: IncidentRules) -> F8:
    """[3] units' seconds that an incident takes, by urgency."""
    mean = rules.median_s * np.exp(0.5 * rules.sigma**2)
    one = mean[MOBILISATION] + mean[ON_SCENE] + rules.transport_share * mean[HANDOVER] + DRIVES_S
    busy: F8 = one + rules.second_unit_share * (mean[SECOND_ON_SCENE] + mean[MOBILISATION] + DRIVES_S / 2)
    return busy


def _times(space: Space, roads: StudyRoads, case: Case, objective: Objective, kept: I8) -> _Times:
    urgency = urgency_code(objective.urgency)
    rules, world = case.generated.rules, case.world
    stations = [Station(s.id, s.name, s.lat, s.lon, s.organisation, s.centre, "assumed") for s in space.sites]
    places = roads.sites("station", stations)
    areas = roads.areas(space.service.areas)
    trip_s = roads.trip_s(places, Places(areas.node[kept], areas.leg[kept])) * world.speed[urgency]  # [A, S]
    centres = [row.id for row in space.service.centres]
    owner = np.array([centres.index(s.centre) for s in space.sites])
    asking = rules.area_centre[kept]
    policy = world.policy[asking[:, np.newaxis], owner, urgency]
    late_s = world.ask_s[asking[:, np.newaxis], owner, urgency]
    trip_s = trip_s + np.where(policy == OWN_FIRST, late_s, 0.0) + np.where(policy == OWN_ONLY, 1e5, 0.0)
    order = np.argsort(trip_s, axis=1, kind="stable")[:, :RANKED]
    near_s = np.take_along_axis(trip_s, order, axis=1)
    return _Times(order, _worth(rules, objective, near_s, case.frame.area_target_s[kept, urgency]))


def _worth(rules: IncidentRules, objective: Objective, trip_s: F8, target_s: F8) -> F8:
    """Worth f of each time: probability of being in time, or minus the expected response time."""
    urgency = urgency_code(objective.urgency)
    points = ndtri((np.arange(24) + 0.5) / 24)
    handling, mobilisation = (
        rules.median_s[interval][urgency] * np.exp(rules.sigma[interval][urgency] * points)
        for interval in (HANDLING, MOBILISATION)
    )
    before = np.sort((handling[:, np.newaxis] + mobilisation).ravel())
    if objective.measure != "share":
        expected: F8 = -(before.mean() + trip_s)
        return expected
    noise = np.exp(rules.noise_sigma * points - 0.5 * rules.noise_sigma**2)
    worth = np.zeros_like(trip_s)
    for target in np.unique(target_s[np.isfinite(target_s)]):
        left = target - _T_GRID[:, np.newaxis] * noise
        in_time = (np.searchsorted(before, left, side="right") / before.size).mean(axis=1)
        mine = target_s == target
        worth[mine] = np.interp(trip_s[mine], _T_GRID, in_time, right=0.0)
    return worth
