"""An event put among the incidents of a replication, each unit's worth of patients an incident of its own.

They are acute, ask for no unit beyond their own but a responder ahead of it, take no pathway, and have the
alternative's own figures: handling once for each place, the time of mobilisation, drives, scene and handover by draws
of their own, keyed by the event, the place and their number. So they are the same in every alternative, and leave all
other draws as they were. What is needed beside is such an incident, too, of nobody, with draws by its own name: more
or less of it changes no draw of the patients. What comes to patients is a plain first unit; the weather in which some
kinds cannot fly is one for the whole event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.transport_plan import NO_ROOM, NOBODY, Load
from beredt.demand.generate import GeneratedCalls
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import Purpose, Weather, block_of, draw_blocks
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.dispatch.plain_asks import OF_INCIDENTS, plain_asks
from beredt.dispatch.world import F8, I1, I4, I8, Asks, Incidents
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.pack_asks import NO_FLIGHT_WORD, grounded
from beredt.simulation.pack_incidents import pack_incidents, whole_ms

LEFT_OUT = ("asks", "tasks", "wards")
"""What is put together apart, and what nobody thinks of in a major incident: planned tasks, places at hospitals."""

SURELY_NOT = 1.0 - 2.0**-53
"""A draw that is below no share: these patients start at no hospital, and their calls go to the right centre."""


class Injected(NamedTuple):
    """Incidents of a replication with those of an event among them. I in all, of which J are the event's."""

    incidents: Incidents
    row: I8  # [J] where each of the event's is among all
    other: I8  # [I − J] where the others are, in their own order
    asked: tuple[Load, ...]  # [J] what each is


def asked_for(event: Event, loads: Sequence[Load]) -> tuple[Load, ...]:
    """All that units are asked for, in the order in which they are: what is needed, then loads by severity."""
    needed = [
        Load(number, NOBODY, NO_ROOM, 0, row)
        for number in range(len(event.incidents))
        for row in event.needed_at(number)
        for _ in range(event.needed[row].units)
    ]
    return (*needed, *loads)


def inject(
    event: Event,
    asked: tuple[Load, ...],
    alarm_s: float,
    incidents: Incidents,
    rules: IncidentRules,
    seed: int,
    replication: int,
    needed_want: I1,
) -> Injected:
    """Put an event among incidents.

    Args:
        event: the event.
        asked: what units are asked for, from `asked_for`.
        alarm_s: its first alarm, seconds from simulated time 0.
        incidents: of the replication as the alternative meets them, in order of the call.
        rules: the alternative's.
        seed: the study's.
        replication: its number.
        needed_want: [N, B] what is needed is wanted as, from `with_needed_wants`.
    """
    own = _packed(event, asked, alarm_s, rules, seed, replication, needed_want)
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
    seed: int,
    replication: int,
    needed_want: I1,
) -> Incidents:
    """The event's incidents alone."""
    calls = _calls(event, asked, alarm_s, seed, replication)
    packed = pack_incidents(replace(rules, paths=None, asks=None), calls)
    hospital = np.array([one.hospital for one in asked], np.int64)
    needed = np.array([one.needed for one in asked], np.int64)
    stay_s = np.array([60.0 * one.stay_min for one in event.needed])
    carried, beside = hospital >= 0, needed >= 0
    on_scene_s = packed.on_scene_s.copy()
    on_scene_s[beside] = whole_ms(stay_s[needed[beside]])
    ready_t = packed.ready_t.copy()
    for number in range(len(event.incidents)):  # one call, handled once
        mine = np.array([one.incident == number for one in asked], np.bool_)
        if mine.any():
            ready_t[mine] = ready_t[mine & ~beside][0] if (mine & ~beside).any() else ready_t[mine][0]
    packed = packed._replace(
        ready_t=ready_t,
        dest=np.where(carried, rules.hospital_node[hospital], np.int32(-1)),
        dest_leg=np.where(carried, rules.hospital_leg[hospital], 0.0),
        second=np.zeros(len(asked), np.int8),
        second_on_scene_s=np.zeros(len(asked)),
        on_scene_s=on_scene_s,
        asks=None,
    )
    asks = plain_asks(packed, rules.responder_release_s)
    return packed._replace(asks=_as_wanted(asks, event, needed, rules, calls, needed_want))


def _as_wanted(
    asks: Asks, event: Event, needed: I8, rules: IncidentRules, calls: GeneratedCalls, needed_want: I1
) -> Asks:
    """Plain first units that can come in the weather of the event, and of what is needed those that can."""
    down = np.zeros(len(needed), np.int64)
    first, carrier = asks.first_want, asks.carrier_want
    if rules.asks is not None and len(needed):
        weather = stratum_numbers([f"major incident/{event.id}/weather"])[:, 0]
        block = block_of(Weather.NO_FLIGHT)
        draw = uniform_rows(calls.seed, calls.replication, weather, np.zeros(1, np.int64), block)[NO_FLIGHT_WORD]
        down = grounded(rules.asks, calls.call_t, calls.area, np.repeat(draw, len(needed)))
        first, carrier = rules.asks.first_want[0, 0, down], rules.asks.carrier_want[0, down]
    by_name: NDArray[np.bool_] = np.array([row >= 0 and bool(event.needed[row].wanted) for row in needed], np.bool_)
    first = first.copy()
    first[by_name] = needed_want[needed[by_name], down[by_name]]
    asks = asks._replace(first_want=first.astype(np.int8), carrier_want=carrier.astype(np.int8))
    patients = needed[asks.incident] < 0  # nobody goes ahead of a unit that carries nobody
    return Asks._make(one if name in OF_INCIDENTS else one[patients] for name, one in asks._asdict().items())


def _calls(event: Event, asked: tuple[Load, ...], alarm_s: float, seed: int, replication: int) -> GeneratedCalls:
    """As generated calls: acute, each with draws by its place, what it is, and its number."""
    incident = np.array([one.incident for one in asked], np.int64)
    names = [_name(event, one) for one in asked]
    stratum: I8 = stratum_numbers(names)[:, 0] if names else np.zeros(0, np.int64)
    k = np.array([names[:number].count(name) for number, name in enumerate(names)], np.int64)
    area: I4 = np.array([one.scene.area for one in event.incidents], np.int32)[incident]
    after_s: F8 = np.array([one.after_min * 60.0 for one in event.incidents])[incident]
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


def _name(event: Event, load: Load) -> str:
    """Who draws together: patients of a place, and units of a place that are needed alike."""
    of_place = f"major incident/{event.id}/{event.incidents[load.incident].id}"
    return of_place if load.needed < 0 else f"{of_place}/{event.needed[load.needed].id}"
