"""The one place through which an organisation sees anything: entries of the log in, those that it may see out.

What comes out is a log of its own: with its own numbers, without a trace of what was left out. Its picture is the same
fold over that log as the whole picture over the whole log, and everything that it is told (picture, stream, readiness,
advice, counts, exports) is made of that picture alone. So two logs that differ only in what it may not see give it the
same answers, whatever is asked, now or in a route that is yet to be written.

What passes, and as what:

- Units of its own, whole. Units of others as its agreements say: whole but for incidents that are not its to see; or
  only whether they are free, and where, to a square. Such a thing is told when it changes, and besides, once a minute
  at most, that its source still speaks: not when or how often others have said something.
- Incidents in areas that it answers for, of centres that it runs, and of its own feed; and of others from the moment
  when somebody else than itself says that a unit of its own goes there. (Its own feed cannot say so: it would only have
  to guess an id.)
- Of what the program itself writes down: advice that was given to it, and counts of its own sources.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import numpy as np

from beredt.live.events.words import FREE, FREE_STATUSES, STATUSES, UNAVAILABLE, UNKNOWN
from beredt.live.picture.fold import HEARD, ORGANISATION, TALLY
from beredt.live.picture.picture import Key
from beredt.live.sharing.agreement import Level
from beredt.live.sharing.viewer import Shared, Viewer
from beredt.live.store.entry import OWN, Entry

HEARD_EVERY_MS = 60_000
"""How often a unit whose availability has not changed is told again."""
HELD_MS = 24 * 3_600_000
"""What was said of an incident so long before it came to be seen is not told any more."""
OFF = frozenset({"off_duty", "going_off"})
M_PER_DEGREE = 111_320.0


class Lens:
    """What one organisation sees of a log, entry by entry in its order."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._count = 0
        self._seen: set[str] = set()
        """Incidents that it sees."""
        self._held: dict[str, list[Entry]] = {}
        """Incidents that it does not see, with what was said of them."""
        self._newest: dict[str, Key] = {}
        """Of the status and the place of each unit that is not told whole: the newest that was said."""
        self._told: dict[str, Any] = {}
        """What it was told last of each of them."""
        self._told_ms: dict[str, int] = {}
        """When it was told that, by the clock of the server."""
        self._heard_ms: dict[str, int] = {}
        """When it was told last of each source of them."""

    def see(self, entry: Entry) -> list[Entry]:
        """The entries that it sees because of the next entry of the log."""
        if entry.source == OWN:
            found = self._of_program(entry)
        elif entry.kind.startswith("incident_"):
            found = self._of_incident(entry)
        else:
            found = self._of_unit(entry)
        return [self._numbered(one) for one in found]

    def _numbered(self, entry: Entry) -> Entry:
        self._count += 1
        return entry._replace(number=self._count)

    def _of_program(self, entry: Entry) -> list[Entry]:
        if entry.kind != TALLY:
            return [entry] if entry.body.get(ORGANISATION) == self._viewer.organisation else []
        own = {source: counts for source, counts in entry.body.items() if self._viewer.is_own_name(source)}
        return [entry._replace(body=own)] if own else []

    def _of_incident(self, entry: Entry) -> list[Entry]:
        if entry.subject in self._seen:
            return [entry]
        held = self._held.setdefault(entry.subject, [])
        held[:] = [*_lately(held, entry.received_ms), entry]
        return self._release(entry.subject, entry.received_ms) if self._is_own(entry) else []

    def _is_own(self, entry: Entry) -> bool:
        viewer, place = self._viewer, entry.body.get("position")
        if viewer.is_own_name(entry.subject) or entry.body.get("centre") in viewer.centres:
            return True
        return place is not None and viewer.answers_at(place["lat"], place["lon"])

    def _release(self, incident: str, now_ms: int) -> list[Entry]:
        self._seen.add(incident)
        return _lately(self._held.pop(incident, []), now_ms)

    def _of_unit(self, entry: Entry) -> list[Entry]:
        viewer, unit = self._viewer, entry.subject
        incident = entry.body.get("incident")
        if unit in viewer.own:
            if incident is None or incident in self._seen:
                return [entry]
            if viewer.is_own_name(entry.source) and not viewer.is_own_name(incident):
                return [_without(entry, "incident")]
            return [*self._release(incident, entry.received_ms), entry]
        shared = viewer.shared.get(unit)
        if shared is None:
            return []
        if entry.kind == "roster_changed":
            return [entry]
        if shared.level is Level.FULL:
            return [entry if incident is None or incident in self._seen else _without(entry, "incident")]
        return self._coarse(entry, shared)

    def _coarse(self, entry: Entry, shared: Shared) -> list[Entry]:
        """Whether a unit is free, and where to a square, where that is not what was told before."""
        found, unit, body = [], entry.subject, entry.body
        if entry.kind == "unit_status" and self._is_newer(f"status {unit}", entry):
            word = _availability(body["status"])
            if self._is_news(f"status {unit}", word, entry.received_ms):
                found.append(entry._replace(body={"status": word}))
        place = body.get("position")
        if place is not None and shared.level is Level.ROUNDED and self._is_newer(f"position {unit}", entry):
            lat, lon = _rounded(place["lat"], place["lon"], shared.round_m)
            if self._is_news(f"position {unit}", (lat, lon), entry.received_ms):
                told = {"position": {"lat": lat, "lon": lon}}
                found.append(entry._replace(kind="unit_position", event_id=f"{entry.event_id} place", body=told))
        before = self._heard_ms.get(entry.source)
        if found:
            self._heard_ms[entry.source] = entry.received_ms
        elif before is not None and entry.received_ms - before >= HEARD_EVERY_MS:
            self._heard_ms[entry.source] = entry.received_ms
            found.append(entry._replace(source=OWN, kind=HEARD, subject="", body={entry.source: entry.received_ms}))
        return found

    def _is_newer(self, name: str, entry: Entry) -> bool:
        """Whether an entry is the newest of its kind, by the rule of the picture."""
        key = Key(entry.time_ms, -1 if entry.sequence is None else entry.sequence, entry.source, entry.event_id)
        if name in self._newest and self._newest[name] >= key:
            return False
        self._newest[name] = key
        return True

    def _is_news(self, name: str, value: Any, at_ms: int) -> bool:
        if self._told.get(name) == value:
            return False
        self._told[name], self._told_ms[name] = value, at_ms
        return True

    def find_told_ms(self, what: str, unit: str) -> int | None:
        """When a unit that is not told whole was told last to do, or to be, something else, ms since 1970.

        Whoever listens has seen that moment pass; when it happened to the unit is not told. `what` is `status` or
        `position`.
        """
        return self._told_ms.get(f"{what} {unit}")

    def forget(self, incidents: Container[str], now_ms: int) -> None:
        """Let go of incidents that the picture has let go of, and of what was held too long to be ever told.

        Args:
            incidents: that are in the picture.
            now_ms: a moment at or before that of every entry to come.
        """
        self._seen = {name for name in self._seen if name in incidents}
        self._held = {name: held for name, held in self._held.items() if _lately(held, now_ms)}

    def to_json(self) -> dict[str, Any]:
        """All that it remembers, as JSON's values."""
        return {
            "count": self._count,
            "seen": sorted(self._seen),
            "held": self._held,
            "newest": self._newest,
            "told": self._told,
            "told_ms": self._told_ms,
            "heard_ms": self._heard_ms,
        }

    def from_json(self, content: Mapping[str, Any]) -> None:
        """Go on from what a lens of the same viewer remembered. Raises KeyError, TypeError or ValueError."""
        self._count = int(content["count"])
        self._seen = set(content["seen"])
        self._held = {name: [Entry._make(one) for one in held] for name, held in content["held"].items()}
        self._newest = {name: Key(*key) for name, key in content["newest"].items()}
        self._told = {name: tuple(told) if isinstance(told, list) else told for name, told in content["told"].items()}
        self._told_ms, self._heard_ms = dict(content["told_ms"]), dict(content["heard_ms"])


def _lately(held: list[Entry], now_ms: int) -> list[Entry]:
    return [one for one in held if one.received_ms >= now_ms - HELD_MS]


def _without(entry: Entry, name: str) -> Entry:
    return entry._replace(body={key: value for key, value in entry.body.items() if key != name})


def _availability(status: str) -> str:
    if status in FREE_STATUSES:
        return FREE
    if status in OFF:
        return "off_duty"
    return UNAVAILABLE if status in STATUSES else UNKNOWN


def _rounded(lat: float, lon: float, side_m: float) -> tuple[float, float]:
    """The middle of the square of a fixed grid in which a place (degrees) lies; five digits."""
    north = side_m / M_PER_DEGREE
    row = np.floor(lat / north)
    middle = (row + 0.5) * north
    east = north / max(float(np.cos(np.radians(middle))), 0.01)
    return round(float(middle), 5), round(float((np.floor(lon / east) + 0.5) * east), 5)
