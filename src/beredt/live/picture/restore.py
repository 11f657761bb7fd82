"""The picture after a restart: of the snapshot where it fits, and of the log in any case."""

from __future__ import annotations

from pathlib import Path

from beredt.live.known import Known
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.snapshot import find_snapshot, snapshot_number
from beredt.live.store.event_log import EventLog


def restore(log: EventLog, known: Known, snapshot: Path | None) -> Picture:
    """The picture of everything that is in the log.

    Args:
        log: of the study.
        known: names and limits.
        snapshot: a file that may hold the picture of its first entries; None for none.

    Raises:
        LiveStoreError: the log cannot be read.
    """
    picture = _from_snapshot(log, known, snapshot) or Picture()
    for entry in log.entries(picture.number):
        fold(picture, entry, known)
    return picture


def _from_snapshot(log: EventLog, known: Known, snapshot: Path | None) -> Picture | None:
    number = None if snapshot is None else snapshot_number(snapshot)
    if snapshot is None or number is None:
        return None
    last = next(iter(log.entries(number - 1, number)), None)
    return None if last is None else find_snapshot(snapshot, last, known)
