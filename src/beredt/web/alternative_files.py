"""The files of alternatives: read as they are written, with the version that a later change is held against."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class AlternativeText:
    """A file as it was read: its text, its edits as they stand there, and its version."""

    text: str
    entries: list[dict[str, Any]]
    version: str


class AlternativeFiles:
    """The alternatives of one study folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, file: str) -> AlternativeText:
        """A file by its path inside the study, such as `alternatives/2.toml`, that the study was read from."""
        content = (self._folder / file).read_bytes()
        text = content.decode("utf-8-sig")
        return AlternativeText(text, list(tomllib.loads(text).get("edits", [])), version_of(content))


def version_of(content: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()[:VERSION_DIGITS]
