"""The studies that are open."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from beredt.errors import ServeError, UnknownIdError
from beredt.model.find import find_study_folder
from beredt.web.bundled_copy import copy_bundled
from beredt.web.open_study import OpenStudy, bundled_name, id_in_settings

COPIES = "studies"


class Library:
    """Studies by the id under which they are asked for, in the order in which they were opened."""

    def __init__(self, studies: Iterable[OpenStudy]) -> None:
        self._studies = {study.id: study for study in studies}

    def list_studies(self) -> tuple[OpenStudy, ...]:
        """All studies."""
        return tuple(self._studies.values())

    def find_only(self) -> str | None:
        """The id of the study, None when there are several."""
        return next(iter(self._studies)) if len(self._studies) == 1 else None

    def get(self, study_id: str) -> OpenStudy:
        """The study with this id. Raises UnknownIdError."""
        if study_id not in self._studies:
            raise UnknownIdError("open study", study_id, self._studies)
        return self._studies[study_id]


def open_library(names: Sequence[str], data_folder: Path) -> Library:
    """Open studies where they lie; of a bundled one, which is never written, a copy in the data folder.

    Only the name of each study is looked at now: a faulty study opens too, and shows its issues.

    Args:
        names: folders, or names of bundled studies.
        data_folder: its folder `studies` holds the copies.

    Raises:
        StudyNotFoundError: no such study.
        ServeError: a copy cannot be made.
    """
    studies: list[OpenStudy] = []
    for name in names:
        folder = find_study_folder(name)
        name_of_bundled, bundled = bundled_name(folder), None
        if name_of_bundled is not None:
            bundled, folder = folder, copy_for_user(name_of_bundled, folder, data_folder)
        folder = folder.resolve()
        if all(study.folder != folder for study in studies):
            own_id = _free_id(id_in_settings(folder), {study.id for study in studies})
            studies.append(OpenStudy(own_id, folder, bundled=bundled))
    return Library(studies)


def copy_for_user(name: str, bundled: Path, data_folder: Path) -> Path:
    """The user's own copy of a bundled study, made at first use. Raises ServeError when it cannot be made."""
    folder = data_folder / COPIES / name
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".copying-") as made:
            copy_bundled(bundled, Path(made) / name)
            shutil.move(Path(made) / name, folder)
    except OSError as error:
        raise ServeError(
            f"the study {name} cannot be copied to {folder}: {error.strerror or error}. "
            "Name a folder that you may write to with --data."
        ) from error
    return folder


def _free_id(wanted: str, taken: set[str]) -> str:
    """An id that fits in an address and that no other study has: of two with one name the second gets a number."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", wanted.lower()).strip("-_") or "study"
    return next(one for one in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
