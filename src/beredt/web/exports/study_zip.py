"""A study folder as one file."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from beredt.model.reading.files import SETTINGS_FILE

NOT_OF_A_STUDY = ("results.json", "store.json")
"""Files that mark a folder of results, or a store of missions: what lies in the study's folder and is not the study."""

NOT_DATA = frozenset({".py", ".pyc"})
DATE = (1980, 1, 1, 0, 0, 0)
"""Of every entry, so that the same study has the same bytes."""


def write_study_zip(folder: Path, name: str, into: BinaryIO) -> None:
    """Write what belongs to a study below one folder called `name`: its settings, tables, roads and saved alternatives.

    Results, stores of missions, hidden files and links are left out: a link may lead to what is not the study's.
    """
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in study_files(folder):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def study_files(folder: Path) -> Iterator[Path]:
    """The files of a study, in the order of their names."""
    for here, folders, names in os.walk(folder):
        below = Path(here)
        folders[:] = sorted(one for one in folders if _is_of_study(below / one))
        for name in sorted(names):
            path = below / name
            if not name.startswith(".") and path.suffix not in NOT_DATA and not path.is_symlink():
                yield path


def _is_of_study(folder: Path) -> bool:
    if folder.name.startswith((".", "__")) or folder.is_symlink():
        return False
    return not any((folder / one).exists() for one in (*NOT_OF_A_STUDY, SETTINGS_FILE))
