"""What of an import is done: one small file for each finished piece, written when its data are safe on the disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from beredt.errors import StoreError
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.store import INFO_FILE
from beredt.missions.write_files import write_json

PLAN_FILE = "plan.json"


class Journal:
    """The finished pieces of one kind, numbered from 0 without gaps."""

    def __init__(self, folder: Path) -> None:
        """Read what is there. A piece after a gap, or one that is not whole, counts as not done."""
        self.folder = folder
        self.pieces: list[Mapping[str, Any]] = []
        while (piece := _read(self._file(len(self.pieces)))) is not None:
            self.pieces.append(piece)

    def add(self, piece: Mapping[str, Any]) -> None:
        """Write down the next piece. Its data must be on the disk."""
        write_json(piece, self._file(len(self.pieces)))
        self.pieces.append(piece)

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"


@contextmanager
def workshop(plan: ImportPlan) -> Iterator[bool]:
    """Hold the folder of an import for this process alone; True where one that was broken off goes on.

    Raises:
        StoreError: The folder holds a finished store or something else, or another import is writing to it.
    """
    out, work = plan.out, plan.work
    if (out / INFO_FILE).exists():
        raise StoreError(out, "there is a store already: name a new folder, or remove it")
    if out.exists() and not out.is_dir():
        raise StoreError(out, "it is a file: name a new folder")
    if out.is_dir() and any(out.iterdir()) and not (work / PLAN_FILE).exists() and not _only_work(out):
        raise StoreError(out, "it holds something else: name a new folder")
    work.mkdir(parents=True, exist_ok=True)
    with _lock(out, work / "lock"):
        goes_on = _read(work / PLAN_FILE) == plan.identity()
        if not goes_on:
            clear(out)
            write_json(plan.identity(), work / PLAN_FILE)
        yield goes_on


def is_finished(plan: ImportPlan) -> bool:
    """Whether this very import was stopped when the store was whole, and only tidying up was left to do."""
    return (plan.out / INFO_FILE).exists() and _read(plan.work / PLAN_FILE) == plan.identity()


def clear(out: Path) -> None:
    """Remove everything that an import has left, but the lock that is held."""
    for path in [*out.iterdir(), *(out / "work").iterdir()]:
        if path.name in {"work", "lock"}:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _only_work(out: Path) -> bool:
    """Whether there is nothing but a workshop in which not even the plan was written."""
    names = {path.name for path in out.iterdir()}
    return names == {"work"} and {path.name for path in (out / "work").iterdir()} <= {"lock", f"{PLAN_FILE}.half"}


def _read(file: Path) -> Mapping[str, Any] | None:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


@contextmanager
def _lock(out: Path, file: Path) -> Iterator[None]:
    import fcntl

    with file.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(out, "another import is writing to it: wait for it, or name another folder") from None
        yield
