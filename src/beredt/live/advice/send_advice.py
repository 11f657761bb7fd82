"""Whom the study's rules would send to an incident, and why: what it costs the others, and what stood beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from beredt.dispatch.flight import FLIGHT_S_PER_KM
from beredt.dispatch.world import F8, PRIMARY
from beredt.live.advice.kernel_state import Asked, ask_about
from beredt.live.events.words import UNAVAILABLE
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import Where
from beredt.live.picture.view import IncidentSeen, View
from beredt.model.urgency import urgency_code
from beredt.simulation.kernel import run_until
from beredt.simulation.missions import AFTER_ASKING, TAKEN_OFF
from beredt.simulation.state import MISSION_COUNT

BARELY_S = 1e-3
"""The kernel is run for so long: until it has decided, and no longer."""
SHOWN = 5
"""Units that are told beside the advised one."""

SEND, ASK, DIVERT, WAIT, CANNOT_TELL = "send", "ask", "divert", "wait", "cannot_tell"


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that may be sent.

    `expected_s` is from now to the scene as a dispatcher reckons it; what its going leaves behind is the share of
    people, and of expected acute calls, that then no free unit reaches within their target and one reaches now.
    """

    unit: str
    centre: str
    expected_s: float
    at_home: bool
    people_lost: float
    calls_lost: float
    position_stale: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """A free unit that is to go to another incident, by advice or by what a person has written down."""

    unit: str
    incident: str


@dataclass(frozen=True, slots=True)
class SendAdvice:
    """What the rules say about an incident.

    `deed`: `send` a free unit; `divert` one on its way to something less urgent, `from_incident`; `ask` the centre
    `centre` for one, which takes `ask_s` and would then send `unit` (None: nobody); `wait`, for `reason`; or
    `cannot_tell`.
    `nearest` is the free unit that is expected first whoever owns it. `choices` are free units by expected time.
    `promised` units were not reckoned with.
    """

    incident: str
    deed: str
    unit: str | None
    centre: str | None
    ask_s: float | None
    from_incident: str | None
    reason: str
    nearest: str | None
    choices: tuple[Choice, ...]
    number: int
    at_ms: int
    promised: tuple[Promised, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """All fields, as JSON's values."""
        return asdict(self)


def advise_sending(
    ground: Ground, view: View, incident: IncidentSeen, promised: Mapping[str, str] = MappingProxyType({})
) -> SendAdvice:
    """Ask the kernel whom it would send to an incident now, and tell what stood beside it.

    Args:
        ground: the study.
        view: the picture.
        incident: which of its incidents.
        promised: units that are to go to another incident, and which: they are taken to be away.
    """
    units = tuple(
        replace(one, status=UNAVAILABLE, incident=None, free=False) if one.id in promised else one
        for one in view.units
    )  # fmt: skip
    whole = weigh_sending(ground, replace(view, units=units), incident)
    farther = tuple(one for one in whole.choices[SHOWN:] if one.unit == whole.unit)
    told = tuple(Promised(unit, other) for unit, other in sorted(promised.items()))
    return replace(whole, choices=whole.choices[:SHOWN] + farther, promised=told)


def weigh_sending(ground: Ground, view: View, incident: IncidentSeen) -> SendAdvice:
    """The same with every free unit that can carry the main mission out among its choices."""
    asked = ask_about(ground, view, incident)
    if asked is None:
        return _told(view, incident, CANNOT_TELL, "no_place_or_urgency", ())
    choices = _choices(ground, view, asked, incident)
    cancel = np.zeros(1, np.int8)
    run_until(ground.land, asked.state, asked.demand, asked.t + BARELY_S, cancel)
    marks = asked.state.marks[0]
    unit, cause = _sent(ground, asked)
    if unit is not None and cause == TAKEN_OFF:
        left = next((one.incident for one in view.units if one.id == unit), None)
        return _told(view, incident, DIVERT, "sooner_than_any_free", choices, unit=unit, left=left)
    if unit is not None:
        first = choices[0].unit if choices else None
        reason = "nearest" if unit == first else _why_not_nearest(ground, view, incident, choices, unit)
        return _told(view, incident, SEND, reason, choices, unit=unit)
    if marks["asked"] >= 0:
        number, k = int(marks["asked"]), urgency_code(incident.urgency or "")
        own = int(asked.demand.incidents[0]["centre"])
        ask_s = float(ground.land.borders[own, number, k]["ask_s"])
        run_until(ground.land, asked.state, asked.demand, asked.t + ask_s + BARELY_S, cancel)
        unit, cause = _sent(ground, asked)
        reason = "neighbour_sooner" if cause == AFTER_ASKING else "neighbour_seems_sooner"
        centre = ground.service.centres[number].id
        return _told(view, incident, ASK, reason, choices, unit=unit, centre=centre, ask_s=ask_s)
    reason = "reserve" if marks["held"] else "nearer_one_soon" if marks["waits"] else "nobody_free"
    return _told(view, incident, WAIT, reason, choices)


def _told(
    view: View,
    incident: IncidentSeen,
    deed: str,
    reason: str,
    choices: tuple[Choice, ...],
    *,
    unit: str | None = None,
    centre: str | None = None,
    ask_s: float | None = None,
    left: str | None = None,
) -> SendAdvice:
    nearest = choices[0].unit if choices else None
    return SendAdvice(incident.id, deed, unit, centre, ask_s, left, reason, nearest, choices, view.number, view.at_ms)


def _sent(ground: Ground, asked: Asked) -> tuple[str | None, int]:
    """The main unit that the kernel sent to the incident, and the cause that it wrote down."""
    rows = asked.state.missions[: int(asked.state.at[MISSION_COUNT])]
    mine = rows[(rows["incident"] == 0) & (rows["role"] == PRIMARY)]
    if mine.size == 0:
        return None, -1
    return ground.service.units[int(mine[-1]["unit"])].id, int(mine[-1]["cause"])


def _why_not_nearest(ground: Ground, view: View, incident: IncidentSeen, choices: tuple[Choice, ...], unit: str) -> str:
    """The rule by which another than the nearest free unit is sent."""
    chosen = next((one for one in choices if one.unit == unit), None)
    if chosen is not None and choices[0].centre != chosen.centre:
        return "border"
    k = urgency_code(incident.urgency or "")
    return "least_loss" if ground.land.policies.least_loss[k] else "price"


def _choices(ground: Ground, view: View, asked: Asked, incident: IncidentSeen) -> tuple[Choice, ...]:
    """Free units that can carry the main mission out, by expected seconds."""
    k = urgency_code(incident.urgency or "")
    numbers = [number for number in asked.places if ground.land.may[PRIMARY, k, number]]
    if not numbers:
        return ()
    scene = asked.demand.incidents[0]
    expected_s = np.array([_expected_s(ground, n, asked.places[n], scene, k, view.at_ms) for n in numbers])
    people, calls = _losses(ground, asked, numbers, view.at_ms)
    seen = {one.id: one for one in view.units}
    found = [
        Choice(
            unit=ground.service.units[number].id,
            centre=ground.service.centres[int(ground.world.unit_centre[number])].id,
            expected_s=float(expected_s[place]),
            at_home=asked.places[number].at_home,
            people_lost=float(people[place]),
            calls_lost=float(calls[place]),
            position_stale=seen[ground.service.units[number].id].position_stale,
        )
        for place, number in enumerate(numbers)
    ]
    return tuple(sorted(found, key=lambda one: (one.expected_s, one.unit)))


def _expected_s(ground: Ground, number: int, where: Where, scene: Any, k: int, at_ms: int) -> float:
    unit, roads, to = ground.land.units[number], ground.world.roads, int(scene["scene"])
    factor, road_s = ground.factor(k, at_ms), float(roads.seconds[0, to, where.node])
    if unit["flies"]:  # a boat is no first unit, and whom else to send is not advised
        factor, road_s = 1.0, FLIGHT_S_PER_KM * float(np.hypot(*(roads.place_km[to] - roads.place_km[where.node])))
    wait_s = float(ground.land.expected_s[0 if where.at_home else 1, k]) + float(unit["start_s"])
    return wait_s + where.rest_s + (where.leg_s + road_s + float(scene["scene_leg"])) * (factor * float(unit["pace"]))


def _losses(ground: Ground, asked: Asked, numbers: list[int], at_ms: int) -> tuple[F8, F8]:
    """What is reached in time for acute need now, and by nobody else once each unit has gone: shares, [n] each."""
    places = [asked.places[number] for number in numbers]
    before = np.array([ground.land.expected_s[0 if one.at_home else 1, 0] + one.leg_s + one.rest_s for one in places])
    seconds = ground.seconds(np.array([one.node for one in places], np.int32), before, 0, at_ms)
    in_time = seconds <= ground.target_s[:, 0] - float(ground.rules.median_s[0, 0])
    in_time &= np.isfinite(ground.target_s[:, 0])
    alone = in_time & (in_time.sum(axis=0) == 1)
    calls = ground.calls[:, 0, ground.hour_of_week(at_ms)]
    return (
        alone @ ground.people / max(float(ground.people.sum()), 1e-9),
        alone @ calls / max(float(calls.sum()), 1e-9),
    )
