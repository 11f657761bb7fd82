"""What one organisation sees of a live picture: the picture of its own log, and a desk's door to the one log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Protocol

from beredt.live.known import Known
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import ORGANISATION, SWEEP_EVERY, fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.view import UnitSeen, View, view_of
from beredt.live.receipt import Receipt
from beredt.live.sharing.agreement import Level
from beredt.live.sharing.lens import HELD_MS, Lens
from beredt.live.sharing.viewer import Viewer
from beredt.live.store.entry import Entry

Deed = tuple[str, str, str, dict[str, Any]]
"""Something to be written down: its kind, id, subject and body."""


class Seen(Protocol):
    """A picture that somebody looks at: the whole one, or what an organisation sees of it."""

    @property
    def picture(self) -> Picture:
        """Read it while holding `lock`."""
        ...

    @property
    def lock(self) -> Lock:
        """Held by whoever changes the picture."""
        ...

    @property
    def known(self) -> Known:
        """Names and limits."""
        ...

    def clock(self) -> float:
        """The time in seconds since 1970."""
        ...

    def view(self, duty: Duty, at_ms: int) -> View:
        """The picture at a moment; the caller holds `lock`."""
        ...

    def note(self, kind: str, subject: str, body: dict[str, Any], *, by: str = "", event_id: str = "") -> Receipt:
        """Write down a deed, and wait until it is on the disk. Raises LiveStoreError."""
        ...

    def note_all(self, deeds: Sequence[Deed], *, by: str = "") -> Receipt:
        """Write down several, all or none of them. Raises LiveStoreError."""
        ...


class Sight:
    """The picture of one organisation."""

    def __init__(self, viewer: Viewer, whole: Seen) -> None:
        self.viewer, self.known = viewer, viewer.known(whole.known)
        self.picture = Picture()
        self.on_seen: Callable[[Entry], object] = lambda seen: None
        """Told of every entry that is seen, with its number in the log that this organisation sees."""
        self.lens = Lens(viewer)
        """Through which it sees."""
        self._whole = whole

    @property
    def lock(self) -> Lock:
        """That of the whole picture."""
        return self._whole.lock

    def clock(self) -> float:
        """That of the server."""
        return self._whole.clock()

    def lay(self, entry: Entry) -> tuple[str, ...]:
        """Lay the next entry of the log on the picture, so far as it is seen; the caller holds `lock`.

        Returns the rules that it met there, none where it is not seen.
        """
        met: tuple[str, ...] = ()
        for seen in self.lens.see(entry):
            met = fold(self.picture, seen, self.known)
            self.on_seen(seen)
            if seen.number % SWEEP_EVERY == 0:
                self.lens.forget(self.picture.incidents, entry.received_ms - HELD_MS)
        return met

    def view(self, duty: Duty, at_ms: int) -> View:
        """The picture at a moment; what is not seen whole of a unit is told as that."""
        view = view_of(self.picture, self.known, duty, at_ms)
        return replace(view, units=tuple(self._told(unit) for unit in view.units))

    def note(self, kind: str, subject: str, body: dict[str, Any], *, by: str = "", event_id: str = "") -> Receipt:
        """Write down a deed as one of this organisation. Raises LiveStoreError."""
        return self._whole.note(kind, subject, self._marked(body), by=by, event_id=event_id)

    def note_all(self, deeds: Sequence[Deed], *, by: str = "") -> Receipt:
        """Write down several as deeds of this organisation. Raises LiveStoreError."""
        marked = [(kind, name, subject, self._marked(body)) for kind, name, subject, body in deeds]
        return self._whole.note_all(marked, by=by)

    def _marked(self, body: dict[str, Any]) -> dict[str, Any]:
        return {**body, ORGANISATION: self.viewer.organisation}

    def _told(self, unit: UnitSeen) -> UnitSeen:
        shared = self.viewer.shared.get(unit.id)
        if shared is None:
            return unit
        if shared.level is Level.FULL:
            return replace(unit, shared="full", conflicts=())
        return replace(
            unit,
            shared=shared.level.name.lower(),
            rounded_m=shared.round_m if shared.level is Level.ROUNDED else None,
            said=None,
            since_ms=self.lens.find_told_ms("status", unit.id),
            position_ms=self.lens.find_told_ms("position", unit.id),
            outside_region=False,
            conflicts=(),
        )
