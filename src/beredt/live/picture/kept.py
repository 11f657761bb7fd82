"""A file that keeps what follows from a log: whole or not there, and used only where everything about it fits."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from beredt.live.store.entry import Entry


def write_kept(path: Path, heading: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    """Write a file whole or not at all.

    Args:
        path: of the file.
        heading: what has to fit for it to be used again: of what entries, by what code, with what names.
        content: what is kept, as JSON's values.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    first = json.dumps({**heading, "sha256": hashlib.sha256(body).hexdigest()}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    # Readable by its owner only, as the log is: single missions are in it.
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(first + b"\n" + body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    with suppress(OSError):  # not every system can
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def find_kept(path: Path, heading: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a file with this very heading keeps; None where there is none, or anything about it does not fit."""
    try:
        first, _, body = path.read_bytes().partition(b"\n")
        if json.loads(first) != {**heading, "sha256": hashlib.sha256(body).hexdigest()}:
            return None
        found = json.loads(body)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def kept_number(path: Path) -> int | None:
    """The entry of the log that a file says it ends with; None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            number = json.loads(file.readline())["number"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) and number > 0 else None


def ends_with(last: Entry) -> dict[str, Any]:
    """The part of a heading that says with which entry of the log it ends."""
    return {"number": last.number, "entry": [last.source, last.event_id, last.received_ms, last.digest]}
