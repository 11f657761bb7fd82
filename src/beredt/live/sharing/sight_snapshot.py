"""What an organisation sees, kept on disk with what its lens remembers: a restart goes on from there.

As the snapshot of the whole picture it is used only where everything fits: besides, the organisation's units and areas
and what is agreed with others. Where an agreement was changed, its log is made anew from the beginning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from beredt.live.picture.kept import ends_with, find_kept, kept_number, write_kept
from beredt.live.picture.restore import without_collecting
from beredt.live.picture.snapshot import picture_from_json, picture_to_json, rules_fingerprint
from beredt.live.sharing.lens import Lens
from beredt.live.sharing.sight import Sight
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog

SIGHT_VERSION = 1
MAKE_THE_SIGHT = ("lens.py", "sight.py", "viewer.py", "agreement.py", "sight_snapshot.py")


@cache
def sight_rules() -> str:
    """Equal for code that makes the same picture of the same log for an organisation."""
    digest = hashlib.sha256(rules_fingerprint().encode())
    for name in MAKE_THE_SIGHT:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()


def sight_path(snapshot: Path, organisation: str) -> Path:
    """Where the sight of an organisation is kept, beside the snapshot of the whole picture."""
    return snapshot.with_name(f"{snapshot.stem}.{organisation}{snapshot.suffix}")


def write_sight(path: Path, sight: Sight, last: Entry) -> None:
    """Write a sight whole or not at all.

    Args:
        path: of the file.
        sight: on which all entries up to `last` were laid.
        last: the entry of the one log that it ends with.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    content = {"picture": picture_to_json(sight.picture), "lens": sight.lens.to_json()}
    write_kept(path, _heading(sight, last), content)


def take_up(path: Path, sight: Sight, last: Entry) -> bool:
    """Go on from what was kept, if it ends with an entry of the log and everything about it fits.

    Args:
        path: of the file.
        sight: on which nothing has been laid; it stays so where this is False.
        last: the entry of the one log whose number the file says.
    """
    content = find_kept(path, _heading(sight, last))
    try:
        if content is None:
            return False
        picture, lens = picture_from_json(content["picture"]), Lens(sight.viewer)
        lens.from_json(content["lens"])
    except (ValueError, KeyError, TypeError):
        return False
    sight.picture, sight.lens = picture, lens
    return True


def take_up_snapshot(log: EventLog, sight: Sight, snapshot: Path | None, until: int) -> int:
    """Go on from the snapshot of a sight where there is one that fits; the entry that it ends with, 0 without.

    Args:
        log: of the study.
        sight: on which nothing has been laid.
        snapshot: of the whole picture, beside which it lies; None for none.
        until: an entry after which it must not end.

    Raises:
        LiveStoreError: the log cannot be read.
    """
    if snapshot is None:
        return 0
    path = sight_path(snapshot, sight.viewer.organisation)
    number = kept_number(path)
    if number is None or number > until:
        return 0
    last = next(iter(log.entries(number - 1, number)), None)
    return number if last is not None and take_up(path, sight, last) else 0


def restore_sights(log: EventLog, sights: Mapping[str, Sight], snapshot: Path | None, until: int) -> dict[str, int]:
    """Lay the log on new sights, from where their snapshots end.

    Args:
        log: of the study.
        sights: by organisation, on which nothing has been laid.
        snapshot: of the whole picture, beside which theirs lie; None for none.
        until: the last entry to be laid.

    Returns:
        By organisation the entry that its snapshot ended with, 0 where it had none that fits.

    Raises:
        LiveStoreError: the log cannot be read.
    """
    kept = {name: take_up_snapshot(log, sight, snapshot, until) for name, sight in sights.items()}
    if not kept:
        return {}
    with without_collecting():
        for entry in log.entries(min(kept.values()), until):
            for name, sight in sights.items():
                if entry.number > kept[name]:
                    sight.lay(entry)
    return kept


def _heading(sight: Sight, last: Entry) -> dict[str, Any]:
    return {
        "sight": SIGHT_VERSION,
        "rules": sight_rules(),
        "known": sight.known.fingerprint(),
        "viewer": sight.viewer.fingerprint(),
        **ends_with(last),
    }
