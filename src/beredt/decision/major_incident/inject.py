"""Patients put among the incidents of a replication, each unit's worth of them an incident of its own.

They are acute, ask for no unit beyond their own but a responder ahead of it, take no pathway, and have the
alternative's own figures: handling once for each place, the time of mobilisation, drives, scene and handover by draws
of their own, keyed by the event, the place and their number. So they are the same in every alternative, and leave all
other draws as they were. What comes is a plain first unit, but for command; kinds for doctors, say, would be further
wants in `Asks.first_want`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.transport_plan import NO_ROOM, Load
from beredt.demand.generate import GeneratedCalls
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import Purpose, draw_blocks
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.dispatch.plain_asks import OF_INCIDENTS, plain_asks
from beredt.dispatch.world import F8, I4, I8, PRIMARY, Asks, Incidents
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.pack_incidents import pack_incidents, whole_ms

LEFT_OUT = ("asks", "tasks", "wards")
"""What is put together apart, and what nobody thinks of in a major incident: planned tasks, places at hospitals."""
"""The field of `Incidents` that is no column."""

COMMAND = -1
"""Severity of a unit's worth of nobody: a unit that commands."""

SURELY_NOT = 1.0 - 2.0**-53
"""A draw that is below no share: these patients start at no hospital, and their calls go to the right centre."""


class Injected(NamedTuple):
    """Incidents of a replication with those of an event among them. I in all, of which J are the event's."""

    incidents: Incidents
    row: I8  # [J] where each of the event's is among all
    other: I8  # [I − J] where the others are, in their own order
    asked: tuple[Load, ...]  # [J] what each is; severity COMMAND for units that command


def asked_for(event: Event, loads: Sequence[Load], assumptions: Assumptions) -> tuple[Load, ...]:
    """All that units are asked for, in the order in which they are: command first, then loads by severity."""
    command = [
        Load(number, COMMAND, NO_ROOM, 0)
        for number in range(len(event.incidents))
        for _ in range(assumptions.command_units)
    ]
    return (*command, *loads)


def inject(
    event: Event,
    asked: tuple[Load, ...],
    alarm_s: float,
    incidents: Incidents,
    rules: IncidentRules,
    assumptions: Assumptions,
    seed: int,
    replication: int,
    command_want: int = PRIMARY,
) -> Injected:
    """Put an event among incidents.

    Args:
        event: the event.
        asked: what units are asked for, from `asked_for`.
        alarm_s: its first alarm, seconds from simulated time 0.
        incidents: of the replication as the alternative meets them, in order of the call.
        rules: the alternative's.
        assumptions: for the time that command takes.
        seed: the study's.
        replication: its number.
        command_want: what units that command are wanted as, from `with_command_kind`.
    """
    own = _packed(event, asked, alarm_s, rules, assumptions, seed, replication, command_want)
    order = np.argsort(np.concatenate([incidents.call_t, own.call_t]), kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    columns = {
        name: np.concatenate([getattr(incidents, name), getattr(own, name)])[order]
        for name in Incidents._fields
        if name not in LEFT_OUT
    }
    columns["ready_order"] = np.argsort(columns["ready_t"], kind="stable").astype(np.int32)
    others = len(incidents.call_t)
    asks = _joined_asks(_asks_of(incidents, rules), _asks_of(own, rules), order, place)
    whole = Incidents(**columns, asks=asks)  # type: ignore[arg-type]  # by name
    return Injected(whole, place[others:], place[:others], asked)


def _asks_of(incidents: Incidents, rules: IncidentRules) -> Asks:
    return incidents.asks or plain_asks(incidents, rules.responder_release_s)


def _joined_asks(before: Asks, own: Asks, order: I8, place: I8) -> Asks:
    """What all ask for: columns of incidents in `order`; asks for one unit more with their incident, in its order."""
    others = len(before.first_want)
    both = {name: np.concatenate([getattr(before, name), getattr(own, name)]) for name in Asks._fields}
    both["incident"] = place[np.concatenate([before.incident, own.incident + others])].astype(np.int32)
    more = np.argsort(both["incident"], kind="stable")
    return Asks(**{name: column[order if name in OF_INCIDENTS else more] for name, column in both.items()})


def _packed(
    event: Event,
    asked: tuple[Load, ...],
    alarm_s: float,
    rules: IncidentRules,
    assumptions: Assumptions,
    seed: int,
    replication: int,
    command_want: int,
) -> Incidents:
    """The event's incidents alone."""
    calls = _calls(event, asked, alarm_s, seed, replication)
    packed = pack_incidents(replace(rules, paths=None, asks=None), calls)
    hospital = np.array([one.hospital for one in asked], np.int64)
    carried, command = hospital >= 0, np.array([one.severity == COMMAND for one in asked], np.bool_)
    ready_t = packed.ready_t.copy()
    for number in range(len(event.incidents)):  # one call, handled once
        mine = np.array([one.incident == number for one in asked], np.bool_)
        if mine.any():
            ready_t[mine] = ready_t[mine][0]
    packed = packed._replace(
        ready_t=ready_t,
        dest=np.where(carried, rules.hospital_node[hospital], np.int32(-1)),
        dest_leg=np.where(carried, rules.hospital_leg[hospital], 0.0),
        second=np.zeros(len(asked), np.int8),
        second_on_scene_s=np.zeros(len(asked)),
        on_scene_s=np.where(command, whole_ms(np.array(assumptions.command_min * 60.0)), packed.on_scene_s),
        asks=None,
    )
    asks = plain_asks(packed, rules.responder_release_s)
    first_want = np.where(command, command_want, asks.first_want).astype(np.int8)
    return packed._replace(asks=asks._replace(first_want=first_want))


def _calls(event: Event, asked: tuple[Load, ...], alarm_s: float, seed: int, replication: int) -> GeneratedCalls:
    """As generated calls: acute, each with draws by its place and number."""
    incident = np.array([one.incident for one in asked], np.int64)
    names = stratum_numbers([f"major incident/{event.id}/{one.id}" for one in event.incidents])[:, 0]
    k = np.array([int((incident[:number] == one).sum()) for number, one in enumerate(incident)], np.int64)
    area: I4 = np.array([one.scene.area for one in event.incidents], np.int32)[incident]
    after_s: F8 = np.array([one.after_min * 60.0 for one in event.incidents])[incident]
    stratum: I8 = names[incident]
    draws = np.empty((len(Purpose), 0))
    if len(asked):
        draws = uniform_rows(seed, replication, stratum, k, draw_blocks())[: len(Purpose)]
    draws[[Purpose.HOSPITAL_ORIGIN, Purpose.MISROUTED]] = SURELY_NOT
    return GeneratedCalls(
        call_t=whole_ms(alarm_s + after_s),
        area=area,
        urgency=np.zeros(len(asked), np.int8),
        stratum=stratum,
        k=k.astype(np.int32),
        draws=draws,
        seed=seed,
        replication=replication,
    )
