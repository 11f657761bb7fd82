"""From a service to the arrays of the kernel: one of the two crossings (the other is `unpack`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.demand.intensity import Period
from beredt.dispatch.policies import Policies
from beredt.dispatch.world import F8, I1, World
from beredt.model.interval import Interval
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.simulation.duty import Shift, unit_shifts
from beredt.simulation.pack_abilities import pack_abilities
from beredt.simulation.pack_crises import BORDER_POLICIES, pack_crises
from beredt.simulation.pack_policies import pack_standby_hours, pack_travel_hours
from beredt.simulation.pack_water import pack_water
from beredt.simulation.study_roads import PURPOSES, StudyRoads
from beredt.simulation.task_rules import pack_task_may

VIEWS = ("live", "stale", "stations")


def pack(service: Service, roads: StudyRoads, period: Period, policies: Policies) -> World:
    """Make an alternative ready for the kernel.

    Args:
        service: today's, or an alternative's after its edits. Intervals and speeds that it has no row for are 0 and 1.
        roads: with a place for every site of the service.
        period: what is simulated; time 0 is its first midnight.
        policies: of the service, from `pack_rules`.

    Raises:
        UnknownIdError: a site that is not in the network.
    """
    station = {row.id: number for number, row in enumerate(service.stations)}
    centre = {row.id: number for number, row in enumerate(service.centres)}
    kind = {row.id: row for row in service.unit_kinds}
    bases, standby = roads.sites("station", service.stations), roads.sites("standby", service.standby_points)
    at = [station[unit.station] for unit in service.units]
    kinds = [kind[unit.kind] for unit in service.units]
    shifts = unit_shifts(service, period)
    duty = _duty(shifts, period.end_s)
    speed = {row.purpose: row.factor for row in service.speeds}
    borders = _borders(service, centre)
    true_pace, believed_pace = _paces(service)
    hours = pack_standby_hours(service)
    return World(
        roads=roads.roads,
        speed=np.array([speed.get(name, 1.0) for name in PURPOSES]),
        mode_t=roads.modes.mode_t,
        mode_of=roads.modes.mode_of,
        true_pace=true_pace,
        believed_pace=believed_pace,
        first_hour=(period.first_day.isoweekday() - 1) * 24,
        expected_mobilisation_s=_medians(service.intervals, "mobilisation"),
        expected_out_s=_medians(service.intervals, "mobilisation_out"),
        base_node=bases.node,
        base_leg=bases.leg,
        unit_station=np.array(at, np.int32),
        unit_centre=np.array([centre[service.stations[s].centre] for s in at], np.int32),
        unit_roles=np.array([k.primary + 2 * k.second + 4 * k.responder for k in kinds], np.int8),
        unit_stops_clock=np.array([k.stops_clock for k in kinds], np.int8),
        on_at_start=np.array([any(on <= 0 < off for on, off in unit) for unit in shifts], np.int8),
        duty_t=np.array([row[0] for row in duty], np.float64),
        duty_unit=np.array([row[1] for row in duty], np.int32),
        duty_on=np.array([row[2] for row in duty], np.int8),
        reserve=np.array([row.reserve_units for row in service.centres], np.int32),
        policy=borders[0],
        margin_s=borders[1],
        ask_s=borders[2],
        view=borders[3],
        view_age_s=borders[4],
        standby_node=standby.node,
        standby_leg=standby.leg,
        standby_keep=np.array([p.keep_home for p in service.standby_points], np.int32),
        standby_max_s=np.array([p.max_drive_min * 60.0 for p in service.standby_points]),
        standby_home=np.array(
            [[s.id in p.home_stations for s in service.stations] for p in service.standby_points], np.int8
        ).reshape(len(service.standby_points), len(service.stations)),
        standby_days=hours[:, 0].astype(np.int8),
        standby_start_s=hours[:, 1],
        standby_end_s=hours[:, 2],
        divert=_divert(service),
        divert_margin_s=service.dispatch.divert_margin_s,
        responder_release_s=service.dispatch.responder_release_s,
        end_s=period.end_s,
        policies=policies,
        abilities=pack_abilities(service),
        task_may=pack_task_may(service),
        crises=pack_crises(service, *borders[:3]),
        water=pack_water(service, roads),
    )


def _paces(service: Service) -> tuple[F8, F8]:
    """Factors on driving times by hour of the week, true and believed; one number each where all hours are alike."""
    if not service.travel_hours:
        return np.ones(1), np.ones(1)
    true_pace, believed_pace = pack_travel_hours(service)
    return true_pace, believed_pace


def _medians(intervals: Sequence[Interval], name: str) -> F8:
    """What a dispatcher expects of an interval by urgency, float64[3]: its median, 0 where there is no row for it."""
    medians = {row.urgency: row.median_s for row in intervals if row.interval == name}
    return np.array([float(medians.get(urgency, 0.0)) for urgency in URGENCIES])


def _duty(shifts: Sequence[Sequence[Shift]], end_s: float) -> list[tuple[int, int, int]]:
    """Duty changes (t, unit, on) after time 0 and before the end, in order."""
    changes = [(on, unit, 1) for unit, rows in enumerate(shifts) for on, _ in rows]
    changes += [(off, unit, 0) for unit, rows in enumerate(shifts) for _, off in rows]
    return sorted(change for change in changes if 0 < change[0] < end_s)


def _borders(service: Service, centre: dict[str, int]) -> tuple[I1, F8, F8, I1, F8]:
    """Policy, margin, asking, view and its age, each [C, C, 3]; seamless towards itself."""
    shape = (len(centre), len(centre), len(URGENCIES))
    policy, view = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
    margin_s, ask_s, view_age_s = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for rule in service.border_rules:
        place = centre[rule.asking_centre], centre[rule.owning_centre], urgency_code(rule.urgency)
        policy[place], view[place] = BORDER_POLICIES.index(rule.policy), VIEWS.index(rule.view)
        margin_s[place], ask_s[place], view_age_s[place] = rule.margin_s, rule.ask_s, rule.view_age_s
    return policy, margin_s, ask_s, view, view_age_s


def _divert(service: Service) -> I1:
    """Which missions give way to which, [new urgency, urgency on the way]."""
    allowed = np.zeros((len(URGENCIES), len(URGENCIES)), np.int8)
    for new, on_the_way in service.dispatch.divert:
        allowed[urgency_code(new), urgency_code(on_the_way)] = 1
    return allowed
