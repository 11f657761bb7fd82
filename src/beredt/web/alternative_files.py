"""The files of alternatives: read with their version, checked before they are written, and never half written."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beredt.errors import OptionError, StaleVersionError, StudyError
from beredt.model.alternative import TODAY, Alternative
from beredt.model.edits.parse import parse_edits
from beredt.model.reading.files import ALTERNATIVES_FOLDER
from beredt.web.alternative_text import AlternativeContent, changed_text, new_text
from beredt.web.open_study import OpenStudy

VERSION_DIGITS = 16
ENDING = ".toml"
NOT_FILE_NAMES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")
"""Names that mean a device on some machines."""


@dataclass(frozen=True, slots=True)
class AlternativeText:
    """A file as it was read: its text, its edits as they stand there, and its version."""

    text: str
    entries: list[dict[str, Any]]
    version: str


def read_alternative(folder: Path, file: str) -> AlternativeText:
    """A file by its path inside the study, such as `alternatives/2.toml`, that the study was read from."""
    content = (folder / file).read_bytes()
    text = content.decode("utf-8-sig")
    return AlternativeText(text, list(tomllib.loads(text).get("edits", [])), version_of(content))


def version_of(content: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()[:VERSION_DIGITS]


def create_alternative(opened: OpenStudy, content: AlternativeContent) -> Alternative:
    """Write a new alternative.

    Raises StaleVersionError when the id is taken, and StudyError with every issue when it does not fit the study;
    nothing is written then.
    """
    with opened.writing:
        study = opened.get_study()
        if content.id == TODAY or any(one.id == content.id for one in study.alternatives):
            raise StaleVersionError(
                Path(ALTERNATIVES_FOLDER), f"there is an alternative {content.id!r} already: give this one another id"
            )
        file = _free_file(opened.folder, content.id)
        _checked_edits(content, file)
        return _write(opened, file, new_text(content), content.id)


def save_alternative(opened: OpenStudy, content: AlternativeContent, version: str) -> Alternative:
    """Write an alternative that is there, if it is still as it was when `version` was read; comments are kept.

    Raises UnknownIdError for no such alternative, StaleVersionError when somebody else has changed it, and StudyError
    with every issue when it does not fit the study; nothing is written then.
    """
    with opened.writing:
        study = opened.get_study()
        file = study.get_alternative(content.id).file
        before = _current(opened.folder, file, version)
        _checked_edits(content, file)
        return _write(opened, file, changed_text(before.text, content), content.id)


def delete_alternative(opened: OpenStudy, alternative_id: str, version: str) -> None:
    """Delete an alternative, if it is still as it was when `version` was read and nothing in the study names it.

    Raises UnknownIdError, StaleVersionError, and StudyError with every issue that the study would then have.
    """
    with opened.writing:
        file = opened.get_study().get_alternative(alternative_id).file
        _current(opened.folder, file, version)
        _refuse_outside(opened.folder, file)
        opened.try_change({file: None}).get_study()
        (opened.folder / file).unlink()


def _current(folder: Path, file: str, version: str) -> AlternativeText:
    """The file as it is. Raises StaleVersionError when that is not the version that somebody has seen."""
    found = read_alternative(folder, file)
    if found.version != version:
        raise StaleVersionError(
            folder / file,
            f"{file} was changed by somebody else since it was read here: load it again, and save your draft under "
            "another id, or on top of it",
        )
    return found


def _write(opened: OpenStudy, file: str, text: str, alternative_id: str) -> Alternative:
    """Check a file against the whole study, then put it in its place in one step."""
    _refuse_outside(opened.folder, file)
    content = text.encode()
    study = opened.try_change({file: content}).get_study()
    place = opened.folder / file
    try:
        place.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".saving-", delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
            except OSError:
                Path(draft.name).unlink()  # a full disk is not filled with halves
                raise
        Path(draft.name).replace(place)
    except OSError as error:
        remedy = "make the folder one that you may write to, or open a copy of the study"
        raise OptionError(str(place), "", f"cannot be written: {error.strerror or error}", remedy) from error
    return study.get_alternative(alternative_id)


def _checked_edits(content: AlternativeContent, file: str) -> None:
    """Refuse edits that are not even in the form of edits, before they are made into TOML. Raises StudyError."""
    issues = parse_edits(file, "", content.edits).issues
    if issues:
        raise StudyError(issues)


def _free_file(folder: Path, alternative_id: str) -> str:
    """A file for a new alternative: its id in letters that every machine allows in a name."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", alternative_id.lower().replace("+", "plus")).strip("-")
    if not plain or NOT_FILE_NAMES.match(plain):
        plain = f"alternative-{plain}".rstrip("-")
    names = (plain, *(f"{plain}-{number}" for number in range(2, 10_000)))
    taken = {path.name.lower() for path in (folder / ALTERNATIVES_FOLDER).glob("*")}
    return f"{ALTERNATIVES_FOLDER}/{next(one + ENDING for one in names if one + ENDING not in taken)}"


def _refuse_outside(folder: Path, file: str) -> None:
    """Nothing outside the study's folder is ever written, wherever links in it lead. Raises OptionError."""
    place = (folder / file).parent.resolve()
    if place != (folder.resolve() / ALTERNATIVES_FOLDER):
        message = f"the folder {ALTERNATIVES_FOLDER} of the study leads elsewhere, to {place}"
        raise OptionError("alternative", file, message, "make it a folder of the study itself")
