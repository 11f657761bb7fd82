"""A sample counted: who came when, where patients are minute by minute, and what the rest of the area got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.sample import Answering, Sampled
from beredt.decision.major_incident.severity import SEVERITIES
from beredt.decision.major_incident.waiting import arrivals_s
from beredt.dispatch.roads import Records
from beredt.dispatch.world import ACUTE, CARRIER, F8, I4, I8, PRIMARY, Incidents

MANY = 5
"""How many units at the scene are waited for, beside the first."""

REACHES_MIN = (12.0, 25.0)
"""Minutes within which people are counted as reached: the national targets in towns and outside them."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One sample of one alternative. Minutes are after the first alarm, infinite for what never came.

    N arrivals, in order; L needed units, in the order of the event's; M moments (`Assumptions.minutes`); H hospitals.
    Patients are counted by severity: `asked` in
    all, `without_room` of them, `away` and `delivered` at each moment; hospitals have `room` for them in that hour, and
    the plan sends `planned`. People are shares of all. Responses (s, from the
    call) are of the other acute incidents of the hours followed that a unit reached with the event and without it.
    """

    arrival_min: F8  # [N]
    arrival_unit: I4  # [N]
    arrival_place: I4  # [N] incident of the event
    arrival_needed: I4  # [N] row of what is needed that it came as, -1 for patients
    needed_row: I4  # [L]
    needed_place: I4  # [L]
    needed_min: F8  # [L]
    first_min: float
    many_min: float  # the MANY-th unit
    reds_min: float  # every red patient has a unit at the scene
    treat_min: float  # patients may be treated at every place where that waits for somebody; NaN where none does
    last_away_min: float  # the last patient with a hospital has left
    units: I8  # [K] asked for by each of the event's K incidents
    asked: I8  # [3]
    without_room: I8  # [3]
    away: I8  # [M, 3]
    delivered: I8  # [M, 3]
    room: I8  # [H, 3]
    planned: I8  # [H + 1, 3] the last for patients without room
    to_hospital: I8  # [H, 3] delivered within the hours followed
    free_with: I8  # [M] units
    free_without: I8  # [M]
    people_with: F8  # [M, 2] by REACHES_MIN
    people_without: F8  # [M, 2]
    others: int  # acute incidents in those hours
    unanswered_with: int  # of them, no unit had been sent when the run ended
    unanswered_without: int
    response_with_s: float  # mean over those answered in both; NaN without any
    response_without_s: float
    in_target_with: float  # share within their target time, of those that have one; NaN without any
    in_target_without: float


def tally_sample(answering: Answering, event: Event, sampled: Sampled, people: F8, assumptions: Assumptions) -> Tally:
    """Count a sample.

    Args:
        answering: the alternative.
        event: the event.
        sampled: the sample.
        people: [A] people by area.
        assumptions: of the answer.
    """
    asked, row, alarm_s = sampled.injected.asked, sampled.injected.row, sampled.window.alarm_s
    moment_s = alarm_s + 60.0 * np.array(assumptions.minutes)
    size = len(sampled.injected.incidents.call_t)
    number = np.full(size, -1, np.int64)
    number[row] = np.arange(len(row))
    missions = sampled.with_event.missions
    mine = missions[number[missions["incident"]] >= 0]
    arrived = mine[mine["scene_t"] <= moment_s[-1]]
    arrived = arrived[np.lexsort((arrived["unit"], arrived["scene_t"]))]
    arrival_min = (arrived["scene_t"] - alarm_s) / 60.0
    takes = (mine["role"] == PRIMARY) | (mine["role"] == CARRIER)
    takes &= answering.land.units["carries"][mine["unit"]] == 1  # others call for one that does
    scene_t = arrivals_s(missions, sampled.injected)
    leave_t, dest_t = (_of_load(mine, takes, number, len(row), name) for name in ("leave_t", "dest_t"))
    severity = np.array([one.severity for one in asked], np.int64)
    count = np.array([one.patients for one in asked], np.int64)
    hospital = np.array([one.hospital for one in asked], np.int64)
    place = np.array([one.incident for one in asked], np.int32)
    needed = np.array([one.needed for one in asked], np.int32)
    beside, load = needed >= 0, number[arrived["incident"]]
    waited_s = sampled.open_s[sampled.open_s > -np.inf]
    carried = hospital >= 0
    away = np.array([_by_severity(severity, count, carried & (leave_t <= t)) for t in moment_s])
    delivered = np.array([_by_severity(severity, count, carried & (dest_t <= t)) for t in moment_s])
    sent, there = severity >= 0, carried & (dest_t <= moment_s[-1])
    planned = _by_hospital(answering, hospital[sent], severity[sent], count[sent])
    to_hospital = _by_hospital(answering, hospital[there], severity[there], count[there])[:-1]
    left = [(a, b) for a, b in zip(sampled.with_event.left, sampled.without.left, strict=True)]
    return Tally(
        arrival_min=arrival_min,
        arrival_unit=arrived["unit"].astype(np.int32),
        arrival_place=place[load],
        arrival_needed=needed[load],
        needed_row=needed[beside],
        needed_place=place[beside],
        needed_min=np.where(scene_t <= moment_s[-1], (scene_t - alarm_s) / 60.0, np.inf)[beside],
        first_min=_nth(arrival_min, 1),
        many_min=_nth(arrival_min, MANY),
        reds_min=_last(scene_t[severity == 0], alarm_s, moment_s[-1]),
        treat_min=_last(waited_s, alarm_s, moment_s[-1]),
        last_away_min=_last(leave_t[carried], alarm_s, moment_s[-1]),
        units=np.bincount([one.incident for one in asked], minlength=len(answering.drive_s)).astype(np.int64),
        asked=_by_severity(severity, count, severity >= 0),
        without_room=_by_severity(severity, count, (severity >= 0) & ~carried),
        away=away,
        delivered=delivered,
        room=answering.room(alarm_s),
        planned=planned,
        to_hospital=to_hospital,
        free_with=np.array([one.free for one, _ in left], np.int64),
        free_without=np.array([one.free for _, one in left], np.int64),
        people_with=np.array([_reached(one.wait_s, people) for one, _ in left]),
        people_without=np.array([_reached(one.wait_s, people) for _, one in left]),
        **_others(answering, sampled, moment_s[-1]),
    )


def _of_load(mine: Records, roles: np.ndarray, number: I8, loads: int, name: str) -> F8:
    """A time stamp of the unit that came for each load in some roles, infinite where none has; the last one sent."""
    stamps = np.full(loads, np.inf)
    kept = mine[roles & (mine["diverted"] == 0)]
    stamps[number[kept["incident"]]] = kept[name]
    return stamps


def _by_severity(severity: I8, count: I8, at: np.ndarray) -> I8:
    return np.bincount(severity[at], weights=count[at], minlength=len(SEVERITIES)).astype(np.int64)


def _by_hospital(answering: Answering, hospital: I8, severity: I8, count: I8) -> I8:
    """Patients by hospital and severity, [H + 1, 3]; `NO_ROOM` is the last row."""
    found = np.zeros((len(answering.service.hospitals) + 1, len(SEVERITIES)), np.int64)
    np.add.at(found, (hospital, severity), count)
    return found


def _nth(minutes: F8, n: int) -> float:
    return float(minutes[n - 1]) if len(minutes) >= n else np.inf


def _last(stamps: F8, alarm_s: float, end_s: float) -> float:
    """Minutes until the last of some stamps; NaN where there are none, infinite where it is beyond the end."""
    if not stamps.size:
        return float("nan")
    last = float(stamps.max())
    return (last - alarm_s) / 60.0 if last <= end_s else np.inf


def _reached(wait_s: F8, people: F8) -> list[float]:
    return [float(people[wait_s <= reach * 60.0].sum() / people.sum()) for reach in REACHES_MIN]


def _others(answering: Answering, sampled: Sampled, end_s: float) -> dict[str, Any]:
    """Response of acute incidents that have nothing to do with the event, in the hours followed."""
    plain = sampled.plain.incidents
    chosen = (plain.urgency == ACUTE) & (plain.call_t >= sampled.window.alarm_s) & (plain.call_t < end_s)
    stops = answering.case.world.unit_stops_clock.astype(np.bool_)
    with_s = _response_s(sampled.with_event.missions, sampled.injected.incidents, stops)[sampled.injected.other][chosen]
    without_s = _response_s(sampled.without.missions, plain, stops)[chosen]
    both = np.isfinite(with_s) & np.isfinite(without_s)
    target_s = plain.target_s[chosen]
    aimed = np.isfinite(target_s)
    return {
        "others": int(chosen.sum()),
        "unanswered_with": int((~np.isfinite(with_s)).sum()),
        "unanswered_without": int((~np.isfinite(without_s)).sum()),
        "response_with_s": _mean(with_s[both]),
        "response_without_s": _mean(without_s[both]),
        "in_target_with": _mean((with_s <= target_s)[aimed]),
        "in_target_without": _mean((without_s <= target_s)[aimed]),
    }


def _response_s(missions: Records, incidents: Incidents, stops_clock: np.ndarray) -> F8:
    """From the call to the first unit at the scene that stops the clock, [I]; infinite without any."""
    scene_t = np.full(len(incidents.call_t), np.inf)
    counted = missions[stops_clock[missions["unit"]]]
    np.minimum.at(scene_t, counted["incident"], counted["scene_t"])
    return scene_t - incidents.call_t


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if values.size else float("nan")
