"""Taking events in: read, told apart, put into the log together with what others send meanwhile, then acknowledged.

One thread writes. Whatever was sent while it wrote is written with the next commit, so that many senders share the wait
for the disk, and an event is acknowledged only after that wait.
"""

from __future__ import annotations

import queue
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import Any

from beredt.errors import BeredtError, LiveStoreError
from beredt.live.events.read_event import Refused, Sent, read_event
from beredt.live.known import Known
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import SET_ASIDE, TALLY, fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.restore import restore
from beredt.live.picture.snapshot import write_snapshot
from beredt.live.picture.view import View, view_of
from beredt.live.receipt import Receipt, Told
from beredt.live.sharing.scope import WHOLE, Scope
from beredt.live.sharing.sight import Sight
from beredt.live.sharing.sight_snapshot import restore_sights, sight_path, write_sight
from beredt.live.sharing.viewer import Viewer
from beredt.live.snapshots import Snapshots
from beredt.live.store.entry import OWN, Entry
from beredt.live.store.event_log import EventLog, NumberTakenError

MOST_AT_ONCE = 2_000
"""Events of one commit."""
TRIES = 20
"""How often a commit is tried anew because another server was quicker."""
DOUBLED, CONTRADICTORY = "doubled", "contradictory"

Clock = Callable[[], float]
"""Tells the time in seconds since 1970."""


@dataclass(slots=True)
class _Waiting:
    """A batch that waits to be written: events by their place in it."""

    events: list[tuple[int, Sent]]
    own: list[tuple[str, str, str, dict[str, Any]]]  # kind, event id, subject, body
    received_ms: int
    sent_by: str
    receipt: Receipt
    future: Future[Receipt]


class Live:
    """The log of a study with the picture that follows from it. All methods may be called by several threads."""

    def __init__(
        self,
        log: EventLog,
        known: Known,
        snapshot: Path | None = None,
        clock: Clock = time.time,
        viewers: Sequence[Viewer] = (),
    ) -> None:
        """Restore the picture, and begin to take events.

        Args:
            log: of the study.
            known: names and limits.
            snapshot: file of the picture; None to keep none.
            clock: of the server.
            viewers: organisations that see something of it, each with a snapshot of its own beside that one.

        Raises:
            LiveStoreError: the log cannot be read.
        """
        self.known, self.clock = known, clock
        restored = restore(log, known, snapshot)
        self.picture: Picture = restored.picture
        """Read it while holding `lock`."""
        self._last = restored.last
        self.sights = {viewer.organisation: Sight(viewer, self) for viewer in viewers}
        """What each organisation sees; read it while holding `lock`."""
        kept = restore_sights(log, self.sights, snapshot, self.picture.number)
        self.lock = Lock()
        self.changes = Condition(self.lock)
        """Notified after every change of the picture."""
        self.on_stored: Callable[[float], object] = lambda seconds: None
        """Told, for every batch, the seconds from having it to having it on the disk."""
        self.log, self.snapshot, self._snapshots = log, snapshot, Snapshots()
        if snapshot is not None:
            self._keep_in(snapshot, self.picture.number - restored.laid, kept)
        self._snapshots.keep_all(self._last, due=True)  # whatever made this start long, the next one shall be short
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = Thread(target=self._write, name="live-log", daemon=True)
        self._thread.start()

    def view(self, duty: Duty, at_ms: int) -> View:
        """The whole picture at a moment; the caller holds `lock`."""
        return view_of(self.picture, self.known, duty, at_ms)

    def take(self, raw: Sequence[object], sent_by: str = "", scope: Scope = WHOLE) -> Future[Receipt]:
        """Take a batch of events as JSON's values; the future is done when they are on the disk.

        Args:
            raw: the events.
            sent_by: whose key, or session, it was.
            scope: what that may tell of.

        Its error is LiveStoreError when they could not be written: then nothing of the batch was acknowledged.
        """
        receipt, events = Receipt(organisation=scope.organisation), list[tuple[int, Sent]]()
        tally: dict[str, dict[str, int]] = {}
        for at, one in enumerate(raw):
            read = scope.admit(read_event(one))
            if isinstance(read, Refused):
                receipt.refused.append(Told(at, read.id, read.reason, f"{read.message}; {read.remedy}"))
                _count(tally, scope.name(OWN), read.reason)
            else:
                events.append((at, read))
        own = [(TALLY, uuid.uuid4().hex, "", tally)] if tally else []
        return self._put(events, own, sent_by, receipt)

    def note(self, kind: str, subject: str, body: dict[str, Any], *, by: str = "", event_id: str = "") -> Receipt:
        """Write down a deed of the program or of a person, and wait until it is on the disk. Raises LiveStoreError."""
        return self.note_all([(kind, event_id or uuid.uuid4().hex, subject, body)], by=by)

    def note_all(self, deeds: Sequence[tuple[str, str, str, dict[str, Any]]], *, by: str = "") -> Receipt:
        """Write down several, each as its kind, id, subject and body, all or none of them. Raises LiveStoreError."""
        return self._put([], list(deeds), by, Receipt()).result()

    def catch_up(self) -> None:
        """Lay on the picture what another server has written. Raises LiveStoreError."""
        self._put([], [], "", Receipt()).result()

    def close(self) -> None:
        """Write what waits, keep the picture, and let go of the database."""
        self._waiting.put(None)
        self._thread.join()
        self._snapshots.keep_all(self._last)
        self.log.close()

    def is_writing(self) -> bool:
        """Whether the thread that writes is there."""
        return self._thread.is_alive()

    def _put(self, events: list[tuple[int, Sent]], own: list[Any], sent_by: str, receipt: Receipt) -> Future[Receipt]:
        future: Future[Receipt] = Future()
        future.set_running_or_notify_cancel()  # a sender that goes away changes nothing: it is written all the same
        self._waiting.put(_Waiting(events, own, round(self.clock() * 1000), sent_by, receipt, future))
        return future

    def _write(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, count, ended = [first], len(first.events), False
            while count < MOST_AT_ONCE and not self._waiting.empty():
                more = self._waiting.get()
                if more is None:
                    ended = True
                    break
                group.append(more)
                count += len(more.events)
            try:
                self._commit(group)
            except Exception as error:  # whatever it is, nobody may wait for ever
                for one in group:
                    if not one.future.done():
                        one.future.set_exception(_as_own(error))
            if ended:
                return

    def _commit(self, group: list[_Waiting]) -> None:
        """Put all batches of a group into the log in one transaction, lay them on the picture, acknowledge."""
        for _ in range(TRIES):
            self._follow()
            entries, owners = self._told_apart(group)
            try:
                if entries:
                    self.log.add(entries)
            except NumberTakenError:
                continue
            self._lay(entries, owners)
            for one in group:
                one.receipt.number = self._number_for(one.receipt.organisation)
                if one.events:
                    self.on_stored(self.clock() - one.received_ms / 1000)
                one.future.set_result(one.receipt)
            self._snapshots.keep_one(self._last)
            return
        raise LiveStoreError("too many servers write to one log at once: nothing of this was acknowledged; try again")

    def _follow(self) -> None:
        """Read what is in the log and not in the picture: of another server, or of a commit whose answer was lost."""
        if self.log.last_number() > self.picture.number:
            self._lay(list(self.log.entries(self.picture.number)), [])

    def _number_for(self, organisation: str) -> int:
        """The last entry, by the numbers of whoever asks: those of an organisation tell nothing of the others."""
        sight = self.sights.get(organisation)
        return self.picture.number if sight is None else sight.picture.number

    def _told_apart(self, group: list[_Waiting]) -> tuple[list[Entry], list[tuple[_Waiting, int] | None]]:
        """What of a group is new, as entries, each with whose it is."""
        events = [(waiting, at, sent) for waiting in group for at, sent in waiting.events]
        there = {key: known.digest for key, known in self.log.find([(s.source, s.id) for *_, s in events]).items()}
        entries: list[Entry] = []
        owners: list[tuple[_Waiting, int] | None] = []
        tally: dict[str, dict[str, int]] = {}
        for waiting in group:
            waiting.receipt.taken = waiting.receipt.doubled = 0
            waiting.receipt.refused = [one for one in waiting.receipt.refused if one.rule != CONTRADICTORY]
            waiting.receipt.noted = []
        number = self.picture.number
        for waiting, at, sent in events:
            before = there.get((sent.source, sent.id))
            if before is None:
                there[sent.source, sent.id] = sent.digest
                number += 1
                entries.append(_entry_of(number, sent, waiting))
                owners.append((waiting, at))
                waiting.receipt.taken += 1
            elif before == sent.digest:
                waiting.receipt.doubled += 1
                _count(tally, sent.source, DOUBLED)
            else:
                message = "an event with this id says something else already; it stays. Give a new event a new id"
                waiting.receipt.refused.append(Told(at, sent.id, CONTRADICTORY, message))
                _count(tally, sent.source, CONTRADICTORY)
        owned = [(waiting, one) for waiting in group for one in waiting.own]
        if tally:
            owned.append((group[0], (TALLY, uuid.uuid4().hex, "", tally)))
        for waiting, (kind, event_id, subject, body) in owned:
            number += 1
            at_ms = waiting.received_ms
            entries.append(Entry(number, OWN, event_id, waiting.sent_by, at_ms, at_ms, None, kind, subject, body, ""))
            owners.append(None)
        return entries, owners

    def _lay(self, entries: Sequence[Entry], owners: Sequence[tuple[_Waiting, int] | None]) -> None:
        if not entries:
            return
        with self.changes:
            for place, entry in enumerate(entries):
                met = fold(self.picture, entry, self.known)
                seen = {organisation: sight.lay(entry) for organisation, sight in self.sights.items()}
                owner = owners[place] if place < len(owners) else None
                if owner is None:
                    continue
                waiting, at = owner
                met = seen.get(waiting.receipt.organisation, met)  # by what the sender sees, not by what others said
                if met:
                    aside = " and is not in the picture" if SET_ASIDE & set(met) else ""
                    message = f"it is in the log{aside}"
                    waiting.receipt.noted += [Told(at, entry.event_id, rule, message) for rule in met]
            self._last = entries[-1]
            self.changes.notify_all()

    def _keep_in(self, snapshot: Path, whole: int, sights: Mapping[str, int]) -> None:
        """Keep all pictures beside a file, each of which was kept last with the entry that is told here."""
        self._snapshots.add(lambda last: write_snapshot(snapshot, self.picture, last, self.known), whole)
        for name, number in sights.items():
            write = partial(write_sight, sight_path(snapshot, name), self.sights[name])
            self._snapshots.add(write, number)


def _entry_of(number: int, sent: Sent, waiting: _Waiting) -> Entry:
    return Entry(number, sent.source, sent.id, waiting.sent_by, waiting.received_ms, sent.time_ms, sent.sequence,
                 sent.kind, sent.subject, sent.body, sent.digest)  # fmt: skip


def _count(tally: dict[str, dict[str, int]], source: str, rule: str) -> None:
    counts = tally.setdefault(source, {})
    counts[rule] = counts.get(rule, 0) + 1


def _as_own(error: Exception) -> BeredtError:
    if isinstance(error, BeredtError):
        return error
    return LiveStoreError(f"a fault of Beredt while writing the log ({type(error).__name__}): send it again")
