"""A user's own copy of a bundled study, and whether the bundled one is another by now.

A copy stays as it is when Beredt is upgraded. A hidden file in it says what it was copied from; copies made before
there was such a file are held against what a copy made now would be, but for alternatives, which users change.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from beredt.model.copy_study import copy_study
from beredt.model.reading.files import ALTERNATIVES_FOLDER

MARK = ".copied-from"
"""File in the copy with the version of the study that it was made of."""

NOT_DATA = frozenset({".py", ".pyc"})


def copy_bundled(bundled: Path, folder: Path) -> None:
    """Copy a bundled study to a folder, and note there which version of it that is."""
    copy_study(bundled, folder)
    (folder / MARK).write_text(version_of(bundled) + "\n", encoding="utf-8")


def find_newer(copy: Path, bundled: Path) -> str | None:
    """The version of the bundled study, where the copy was made of another one; None where it was made of this one."""
    version, mark = version_of(bundled), copy / MARK
    is_same = mark.read_text("utf-8").strip() == version if mark.is_file() else _is_as_new(copy, bundled)
    return None if is_same else version


def version_of(folder: Path) -> str:
    """SHA-256 over names and contents of a study's files."""
    digest = hashlib.sha256()
    for name, path in _files(folder).items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _is_as_new(copy: Path, bundled: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix="beredt-copy-") as made:
        fresh = Path(made) / "study"
        copy_study(bundled, fresh)
        wanted = {name: path for name, path in _files(fresh).items() if not name.startswith(f"{ALTERNATIVES_FOLDER}/")}
        return all(
            (copy / name).is_file() and (copy / name).read_bytes() == path.read_bytes() for name, path in wanted.items()
        )


def _files(folder: Path) -> dict[str, Path]:
    """Files by name, in the order of their names; hidden ones and what Python leaves are no part of a study."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in NOT_DATA)
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: named[name] for name in sorted(named) if not any(part.startswith(".") for part in name.split("/"))}
