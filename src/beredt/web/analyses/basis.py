"""What an analysis rests on: the study without alternatives, and the alternatives that it was asked about.

An alternative that somebody saves besides changes nothing of the answer; a table of the study, or an edit of an
alternative that was asked about, does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from beredt.model.alternative import TODAY
from beredt.model.dictionary import load_tables
from beredt.model.reading.files import ALTERNATIVES_FOLDER, fingerprint, read_files
from beredt.model.study import Study
from beredt.web.kept import Kept
from beredt.web.open_study import OpenStudy

STUDIES_KEPT = 8


class Bases:
    """Checksums of what analyses rest on. The files of a study are read once for each of its states."""

    def __init__(self) -> None:
        self._of_files: Kept[tuple[str, str], str] = Kept(STUDIES_KEPT)

    def basis_of(self, opened: OpenStudy, study: Study, alternatives: Iterable[str]) -> str:
        """SHA-256 over the study and these alternatives; those that are gone count as such.

        Args:
            opened: where its files lie.
            study: as it was read now.
            alternatives: ids; today's is in the study anyway.
        """
        base = self._of_files.get((opened.id, study.fingerprint), lambda: _base(opened))
        edits = {one.id: one.edits for one in study.alternatives}
        named = sorted(set(alternatives) - {TODAY})
        text = "\n".join([base, *(f"{one}: {edits.get(one)!r}" for one in named)])
        return hashlib.sha256(text.encode()).hexdigest()


def _base(opened: OpenStudy) -> str:
    _, contents, _ = read_files(opened.folder, load_tables())
    return fingerprint({name: content for name, content in contents.items() if not _is_alternative(name)})


def _is_alternative(name: str) -> bool:
    return name.startswith(f"{ALTERNATIVES_FOLDER}/")
