"""The picture after a restart: of the snapshot where it fits, and of the log in any case."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from beredt.live.known import Known
from beredt.live.picture.fold import fold
from beredt.live.picture.kept import kept_number
from beredt.live.picture.picture import Picture
from beredt.live.picture.snapshot import find_snapshot
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog


class Restored(NamedTuple):
    """A picture, its last entry (None of an empty log), and how many entries were laid on what a snapshot held."""

    picture: Picture
    last: Entry | None
    laid: int


def restore(log: EventLog, known: Known, snapshot: Path | None) -> Restored:
    """The picture of everything that is in the log.

    Args:
        log: of the study.
        known: names and limits.
        snapshot: a file that may hold the picture of its first entries; None for none.

    Raises:
        LiveStoreError: the log cannot be read.
    """
    picture, last = _from_snapshot(log, known, snapshot) or (Picture(), None)
    before = picture.number
    with without_collecting():
        for last in log.entries(before):
            fold(picture, last, known)
    return Restored(picture, last, picture.number - before)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Entries hold no circles: looking for some among hundreds of thousands takes a sixth of a restart."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _from_snapshot(log: EventLog, known: Known, snapshot: Path | None) -> tuple[Picture, Entry] | None:
    number = None if snapshot is None else kept_number(snapshot)
    if snapshot is None or number is None:
        return None
    last = next(iter(log.entries(number - 1, number)), None)
    picture = None if last is None else find_snapshot(snapshot, last, known)
    return None if last is None or picture is None else (picture, last)
