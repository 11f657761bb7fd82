"""A backup brought back: into an empty data folder or an empty PostgreSQL, from whichever of the two it was made.

Every file is held against its checksum first; a backup of an older version is upgraded in a copy of it. Nothing that is
there is ever overwritten.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from beredt.database.open import open_engine
from beredt.errors import OptionError
from beredt.web.keeping.backup import FILES, FORM, LIST, Backup, checksum
from beredt.web.keeping.copy_rows import copy_rows
from beredt.web.keeping.kept_parts import KeptPart, kept_parts


def restore(backup: Path, data_folder: Path, address: str | None) -> Backup:
    """Bring a backup back.

    Args:
        backup: its folder.
        data_folder: of the server, which keeps nothing yet.
        address: of a PostgreSQL without rows that is to keep the databases; None for files in the data folder.

    Raises:
        OptionError: it is no whole backup, a newer program made it, or something is there already.
    """
    told = _read_list(backup)
    parts = [part for part in kept_parts() if part.name in told["parts"]]
    _check_whole(backup, told)
    for part in kept_parts():
        _check_empty(part, data_folder, address)
    _check_no_files(backup, data_folder)
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="beredt-restore-") as drafts:
        opened = [(part, _upgraded(backup / told["parts"][part.name]["file"], Path(drafts), part)) for part in parts]
        for part, source in opened:
            rows = _put(part, source, data_folder, address)
            found[part.name] = {**told["parts"][part.name], "version": part.versions.newest, "rows": rows}
            source.dispose()
    files = _put_files(backup / FILES, data_folder)
    return Backup(backup, found, files)


def _read_list(backup: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((backup / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = f"there is no {LIST} that can be read: {error}"
        raise OptionError("BACKUP", str(backup), reason, "name the folder of a whole backup") from error
    if told.get("form") != FORM:
        raise OptionError("BACKUP", str(backup), f"it is of form {told.get('form')}, this Beredt knows {FORM}",
                          "use the Beredt that has made it")  # fmt: skip
    return told


def _check_whole(backup: Path, told: dict[str, Any]) -> None:
    for name, part in told["parts"].items():
        path = backup / part["file"]
        if not path.is_file() or checksum(path) != part["sha256"]:
            reason = f"{part['file']} ({name}) is missing, or is not what was written"
            raise OptionError("BACKUP", str(backup), reason, "use another backup")


def _check_empty(part: KeptPart, data_folder: Path, address: str | None) -> None:
    with part.looking(data_folder, address) as connection:
        rows = 0 if connection is None else sum(part.count_rows(connection).values())
    if rows:
        where = str(data_folder / part.file) if address is None else "the database"
        reason = f"{rows} rows of {part.name} are in it already"
        raise OptionError("--data" if address is None else "--database", where, reason, "name one that is empty")


def _check_no_files(backup: Path, data_folder: Path) -> None:
    source = backup / FILES
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        there = data_folder / path.relative_to(source)
        if path.is_file() and there.exists():
            raise OptionError("--data", str(there), "it is there already", "name a folder that is empty")


def _upgraded(file: Path, drafts: Path, part: KeptPart) -> Engine:
    """A copy of a part of the backup, as this program has it."""
    draft = drafts / file.name
    shutil.copyfile(file, draft)
    return open_engine(f"sqlite:///{draft}", part.tables)


def _put(part: KeptPart, source: Engine, data_folder: Path, address: str | None) -> dict[str, int]:
    """Copy all rows of a part in one transaction."""
    target = part.open(data_folder, address)
    with ExitStack() as stack:
        here, there = stack.enter_context(source.connect()), stack.enter_context(target.begin())
        rows = copy_rows(here, there, part.tables, part.passing)
    target.dispose()
    return rows


def _put_files(source: Path, data_folder: Path) -> int:
    if not source.is_dir():
        return 0
    shutil.copytree(source, data_folder, dirs_exist_ok=True)
    return sum(path.is_file() for path in source.rglob("*"))
