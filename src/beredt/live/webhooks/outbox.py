"""What a target is still to be told: read from the log, as its organisation sees it.

There is no second copy of what was said: the log is on the disk, and what a target is told follows from it. So nothing
waits in memory for a target that does not answer, and whoever takes events never waits for one.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from beredt.live.sharing.agreement import Level
from beredt.live.sharing.sight import Sight
from beredt.live.sharing.sight_snapshot import take_up_snapshot
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog
from beredt.live.webhooks.place import Place
from beredt.live.webhooks.target import Target

MOST_EVENTS = 100
"""Of one delivery."""
READ_AT_ONCE = 1_000
"""Entries of the log that are looked through before what was found is sent."""


class Batch(NamedTuple):
    """A delivery: its name, how many events it has, the bytes of its body, and where the target is when it has it."""

    name: str
    events: int
    body: bytes
    after: Place


class _Waiting(NamedTuple):
    """An event that a target is to be told, and of which entry of the log it comes."""

    event: dict[str, Any]
    entry: int
    received_ms: int


class Outbox:
    """What one target is still to be told. For one thread."""

    def __init__(
        self,
        log: EventLog,
        sight: Sight,
        target: Target,
        place: Place,
        is_ended: Callable[[], bool] = lambda: False,
        snapshot: Path | None = None,
    ) -> None:
        """Look through the log up to a place.

        Args:
            log: of the study.
            sight: of the target's organisation, on which nothing has been laid yet.
            target: which.
            place: where it is.
            is_ended: whether it is not worth while any more.
            snapshot: of the whole picture, beside which there may be one of the organisation's; None for none.

        Raises:
            LiveStoreError: the log cannot be read.
        """
        self._log, self._sight, self._target = log, sight, target
        self._waiting: deque[_Waiting] = deque()
        self._seen: list[Entry] = []
        sight.on_seen = self._seen.append
        self.read, self._numbered, self.place = take_up_snapshot(log, sight, snapshot, place.entry), place.told, place
        for entry in log.entries(self.read, until=place.entry):
            sight.lay(entry)
            self._seen.clear()
            self.read = entry.number
            if is_ended():
                return

    @property
    def oldest_ms(self) -> int | None:
        """When the server had what has been waiting longest, ms since 1970; None where nothing waits."""
        return self._waiting[0].received_ms if self._waiting else None

    def find_batch(self, last: int) -> Batch | None:
        """What is to be sent next; None where there is nothing up to an entry.

        Raises LiveStoreError.
        """
        while len(self._waiting) < MOST_EVENTS and self.read < last:
            for entry in self._log.entries(self.read, until=min(last, self.read + READ_AT_ONCE)):
                self._lay(entry)
        if not self._waiting:
            self.place = Place(self.read, self._numbered)
            return None
        batch = [self._waiting[at] for at in range(min(MOST_EVENTS, len(self._waiting)))]
        following = self._waiting[len(batch)].entry if len(self._waiting) > len(batch) else None
        names = [one.event["id"] for one in batch]
        told = {
            "study": self._sight.known.study,
            "target": self._target.name,
            "organisation": self._target.organisation,
            "events": [one.event for one in batch],
        }
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        return Batch(_digest(names), len(batch), body, self._after(batch, following))

    def take(self, batch: Batch) -> None:
        """The target has a delivery."""
        for _ in range(batch.events):
            self._waiting.popleft()
        self.place = batch.after

    def _after(self, batch: list[_Waiting], following: int | None) -> Place:
        """The last entry of which nothing is left to be told, and how many events were told up to there."""
        last = batch[-1]
        if last.entry != following:
            return Place(last.entry, last.event["number"])
        whole = [one for one in batch if one.entry != following]
        return Place(following - 1, whole[-1].event["number"]) if whole else self.place

    def _lay(self, entry: Entry) -> None:
        self._sight.lay(entry)
        self.read = entry.number
        for seen in self._seen:
            if seen.kind in self._target.kinds:
                self._numbered += 1
                event = {"number": self._numbered, **_told(seen, self._sight)}
                name = _digest([self._target.organisation, self._target.name, event])
                self._waiting.append(_Waiting({"id": name, **event}, entry.number, entry.received_ms))
        self._seen.clear()


def _told(entry: Entry, sight: Sight) -> dict[str, Any]:
    """An entry as it is sent: as a feed would say it, and of a unit that is not seen whole no more than the picture."""
    about = "incident" if entry.kind.startswith("incident_") else "unit"
    told: dict[str, Any] = {"kind": entry.kind, about: entry.subject}
    shared = None if about == "incident" else sight.viewer.shared.get(entry.subject)
    if shared is not None:
        told["shared"] = shared.level.name.lower()
        if shared.level is Level.ROUNDED:
            told["rounded_m"] = shared.round_m
    if shared is None or shared.level is Level.FULL:
        told |= {"source": entry.source, "time": _moment(entry.time_ms), "received": _moment(entry.received_ms)}
    return {**told, **entry.body}


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _digest(said: Any) -> str:
    """A name that follows from what is said, and from nothing else.

    So what is sent again after a restart has the name that it had, and other events never have the name of these, also
    where agreements were changed or old entries emptied meanwhile.
    """
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
