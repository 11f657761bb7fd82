"""Names of files that come from outside: plain names, that lead nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from beredt.errors import OptionError

LONGEST = 120
"""Letters of a name; with three bytes each still one that every disk takes."""


def file_name(given: str, endings: Sequence[str] = ()) -> str:
    """The name under which an uploaded file is kept: its last part, without what is no letter, and with its ending.

    Args:
        given: Its name where it comes from.
        endings: That it may have [default: those of logs].

    Raises:
        OptionError: Nothing is left of it, or its ending is none that is read.
    """
    from beredt.missions.read.open_log import SHEETS, TEXT

    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one if one.isprintable() else "_" for one in last).strip().lstrip(".")
    whole = plain.lower()
    known = endings or (*TEXT, *(f"{one}.gz" for one in TEXT), *SHEETS, ".parquet")
    ending = next((one for one in sorted(known, key=len, reverse=True) if whole.endswith(one)), None)
    if ending is None or whole == ending:
        kinds = ", ".join(endings or (*TEXT, *SHEETS, ".parquet"))
        remedy = f"give one of {kinds}" if endings else f"give one of {kinds}; text may be gzipped (.gz)"
        raise OptionError("name", repr(given[:LONGEST]), "files of this kind are not read", remedy)
    stem = plain[: -len(ending)][: LONGEST - len(ending)]
    return stem + plain[-len(ending) :]


def inside(folder: Path, name: str) -> Path | None:
    """What has this name directly in a folder, None for anything that is not there or lies elsewhere."""
    if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
        return None
    path = folder / name
    try:
        resolved = path.resolve(strict=True)
    except (OSError, ValueError):
        return None
    return path if resolved.parent == folder.resolve() else None
