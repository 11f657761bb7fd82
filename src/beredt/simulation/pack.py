"""From a service to the arrays of the kernel: one of the two crossings (the other is `unpack`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.demand.intensity import Period
from beredt.dispatch.policies import plain_policies
from beredt.dispatch.roads import table_roads
from beredt.dispatch.world import F8, I1, I4, World
from beredt.model.interval import Interval
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.roads.network import Network
from beredt.roads.sites import Site, site_index
from beredt.simulation.duty import Shift, unit_shifts

POLICIES = ("seamless", "own_first", "own_only")
VIEWS = ("live", "stale", "stations")
SPEEDS = ("A", "H", "V", "transport", "return")


def pack(service: Service, network: Network, period: Period) -> World:
    """Make an alternative ready for the kernel.

    Args:
        service: today's, or an alternative's after its edits.
        network: with a node for every site of the service.
        period: what is simulated; time 0 is its first midnight.

    Raises:
        UnknownIdError: a site that is not in the network.
    """
    station = {row.id: number for number, row in enumerate(service.stations)}
    centre = {row.id: number for number, row in enumerate(service.centres)}
    kind = {row.id: row for row in service.unit_kinds}
    station_node = _nodes(network, "station", service.stations)
    standby_node = _nodes(network, "standby", service.standby_points)
    at = [station[unit.station] for unit in service.units]
    kinds = [kind[unit.kind] for unit in service.units]
    shifts = unit_shifts(service, period)
    duty = _duty(shifts, period.end_s)
    speed = {row.purpose: row.factor for row in service.speeds}
    borders = _borders(service, centre)
    return World(
        roads=table_roads(network.seconds, network.hop, network.km),
        speed=np.array([speed[name] for name in SPEEDS]),
        mode_t=np.zeros(1),
        mode_of=np.zeros((1, len(SPEEDS)), np.int8),
        true_pace=np.ones(1),
        believed_pace=np.ones(1),
        first_hour=(period.first_day.isoweekday() - 1) * 24,
        expected_mobilisation_s=_medians(service.intervals, "mobilisation"),
        expected_out_s=_medians(service.intervals, "mobilisation_out"),
        base_node=station_node,
        base_leg=network.leg_s[station_node],
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
        standby_node=standby_node,
        standby_leg=network.leg_s[standby_node],
        standby_keep=np.array([p.keep_home for p in service.standby_points], np.int32),
        standby_max_s=np.array([p.max_drive_min * 60.0 for p in service.standby_points]),
        standby_home=np.array(
            [[s.id in p.home_stations for s in service.stations] for p in service.standby_points], np.int8
        ).reshape(len(service.standby_points), len(service.stations)),
        standby_days=np.array([_bits(p.weekdays) for p in service.standby_points], np.int8),
        standby_start_s=np.array([p.start_s for p in service.standby_points], np.int32),
        standby_end_s=np.array([p.end_s for p in service.standby_points], np.int32),
        divert=_divert(service),
        divert_margin_s=service.dispatch.divert_margin_s,
        responder_release_s=service.dispatch.responder_release_s,
        end_s=period.end_s,
        policies=plain_policies(len(service.units), len(service.stations)),
    )


def _nodes(network: Network, kind: str, sites: Sequence[Station] | Sequence[StandbyPoint]) -> I4:
    """Nodes of sites, int32[n]."""
    return np.array([site_index(network, Site(kind, row.id, row.lat, row.lon)) for row in sites], np.int32)


def _bits(weekdays: Sequence[int]) -> int:
    return sum(1 << (day - 1) for day in weekdays)


def _medians(intervals: Sequence[Interval], name: str) -> F8:
    """What a dispatcher expects of an interval by urgency, float64[3]: its median."""
    medians = {row.urgency: row.median_s for row in intervals if row.interval == name}
    return np.array([float(medians[urgency]) for urgency in URGENCIES])


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
        policy[place], view[place] = POLICIES.index(rule.policy), VIEWS.index(rule.view)
        margin_s[place], ask_s[place], view_age_s[place] = rule.margin_s, rule.ask_s, rule.view_age_s
    return policy, margin_s, ask_s, view, view_age_s


def _divert(service: Service) -> I1:
    """Which missions give way to which, [new urgency, urgency on the way]."""
    allowed = np.zeros((len(URGENCIES), len(URGENCIES)), np.int8)
    for new, on_the_way in service.dispatch.divert:
        allowed[urgency_code(new), urgency_code(on_the_way)] = 1
    return allowed
