"""When the pictures of a live server are kept on disk: the whole one, and what each organisation sees."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from beredt.live.store.entry import Entry

SNAPSHOT_EVERY = 50_000
"""Entries between two snapshots of one picture."""


@dataclass(slots=True)
class _Kept:
    """A picture: what writes it, given its last entry, and the entry with which it was kept last."""

    write: Callable[[Entry], None]
    number: int


class Snapshots:
    """The snapshots of one server. For whoever changes the pictures, so that none changes while it is written."""

    def __init__(self) -> None:
        self._all: list[_Kept] = []

    def add(self, write: Callable[[Entry], None], number: int) -> None:
        """Keep a picture from now on.

        Args:
            write: writes it, given the entry that it ends with; an OSError of it changes nothing.
            number: the entry with which it was kept last, 0 for none.
        """
        self._all.append(_Kept(write, number))

    def keep_one(self, last: Entry | None) -> None:
        """Write the snapshot that is oldest, if it is due.

        One at a time: whoever waits for an acknowledgement waits for one picture to be written, not for twenty.
        """
        oldest = min(self._all, key=lambda one: one.number, default=None)
        if oldest is not None and last is not None and last.number - oldest.number >= SNAPSHOT_EVERY:
            _write(oldest, last)

    def keep_all(self, last: Entry | None, *, due: bool = False) -> None:
        """Write every snapshot that is not of the last entry, or only those that are due."""
        for one in self._all:
            if last is not None and last.number - one.number >= (SNAPSHOT_EVERY if due else 1):
                _write(one, last)


def _write(kept: _Kept, last: Entry) -> None:
    with suppress(OSError):  # the log has it all: the next start takes longer, and that is all
        kept.write(last)
    kept.number = last.number
