"""The picture as somebody sees it at one moment: what is known, how old it is, and what does not fit together."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.live.events.words import BUSY_STATUSES, DRIVING_STATUSES, FREE_STATUSES, UNKNOWN
from beredt.live.known import Known
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import is_closed
from beredt.live.picture.picture import Data, Datum, Picture

NOWHERE: tuple[float | None, float | None] = (None, None)
LONGEST_CLOSED_MS = 3_600_000
"""A closed incident is shown for an hour."""


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit as it is known at a moment.

    `status` is one of the words, or `unknown`; `said` the word that the feed used. `since_ms` is when the status began,
    `position_ms` when the position was (ms since 1970, None where nothing is known); of a unit that is seen
    coarsely, when that was told here, since the moment itself is not. Free is a unit whose status says
    so and is not stale. `conflicts` names what does not fit together. `shared` is "" for a unit that is seen whole,
    else how much of it an agreement shows (`availability`, `rounded`, `full`); a place that is rounded to squares of
    `rounded_m` metres is shown, and not reckoned with.
    """

    id: str
    status: str
    said: str | None
    since_ms: int | None
    incident: str | None
    hospital: str | None
    lat: float | None
    lon: float | None
    position_ms: int | None
    on_duty: bool
    free: bool
    status_stale: bool
    position_stale: bool
    outside_region: bool
    conflicts: tuple[str, ...]
    changed: int
    shared: str = ""
    rounded_m: float | None = None


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident as it is known at a moment; `state` is `open`, `closed`, or `unopened` where only changes came."""

    id: str
    state: str
    urgency: str | None
    lat: float | None
    lon: float | None
    centre: str | None
    opened_ms: int | None
    units: tuple[str, ...]
    outside_region: bool
    conflicts: tuple[str, ...]
    changed: int


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source as it is known at a moment; `last_s` None: none of its events was taken; `least_delay_s` below 0: its
    clock is ahead of the server's.
    """

    id: str
    events: int
    silent: bool
    last_s: float | None
    least_delay_s: float | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class View:
    """The picture at a moment: `number` is the last entry of the log that is in it."""

    number: int
    at_ms: int
    units: tuple[UnitSeen, ...]
    incidents: tuple[IncidentSeen, ...]
    sources: tuple[SourceSeen, ...]
    advice_on: bool


def view_of(picture: Picture, known: Known, duty: Duty, at_ms: int) -> View:
    """Look at a picture.

    Args:
        picture: which nobody changes meanwhile.
        known: names and limits.
        duty: rosters.
        at_ms: the moment.
    """
    sources = tuple(_source(name, picture, known, at_ms) for name in sorted(picture.sources))
    silent = {one.id for one in sources if one.silent}
    units = tuple(_unit(name, picture, known, duty, silent, at_ms) for name in sorted(known.units))
    sent: dict[str, list[str]] = {}
    for unit in units:
        if unit.incident is not None and unit.status in BUSY_STATUSES:
            sent.setdefault(unit.incident, []).append(unit.id)
    incidents = tuple(
        _incident(name, data, picture, known, tuple(sent.get(name, ())))
        for name, data in sorted(picture.incidents.items())
        if not is_closed(data) or data["state"].key.time_ms > at_ms - LONGEST_CLOSED_MS or name in sent
    )
    return View(picture.number, at_ms, units, incidents, sources, picture.advice_on)


def _source(name: str, picture: Picture, known: Known, at_ms: int) -> SourceSeen:
    tally = picture.sources[name]
    ago_s = (at_ms - tally.received_ms) / 1000 if tally.received_ms else None
    delay = tally.least_delay_ms
    silent = tally.events > 0 and ago_s is not None and ago_s > known.limits.silent_s
    return SourceSeen(name, tally.events, silent, ago_s, None if delay is None else delay / 1000, dict(tally.counts))


def _unit(name: str, picture: Picture, known: Known, duty: Duty, silent: set[str], at_ms: int) -> UnitSeen:
    data = picture.units.get(name, {})
    status, position = data.get("status"), data.get("position")
    word = UNKNOWN if status is None else status.value["status"]
    on_duty = duty.is_on(name, data, at_ms)
    status_stale = status is not None and status.key.source in silent
    lat, lon = NOWHERE if position is None else position.value
    old = position is not None and at_ms - position.key.time_ms > known.limits.position_s * 1000
    return UnitSeen(
        id=name,
        status=word,
        said=None if status is None else status.value["said"],
        since_ms=None if status is None else status.key.time_ms,
        incident=None if status is None else status.value["incident"],
        hospital=None if status is None else status.value["hospital"],
        lat=lat,
        lon=lon,
        position_ms=None if position is None else position.key.time_ms,
        on_duty=on_duty,
        free=word in FREE_STATUSES and not status_stale,
        status_stale=status_stale,
        position_stale=old and (word in DRIVING_STATUSES or (position is not None and position.key.source in silent)),
        outside_region=_is_outside(known, lat, lon),
        conflicts=tuple(_unit_conflicts(word, status, on_duty, picture)),
        changed=picture.changed.get(f"unit {name}", 0),
    )


def _is_outside(known: Known, lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and not known.is_inside(lat, lon)


def _unit_conflicts(word: str, status: Datum | None, on_duty: bool, picture: Picture) -> list[str]:
    """What a unit's data say against one another; the newest status holds, and this is told beside it."""
    found = []
    incident = None if status is None else status.value["incident"]
    if word in BUSY_STATUSES and incident is None:
        found.append("busy_without_incident")
    if word in BUSY_STATUSES and incident is not None:
        data = picture.incidents.get(incident)
        if data is None or "state" not in data:
            found.append("incident_unknown")
        elif is_closed(data):
            found.append("incident_closed")
    if word in FREE_STATUSES and incident is not None:
        found.append("free_with_incident")
    if word in FREE_STATUSES and not on_duty:
        found.append("free_off_duty")
    return found


def _incident(name: str, data: Data, picture: Picture, known: Known, units: tuple[str, ...]) -> IncidentSeen:
    def value(of: str) -> object:
        return data[of].value if of in data else None

    lat, lon = data["position"].value if "position" in data else NOWHERE
    state = str(value("state") or "unopened")
    conflicts = ["unopened"] if state == "unopened" else []
    if state == "closed" and units:
        conflicts.append("closed_with_units")
    opened = data.get("opened")
    urgency, centre = value("urgency"), value("centre")
    return IncidentSeen(
        id=name,
        state=state,
        urgency=None if urgency is None else str(urgency),
        lat=lat,
        lon=lon,
        centre=None if centre is None else str(centre),
        opened_ms=None if opened is None else opened.value[0],
        units=units,
        outside_region=_is_outside(known, lat, lon),
        conflicts=tuple(conflicts),
        changed=picture.changed.get(f"incident {name}", 0),
    )
