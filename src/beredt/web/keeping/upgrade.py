"""Which versions the tables of a server have, and bringing them to those that this program knows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from beredt.database.versions import read_version
from beredt.web.keeping.kept_parts import KeptPart, kept_parts


class PartVersion(NamedTuple):
    """A part: its name, the version that is there (None for nothing), the newest, and what the steps between do."""

    part: str
    version: int | None
    newest: int
    steps: tuple[str, ...]


def list_versions(data_folder: Path, address: str | None) -> tuple[PartVersion, ...]:
    """The versions of all parts as they are; nothing is changed."""
    return tuple(_version(part, data_folder, address) for part in kept_parts())


def upgrade(data_folder: Path, address: str | None) -> tuple[PartVersion, ...]:
    """Upgrade every part that is there; gives the versions from before.

    Each part takes all its steps in one transaction. Raises OptionError where a part is newer than this program.
    """
    before = list_versions(data_folder, address)
    for part, found in zip(kept_parts(), before, strict=True):
        if found.version is not None:
            part.open(data_folder, address).dispose()
    return before


def _version(part: KeptPart, data_folder: Path, address: str | None) -> PartVersion:
    with part.looking(data_folder, address) as connection:
        version = None if connection is None else read_version(connection, part.tables)
    due = () if version is None else tuple(step.what for step in part.versions.steps[version - 1 :])
    return PartVersion(part.name, version, part.versions.newest, due)
