"""A picture kept on disk, so that a restart lays only the newest entries on it.

A snapshot is used only where everything fits: its own checksum, the code and names that made it, and the very entry of
the log that it ends with. Whatever is wrong with it, the log is there, and the picture is made of that.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from beredt.live.events.words import STATUSES
from beredt.live.known import Known
from beredt.live.picture.kept import ends_with, find_kept, write_kept
from beredt.live.picture.picture import Advised, Data, Datum, Key, Moved, Picture, SourceTally
from beredt.live.store.entry import Entry

SNAPSHOT_VERSION = 2
MAKE_THE_PICTURE = ("picture.py", "fold.py", "snapshot.py", "kept.py")
"""How a picture is looked at is not among them: a change there lets a long log be read anew for nothing."""


@cache
def rules_fingerprint() -> str:
    """Equal for code that makes the same picture of the same log: the very files of the fold and its words."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in (*(here / name for name in MAKE_THE_PICTURE), here.parent / "events" / "words.py"):
        digest.update(path.read_bytes())
    digest.update(" ".join(STATUSES).encode())
    return digest.hexdigest()


def write_snapshot(path: Path, picture: Picture, last: Entry, known: Known) -> None:
    """Write a picture whole or not at all.

    Args:
        path: of the file.
        picture: of all entries up to `last`.
        last: the entry that it ends with.
        known: that it was made with.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    write_kept(path, _heading(last, known), picture_to_json(picture))


def find_snapshot(path: Path, last: Entry, known: Known) -> Picture | None:
    """The picture of a snapshot that ends with an entry of the log; None where anything about it does not fit.

    Args:
        path: of the file.
        last: the entry of the log whose number the snapshot says.
        known: what the picture is to be made with.
    """
    content = find_kept(path, _heading(last, known))
    try:
        return None if content is None else picture_from_json(content)
    except (ValueError, KeyError, TypeError):
        return None


def _heading(last: Entry, known: Known) -> dict[str, Any]:
    return {
        "snapshot": SNAPSHOT_VERSION,
        "rules": rules_fingerprint(),
        "known": known.fingerprint(),
        **ends_with(last),
    }


def picture_to_json(picture: Picture) -> dict[str, Any]:
    """A picture as JSON's values."""
    return {
        "number": picture.number,
        "newest_ms": picture.newest_ms,
        "units": picture.units,
        "incidents": picture.incidents,
        "sources": {name: asdict(tally) for name, tally in picture.sources.items()},
        "changed": picture.changed,
        "advice_on": picture.advice_on,
        "advice": {name: asdict(advised) for name, advised in picture.advice.items()},
        "moved": picture.moved,
        "opened": list(picture.opened.items()),
    }


def picture_from_json(content: dict[str, Any]) -> Picture:
    """The picture that was made so. Raises ValueError, KeyError or TypeError for anything else."""
    return Picture(
        number=content["number"],
        newest_ms=content["newest_ms"],
        units={name: _data(data) for name, data in content["units"].items()},
        incidents={name: _data(data) for name, data in content["incidents"].items()},
        sources={name: SourceTally(**tally) for name, tally in content["sources"].items()},
        changed=content["changed"],
        advice_on=content["advice_on"],
        advice={name: Advised(**advised) for name, advised in content["advice"].items()},
        moved={name: Moved(*moved) for name, moved in content["moved"].items()},
        opened=dict(content["opened"]),
    )


def _data(rows: dict[str, Any]) -> Data:
    return {name: Datum(Key(*key), received_ms, number, value) for name, (key, received_ms, number, value) in
            rows.items()}  # fmt: skip
