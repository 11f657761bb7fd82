"""One entry after the other, and a picture: newest datum by its own time, whatever the order in which entries came.

Every rule stands in docs/explanation/live.md, each with the name under which it is counted here. Which data are newest
does not depend on the order of arrival, nor on how often an event came: so the picture after a shuffled, doubled log is
that of the log in order. What is counted on the way does depend on it, and is told apart from the picture.
"""

from __future__ import annotations

from typing import Any

from beredt.live.events.words import STATUSES, UNKNOWN, URGENCIES
from beredt.live.known import Known
from beredt.live.picture.picture import Advised, Data, Datum, Key, Moved, Picture, SourceTally
from beredt.live.store.entry import OWN, Entry

UNKNOWN_UNIT, UNKNOWN_STATUS, UNKNOWN_PLACE = "unknown_unit", "unknown_status", "unknown_place"
UNKNOWN_INCIDENT, OUTSIDE_REGION = "unknown_incident", "outside_region"
AHEAD, TOO_LATE, LATE, OUT_OF_ORDER, GAP = "ahead_of_time", "too_late", "late", "out_of_order", "gap"
SET_ASIDE = frozenset({UNKNOWN_UNIT, AHEAD, TOO_LATE})
"""Rules by which an event is in the log and not in the picture."""

TALLY, SWITCH, ADVICE, SEEN, DONE = "tally", "switch", "advice", "advice_seen", "advice_done"
"""Kinds of entries that the program itself writes."""
HEARD = "heard"
"""A source has spoken of what is not told: only in the log that an organisation sees, never in the log itself."""

ORGANISATION = "organisation"
"""Where what the program wrote down for an organisation says so."""

MOVES = "moves"
"""What advice about moves is about, instead of an incident."""
ADVICE_KEPT = 500
MOVED_KEPT_MS = 2 * 86_400_000
"""Longer than any shift."""
HOUR_MS = 3_600_000
COUNTED_HOURS = 3 * 366 * 24
"""Hours for which it is known how many incidents were opened: what a forecast looks back at."""
SWEEP_EVERY = 10_000
"""Entries between two looks for what is to be forgotten."""


_new = tuple.__new__
"""Makes a named tuple in half the time of its own constructor: a restart makes a million of them."""


def fold(picture: Picture, entry: Entry, known: Known) -> tuple[str, ...]:
    """Lay one entry on a picture, which is changed; the rules that it met are counted and returned.

    Args:
        picture: of all entries before.
        entry: the next one.
        known: names and limits.
    """
    picture.number = entry.number
    if entry.number % SWEEP_EVERY == 0:
        forget(picture, known)
    if entry.source == OWN:
        _fold_own(picture, entry, known)
        return ()
    tally = picture.sources.get(entry.source)
    if tally is None:
        tally = picture.sources[entry.source] = SourceTally()
    met = _note_arrival(tally, entry, known)
    aside = _why_aside(picture, entry, known)
    if aside is not None:
        met.append(aside)
    else:
        if entry.time_ms > picture.newest_ms:  # noqa: PLR1730
            picture.newest_ms = entry.time_ms
        if (hour := entry.time_ms // HOUR_MS) not in picture.opened:
            picture.opened[hour] = [0, 0, 0]  # the feed spoke: that nobody called is known
        met += _LAY[entry.kind](picture, entry, known)
    for rule in met:
        tally.counts[rule] = tally.counts.get(rule, 0) + 1
    return tuple(met)


def forget(picture: Picture, known: Known) -> None:
    """Let go of incidents that were closed, and of rosters of days, longer ago than the horizon."""
    oldest = picture.newest_ms - known.limits.horizon_s * 1000
    for name in [name for name, one in picture.moved.items() if one.at_ms < picture.newest_ms - MOVED_KEPT_MS]:
        del picture.moved[name]
    first_hour = picture.newest_ms // HOUR_MS - COUNTED_HOURS
    for hour in [hour for hour in picture.opened if hour < first_hour]:
        del picture.opened[hour]
    for incident, data in list(picture.incidents.items()):
        if max(datum.key.time_ms for datum in data.values()) < oldest and is_closed(data):
            del picture.incidents[incident]
            picture.changed.pop(f"incident {incident}", None)
    for data in picture.units.values():
        for name in [name for name, datum in data.items() if name.startswith("roster ")]:
            if data[name].key.time_ms < oldest - 7 * 86_400_000:
                del data[name]


def is_closed(data: Data) -> bool:
    """Whether an incident is closed."""
    return "state" in data and data["state"].value == "closed"


def _note_arrival(tally: SourceTally, entry: Entry, known: Known) -> list[str]:
    met = []  # no `max` here: calls of it are a twentieth of a restart
    delay_ms = entry.received_ms - entry.time_ms
    tally.events += 1
    if entry.received_ms > tally.received_ms:  # noqa: PLR1730
        tally.received_ms = entry.received_ms
    if tally.least_delay_ms is None or delay_ms < tally.least_delay_ms:
        tally.least_delay_ms = delay_ms
    if delay_ms > known.limits.late_s * 1000:
        met.append(LATE)
    if entry.sequence is not None:
        if tally.sequence >= 0 and entry.sequence > tally.sequence + 1 and known.sees_all_of(entry.source):
            met.append(GAP)
        if entry.sequence > tally.sequence:  # noqa: PLR1730
            tally.sequence = entry.sequence
    if entry.time_ms > tally.time_ms:  # noqa: PLR1730
        tally.time_ms = entry.time_ms
    return met


def _why_aside(picture: Picture, entry: Entry, known: Known) -> str | None:
    if entry.time_ms > entry.received_ms + known.limits.ahead_s * 1000:
        return AHEAD
    if entry.time_ms < picture.newest_ms - known.limits.horizon_s * 1000:
        return TOO_LATE
    if entry.kind in _ABOUT_UNITS and entry.subject not in known.units:
        return UNKNOWN_UNIT
    return None


def _put(data: Data, name: str, entry: Entry, value: Any) -> bool:
    """Keep a datum unless a newer one is there; whether it was kept."""
    key = _key(entry)
    before = data.get(name)
    if before is not None and before.key >= key:
        return False
    data[name] = _new(Datum, (key, entry.received_ms, entry.number, value))
    return True


def _put_first(data: Data, name: str, entry: Entry, value: Any) -> bool:
    """Keep a datum unless an older one is there: help was asked for when an incident was opened first."""
    key = _key(entry)
    before = data.get(name)
    if before is not None and before.key <= key:
        return False
    data[name] = _new(Datum, (key, entry.received_ms, entry.number, value))
    return True


def _key(entry: Entry) -> Key:
    sequence = -1 if entry.sequence is None else entry.sequence
    return _new(Key, (entry.time_ms, sequence, entry.source, entry.event_id))


def _lay_status(picture: Picture, entry: Entry, known: Known) -> list[str]:
    met, body = [], entry.body
    status, hospital, incident = body["status"], body.get("hospital"), body.get("incident")
    if status not in STATUSES:
        met.append(UNKNOWN_STATUS)
        status = UNKNOWN
    if hospital is not None and hospital not in known.hospitals:
        met.append(UNKNOWN_PLACE)
        hospital = None
    if incident is not None and "state" not in picture.incidents.get(incident, {}):
        met.append(UNKNOWN_INCIDENT)
    data = picture.units.setdefault(entry.subject, {})
    value = {"status": status, "said": body["status"], "incident": incident, "hospital": hospital}
    kept = _put(data, "status", entry, value)
    if "position" in body:
        met += _lay_position(picture, entry, known, alone=False)
    return _changed(picture, "unit", entry, kept, met)


def _lay_position(picture: Picture, entry: Entry, known: Known, *, alone: bool = True) -> list[str]:
    place = entry.body["position"]
    met = [] if known.is_inside(place["lat"], place["lon"]) else [OUTSIDE_REGION]
    kept = _put(picture.units.setdefault(entry.subject, {}), "position", entry, [place["lat"], place["lon"]])
    return _changed(picture, "unit", entry, kept, met, count=alone)


def _lay_roster(picture: Picture, entry: Entry, known: Known) -> list[str]:
    del known
    data = picture.units.setdefault(entry.subject, {})
    kept = _put(data, f"roster {entry.body['day']}", entry, entry.body["shifts"])
    return _changed(picture, "unit", entry, kept, [])


def _lay_incident(picture: Picture, entry: Entry, known: Known) -> list[str]:
    met, body = [], entry.body
    data = picture.incidents.setdefault(entry.subject, {})
    if entry.kind != "incident_opened" and "state" not in data:
        met.append(UNKNOWN_INCIDENT)
    kept = False
    if entry.kind != "incident_changed":
        kept |= _put(data, "state", entry, "open" if entry.kind == "incident_opened" else "closed")
    if entry.kind == "incident_opened":
        before = data.get("opened")
        if _put_first(data, "opened", entry, [entry.time_ms, body["urgency"]]):
            _count_opened(picture, before, data["opened"], body["urgency"])
            kept = True
    if "urgency" in body:
        kept |= _put(data, "urgency", entry, body["urgency"])
    if "position" in body:
        lat, lon = body["position"]["lat"], body["position"]["lon"]
        if not known.is_inside(lat, lon):
            met.append(OUTSIDE_REGION)
        kept |= _put(data, "position", entry, [lat, lon])
    if body.get("centre") is not None:
        if body["centre"] in known.centres:
            kept |= _put(data, "centre", entry, body["centre"])
        else:
            met.append(UNKNOWN_PLACE)
    return _changed(picture, "incident", entry, kept, met)


def _count_opened(picture: Picture, before: Datum | None, now: Datum, urgency: str) -> None:
    """Count an incident in the hour in which it was opened first, by the urgency that it has then."""
    if before is not None and before.key.time_ms // HOUR_MS in picture.opened:
        picture.opened[before.key.time_ms // HOUR_MS][URGENCIES.index(before.value[1])] -= 1
    picture.opened.setdefault(now.key.time_ms // HOUR_MS, [0, 0, 0])[URGENCIES.index(urgency)] += 1


def _changed(picture: Picture, what: str, entry: Entry, kept: bool, met: list[str], *, count: bool = True) -> list[str]:
    if kept:
        picture.changed[f"{what} {entry.subject}"] = entry.number
    elif count:
        met.append(OUT_OF_ORDER)
    return met


_LAY = {
    "unit_status": _lay_status,
    "unit_position": _lay_position,
    "roster_changed": _lay_roster,
    "incident_opened": _lay_incident,
    "incident_changed": _lay_incident,
    "incident_closed": _lay_incident,
}
_ABOUT_UNITS = frozenset({"unit_status", "unit_position", "roster_changed"})


def _fold_own(picture: Picture, entry: Entry, known: Known) -> None:
    """What the program itself has written down."""
    body = {name: value for name, value in entry.body.items() if name != ORGANISATION}
    if entry.kind == TALLY:
        for source, counts in body.items():
            tally = picture.sources.setdefault(source, SourceTally())
            for rule, count in counts.items():
                tally.counts[rule] = tally.counts.get(rule, 0) + count
    elif entry.kind == HEARD:
        for source, received_ms in body.items():
            tally = picture.sources.setdefault(source, SourceTally())
            tally.received_ms = max(tally.received_ms, received_ms)
    elif entry.body.get(ORGANISATION, "") != known.viewer:
        return  # what was given to an organisation is in its picture and in no other
    elif entry.kind == SWITCH:
        picture.advice_on = bool(body["on"])
    elif entry.kind == ADVICE:
        picture.advice[entry.event_id] = Advised(entry.number, entry.received_ms, entry.subject, body)
        while len(picture.advice) > ADVICE_KEPT:
            del picture.advice[next(iter(picture.advice))]
    elif entry.subject in picture.advice:
        advised = picture.advice[entry.subject]
        if entry.kind == SEEN and body["by"] not in advised.seen_by:
            advised.seen_by.append(body["by"])
        elif entry.kind == DONE:
            advised.done = body
            if advised.about == MOVES:
                _note_moved(picture, entry, advised)


def _note_moved(picture: Picture, entry: Entry, advised: Advised) -> None:
    """A move counts from when somebody has written that it was made, until the same person takes that back."""
    picture.moved.pop(entry.subject, None)
    body = entry.body
    move = next((one for one in advised.body["moves"] if one["unit"] == body["unit"]), None)
    if body["deed"] == "followed" and move is not None:
        picture.moved[entry.subject] = Moved(move["unit"], move["to_station"], entry.received_ms, move["km"])
