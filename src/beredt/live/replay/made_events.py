"""What is made of a log for a replay: events as a feed would have sent them, and drives by unit."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from beredt.live.events.read_event import Refused, read_event
from beredt.live.replay.reckoned_drive import ReckonedDrive
from beredt.live.replay.store_rows import Row
from beredt.live.store.entry import Entry

STAMPED, RECKONED = "stamped", "reckoned"


@dataclass(slots=True)
class MadeEvents:
    """What has been made so far: events with their order of equal times, drives by unit, and what was counted."""

    events: list[tuple[int, int, Row]] = field(default_factory=list)
    drives: dict[str, list[ReckonedDrive]] = field(default_factory=dict)
    noted: Counter[str] = field(default_factory=Counter)

    def say(self, at_ms: int, source: str, **what: Any) -> None:
        """Add an event: its moment, ms since 1970, the source it is told from, and what it says."""
        # Of equal times the end of one mission comes before the beginning of another.
        rank = {"mobilising": 2, "to_scene": 3}.get(what.get("status", ""), 0 if what["kind"] == "unit_status" else 1)
        self.events.append((at_ms, rank, {"source": source, **what}))

    def entries(self) -> list[Entry]:
        """The events in order of time, numbered as a log of live events has them."""
        self.events.sort(key=lambda one: one[:2])
        return [_entry(number, at_ms, what) for number, (at_ms, _, what) in enumerate(self.events, start=1)]


class Places:
    """Where units are on their reckoned drives."""

    def __init__(self, drives: Mapping[str, Sequence[ReckonedDrive]]) -> None:
        self._drives = drives
        self._starts = {unit: [one.start_ms for one in of] for unit, of in drives.items()}

    def at(self, at_ms: int) -> dict[str, tuple[float, float]]:
        """Latitude and longitude of each unit that is on a reckoned drive at a moment, ms since 1970."""
        found = {}
        for unit, starts in self._starts.items():
            place = bisect_right(starts, at_ms) - 1
            if place >= 0 and at_ms <= self._drives[unit][place].end_ms:
                found[unit] = self._drives[unit][place].place(at_ms)
        return found


def _entry(number: int, at_ms: int, what: Row) -> Entry:
    """An event through the very form that a feed has."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    sent = read_event({"id": f"r{number}", "time": moment, "sequence": number, **what})
    assert not isinstance(sent, Refused), sent
    return Entry(number, sent.source, sent.id, "", at_ms, at_ms, number, sent.kind, sent.subject, sent.body, "")
