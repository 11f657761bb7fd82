"""From columns to the records that compiled rules read: `World` and `Incidents` cross once, here."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.flight import roads_with_flight
from beredt.dispatch.move_limits import MoveLimits
from beredt.dispatch.plain_asks import plain_abilities, plain_asks
from beredt.dispatch.policies import Policies
from beredt.dispatch.records import (
    ASK,
    BASE,
    BORDER,
    CRISIS,
    DUTY,
    INCIDENT,
    ON_WAY,
    PATIENT,
    PLANNED_TASK,
    READY,
    RISE,
    RULING,
    STANDBY_POINT,
    UNIT,
    WARD,
    Demand,
    Land,
    Near,
)
from beredt.dispatch.roads import I1, I4, Records, fixed, fixed_roads
from beredt.dispatch.world import ACUTE, F8, OWN_FIRST, PRIMARY, SEAMLESS, Asks, Crises, Incidents, Wards, World

HOUR_S = 3600.0
WEEK_HOURS = 168

PLAIN_WANTS = 3
"""Wants that every world has, those of `unit_roles`; first units have the first of them, or one beyond."""


def _fill(rows: Records, columns: dict[str, np.ndarray]) -> Records:
    for name, column in columns.items():
        rows[name] = column
    return rows


def _seen(borders: Records, owner: I4, may: I1) -> tuple[I4, I4]:
    """Lists of the units that each centre has at hand, so that no rule looks at units it cannot send."""
    rows, centres = borders.shape[:2]
    lists = np.full((rows, centres + 1, 3, len(may), owner.size), -1, np.int32)
    for c, q, k, want in np.ndindex(lists.shape[:-1]):
        seen = (owner == c % centres) | (owner == q - 1) | (borders["policy"][c, owner, k] == SEAMLESS)
        found = np.flatnonzero(seen & (may[want, k] == 1))
        lists[c, q, k, want, : found.size] = found
    return lists, (lists >= 0).sum(axis=-1).astype(np.int32)


def _askable(borders: Records, owner: I4, may: I1) -> tuple[I4, I4]:
    """Lists of the neighbours' units that each centre may ask for."""
    rows, centres = borders.shape[:2]
    lists = np.full((rows, 3, len(may), owner.size), -1, np.int32)
    for c, k, want in np.ndindex(lists.shape[:-1]):
        asked = (owner != c % centres) & (borders["policy"][c, owner, k] == OWN_FIRST) & (may[want, k] == 1)
        found = np.flatnonzero(asked)
        lists[c, k, want, : found.size] = found
    return lists, (lists >= 0).sum(axis=-1).astype(np.int32)


def _borders(world: World, crises: Crises | None) -> Records:
    """Rules between centres; below them, where there are any, those of each centre in a crisis."""
    rows = np.zeros(world.policy.shape, BORDER)
    _fill(rows, {"margin_s": world.margin_s, "ask_s": world.ask_s, "view_age_s": world.view_age_s})
    _fill(rows, {"policy": world.policy, "sight": world.view})
    if crises is None:
        return rows
    others: dict[str, np.ndarray] = {"margin_s": crises.margin_s, "ask_s": crises.ask_s, "policy": crises.policy}
    return np.concatenate([rows, _fill(rows.copy(), others)])


def _rulings(world: World, crises: Crises | None) -> Records:
    rows = np.ones(world.reserve.size, RULING)
    rows["reserve"] = world.reserve
    if crises is None:
        return rows
    return np.concatenate([rows, _fill(rows.copy(), {name: getattr(crises, name) for name in RULING.names or ()})])


def _crises(crises: Crises | None) -> Records:
    if crises is None:
        return np.zeros(0, CRISIS)
    columns = {name: getattr(crises, name) for name in CRISIS.names or ()}
    return _fill(np.zeros(crises.least_s.size, CRISIS), columns)


def land_of(world: World) -> Land:
    """The records of an alternative.

    Args:
        world: columns, from `pack`.

    Raises:
        ValueError: true and believed paces for different hours; compiled rules would read beyond the shorter.
    """
    if world.true_pace.shape != world.believed_pace.shape:
        raise ValueError(
            f"{world.true_pace.size} true and {world.believed_pace.size} believed paces: give both for the same hours"
        )
    can = world.abilities or plain_abilities(world.unit_roles)
    may = np.ascontiguousarray(can.wants[:, np.newaxis, :] * can.answers[np.newaxis])
    first_wants = np.array([PRIMARY, *range(PLAIN_WANTS, len(may))], np.int32)
    units = _fill(
        np.zeros(world.unit_station.size, UNIT),
        {
            "station": world.unit_station,
            "centre": world.unit_centre,
            "pace": can.pace,
            "start_s": can.start_s,
            "ready": may[PRIMARY, ACUTE],
            "serves": np.max(may[first_wants], axis=(0, 1)),
            "carries": can.carries,
            "flies": can.flies,
            "on_at_start": world.on_at_start,
        },
    )
    borders = _borders(world, world.crises)
    bases = _fill(np.zeros(world.base_node.size, BASE), {"node": world.base_node, "leg": world.base_leg})
    standby = np.zeros(world.standby_node.size, STANDBY_POINT)
    _fill(standby, {"max_s": world.standby_max_s, "node": world.standby_node, "keep": world.standby_keep})
    _fill(standby, {"leg": world.standby_leg, "days": world.standby_days})
    _fill(standby, {"start_s": world.standby_start_s, "end_s": world.standby_end_s})
    off_t, duty_off_t = _next_off(world)
    units["off_t"] = off_t
    duty = np.zeros(world.duty_t.size, DUTY)
    duty["off_t"] = duty_off_t
    _fill(duty, {"t": world.duty_t, "unit": world.duty_unit, "on": world.duty_on})
    seen, seen_count = _seen(borders, world.unit_centre, may)
    askable, askable_count = _askable(borders, world.unit_centre, may)
    return Land(
        roads=fixed_roads(roads_with_flight(world.roads, world.water)),
        speed=fixed(world.speed),
        mode_t=fixed(world.mode_t),
        mode_of=fixed(world.mode_of),
        true_pace=fixed(world.true_pace),
        believed_pace=fixed(world.believed_pace),
        bases=bases,
        expected_s=np.vstack([world.expected_mobilisation_s, world.expected_out_s]),
        units=units,
        borders=borders,
        may=may,
        first_wants=first_wants,
        seen=seen,
        seen_count=seen_count,
        askable=askable,
        askable_count=askable_count,
        rulings=_rulings(world, world.crises),
        crises=_crises(world.crises),
        standby=standby,
        standby_home=fixed(world.standby_home),
        divert=fixed(world.divert),
        duty=duty,
        divert_margin_s=float(world.divert_margin_s),
        first_hour=int(world.first_hour),
        policies=_fixed_policies(world.policies),
        task_may=fixed(np.zeros((0, units.size), np.int8) if world.task_may is None else world.task_may),
    )


def _next_off(world: World) -> tuple[F8, F8]:
    """When each unit goes off duty first, and when the unit of each duty change does so after it; infinite: never."""
    off_t, after_t = np.full(world.unit_station.size, np.inf), np.empty(world.duty_t.size)
    for row in range(world.duty_t.size - 1, -1, -1):
        unit = world.duty_unit[row]
        after_t[row] = off_t[unit]
        if not world.duty_on[row]:
            off_t[unit] = world.duty_t[row]
    return off_t, after_t


def _fixed_policies(policies: Policies) -> Policies:
    """With numbers as the compiler knows them, whatever whole number or numpy number they were."""
    limits = policies.limits
    return policies._replace(
        rebook_gain_s=float(policies.rebook_gain_s),
        relocation=int(policies.relocation),
        limits=MoveLimits(
            int(limits.most_moves),
            float(limits.most_move_s),
            float(limits.most_move_km),
            float(limits.most_shift_km),
            int(limits.quiet_start_s),
            int(limits.quiet_end_s),
        ),
    )


def demand_of(incidents: Incidents, world: World, near: Near | None = None) -> Demand:
    """The records of a replication.

    Args:
        incidents: columns, from `pack_incidents`.
        world: that they happen in.
        near: ways to and from each scene, where they were worked out beforehand.
    """
    n = incidents.call_t.size
    place = world.roads.place_km[incidents.scene]
    asks = incidents.asks or plain_asks(incidents, float(world.responder_release_s))
    columns = {name: getattr(incidents, name) for name in INCIDENT.names or () if name in Incidents._fields}
    columns |= {name: getattr(asks, name) for name in INCIDENT.names or () if name in Asks._fields}
    columns["first_ask"] = np.searchsorted(asks.incident, np.arange(n), side="left")
    columns["last_ask"] = np.searchsorted(asks.incident, np.arange(n), side="right")
    rows = _fill(np.zeros(n, INCIDENT), columns | {"x_km": place[:, 0], "y_km": place[:, 1]})
    rows["due_t"] = incidents.call_t + incidents.target_s
    rows["dest_near"] = -1
    rows["on_s"] = np.nan
    if near is not None:
        _fill(rows, {"dest_near": near.dest} | {name: near.on[name] for name in ON_WAY.names or ()})
    order = incidents.ready_order
    ready = _fill(np.zeros(n, READY), {"t": incidents.ready_t[order], "incident": order})
    asked = _fill(np.zeros(asks.incident.size, ASK), {name: getattr(asks, name) for name in ASK.names or ()})
    tasks = np.zeros(0 if incidents.tasks is None else incidents.tasks.open_t.size, PLANNED_TASK)
    if incidents.tasks is not None:
        _fill(tasks, incidents.tasks._asdict())
    return Demand(
        incidents=rows,
        asks=asked,
        ready=ready,
        near=fixed(np.zeros((0, 0)) if near is None else near.seconds),
        near_by=fixed(np.zeros((0, 0), np.int8) if near is None else near.by),
        tasks=tasks,
        **_wards(incidents.wards, int(world.first_hour), world.end_s),
    )


def _wards(wards: Wards | None, first_hour: int, end_s: float) -> dict[str, Records]:
    """The columns of `Demand` about hospitals."""
    if wards is None:
        return {
            "wards": np.zeros(0, WARD),
            "places": fixed(np.zeros((0, WEEK_HOURS), np.int32)),
            "rises": np.zeros(0, RISE),
            "patients": np.zeros(0, PATIENT),
        }
    columns = wards._asdict()
    week = (first_hour + np.arange(1, int(np.ceil(end_s / HOUR_S)))) % WEEK_HOURS
    hour, hospital = np.nonzero((wards.places[:, week] > wards.places[:, week - 1]).T)
    rises = _fill(np.zeros(hour.size, RISE), {"t": (hour + 1) * HOUR_S, "hospital": hospital})
    return {
        "wards": _fill(np.zeros(wards.node.size, WARD), {name: columns[name] for name in WARD.names or ()}),
        "places": fixed(wards.places),
        "rises": rises,
        "patients": _fill(
            np.zeros(wards.hospital.size, PATIENT), {name: columns[name] for name in PATIENT.names or ()}
        ),
    }
