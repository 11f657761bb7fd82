"""A watched folder: each file that appears in it is sent once, and moved to where one sees what became of it.

    FOLDER/            files arrive here, whole: written under another name or ending, then renamed
    FOLDER/claimed/    being sent; after a kill they are found here and sent again
    FOLDER/done/       every event is on the server's disk
    FOLDER/faulty/     what could not be read, or has events that were refused, beside a file that says why

A file is claimed by a rename and held by a lock that the system lets go of when its holder dies: of two that watch one
folder each file has one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from beredt.errors import OptionError
from beredt.live.connect.delivery import Delivered, Delivery
from beredt.live.connect.read_dropped import ENDINGS, DroppedFileError, read_dropped

CLAIMED, DONE, FAULTY = "claimed", "done", "faulty"
SETTLES_S = 1.0
"""A file that was written to so lately is left for the next round."""


class Sent(NamedTuple):
    """A file that was worked off: its name, what became of its events, and why it is faulty ("" if it is not)."""

    name: str
    delivered: Delivered
    why: str


def prepare_folder(folder: Path) -> None:
    """Make the folders beside the files. Raises OptionError where that cannot be."""
    if os.name == "nt":
        raise OptionError("--folder", str(folder), "files cannot be held on this system", "watch it on Linux or macOS")
    try:
        for name in (CLAIMED, DONE, FAULTY):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError("--folder", str(folder), str(error.strerror), "name a folder that you may write") from error


def work_off(folder: Path, delivery: Delivery) -> Iterator[Sent]:
    """One round: what a killed one left behind, then what has arrived, the oldest first. Raises LiveStoreError."""
    _claim(folder, delivery.clock())
    for path in sorted((folder / CLAIMED).iterdir()):
        with _held(path) as is_mine:
            if is_mine:
                yield _send(folder, path, delivery)


def _claim(folder: Path, now_s: float) -> None:
    """Take all files that have settled: under a name that nobody else has, which sorts by when they were written."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith(".")]
    for path in found:
        try:
            written_ns = path.stat().st_mtime_ns
            if not path.is_file() or now_s - written_ns / 1e9 < SETTLES_S:
                continue
            at = datetime.fromtimestamp(written_ns / 1e9, UTC)
            path.rename(folder / CLAIMED / f"{at:%Y%m%dT%H%M%S.%f}-{os.getpid()}-{os.urandom(3).hex()}-{path.name}")
        except FileNotFoundError:
            continue  # somebody else was here first


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Hold a claimed file for the length of a ``with`` block; whether it is ours to work off."""
    import fcntl

    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield path.exists()  # else its holder was done between our look and our lock


def _send(folder: Path, path: Path, delivery: Delivery) -> Sent:
    name = path.name.split("-", 3)[-1]
    delivered, why = Delivered(), ""
    try:
        delivered = delivery.deliver(read_dropped(path, path.suffix.lower()))
    except DroppedFileError as error:
        why = str(error)
    if delivered.refused:
        why = json.dumps(delivered.refused, ensure_ascii=False, indent=1)
    if why:
        (folder / FAULTY / f"{path.name}.why.txt").write_text(why, encoding="utf-8")
    path.rename(folder / (FAULTY if why else DONE) / path.name)
    return Sent(name, delivered, why)
