"""A backup: a folder with a copy of every database as files of SQLite, of all other files, and a list of it all.

It is made while servers run. Each file of SQLite is copied as it is at one moment, and so is a PostgreSQL as a whole:
what was acknowledged before the backup began is in it. Nothing is upgraded on the way. `backup.json` is written last: a
folder without it is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, insert, inspect

from beredt import __version__
from beredt.database.address import told_of_server
from beredt.database.copy_sqlite import copy_sqlite
from beredt.database.open import open_engine
from beredt.database.versions import VERSIONS, read_version
from beredt.errors import OptionError
from beredt.web.access.chain import ANCHOR_FILE
from beredt.web.keeping.copy_rows import copy_rows
from beredt.web.keeping.kept_parts import KeptPart, kept_parts

LIST = "backup.json"
FILES = "files"
FORM = 1
"""Of the list."""
MADE_AGAIN = frozenset({"live"})
"""Folders of the data folder whose files the program makes again by itself."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup: for each part its version and the rows of its tables, and how many files lie beside."""

    folder: Path
    parts: dict[str, dict[str, Any]]
    files: int

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {"backup": str(self.folder), "parts": self.parts, "files": self.files}


def back_up(data_folder: Path, address: str | None, out: Path, now: datetime, *, files: bool = True) -> Backup:
    """Make a backup.

    Args:
        data_folder: of the server.
        address: of the PostgreSQL that it uses; None for files in the data folder.
        out: a new or empty folder, made readable for its owner only.
        now: the time.
        files: take all other files of the data folder along: studies, jobs, mission logs.

    Raises:
        OptionError: there is nothing to back up, or the folder is not empty.
    """
    _make_folder(out)
    if files:
        _take_anchor(data_folder, out / FILES)
    parts = _from_server(address, out) if address is not None else _from_files(data_folder, out)
    if not parts:
        where = str(data_folder) if address is None else "the database"
        raise OptionError("--data", where, "no server keeps anything there", "name its data folder or its database")
    taken = _take_files(data_folder, out / FILES, out) if files else 0
    backup = Backup(out, parts, taken)
    told = {"form": FORM, "program": __version__, "made": now.isoformat(timespec="seconds"), "parts": parts,
            "files": taken}  # fmt: skip
    (out / LIST).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return backup


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make_folder(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OptionError("OUT", str(out), "it exists and is not an empty folder", "name a new one")
    try:
        out.mkdir(parents=True, exist_ok=True)
        out.chmod(0o700)
    except OSError as error:
        raise OptionError("OUT", str(out), str(error.strerror), "name a folder that you may write") from error


def _from_files(data_folder: Path, out: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for part in kept_parts():
        if not (data_folder / part.file).is_file():
            continue
        copy = out / part.file
        copy.touch(mode=0o600)
        copy_sqlite(data_folder / part.file, copy)
        _let_go(copy, part)
        engine = create_engine(f"sqlite:///{copy}")
        with engine.connect() as connection:
            version = read_version(connection, part.tables)
            rows = part.count_rows(connection)
        engine.dispose()
        if version is None:
            copy.unlink()
        else:
            found[part.name] = {"file": part.file, "version": version, "rows": rows, "sha256": checksum(copy)}
    return found


def _let_go(copy: Path, part: KeptPart) -> None:
    """Take out what nobody misses: an open session must not be in a backup."""
    with closing(sqlite3.connect(copy)) as connection:
        for name in part.passing:
            with suppress(sqlite3.OperationalError):  # it was not made yet
                connection.execute(f"DELETE FROM {name}")
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")


def _from_server(address: str, out: Path) -> dict[str, dict[str, Any]]:
    """All parts of a PostgreSQL as they are at one moment."""
    found: dict[str, dict[str, Any]] = {}
    server = create_engine(address)
    with (
        told_of_server(address),
        server.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as source,
    ):
        for part in kept_parts():
            version = read_version(source, part.tables)
            if version is None:
                continue
            copy = out / part.file
            copy.touch(mode=0o600)
            shape = part.tables if version == part.versions.newest else _as_it_is(source, part)
            target = _make_copy(copy, shape, part, version)
            with target.begin() as connection:
                rows = copy_rows(source, connection, shape, part.passing)
            with target.connect() as connection:  # one file, without others beside it
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            target.dispose()
            found[part.name] = {"file": part.file, "version": version, "rows": rows, "sha256": checksum(copy)}
    server.dispose()
    return found


def _as_it_is(source: Connection, part: KeptPart) -> MetaData:
    """The tables of a part as an older program has made them."""
    there = set(inspect(source).get_table_names())
    shape = MetaData()
    shape.reflect(source, only=sorted(there & set(part.tables.tables)))
    for table in shape.tables.values():
        for column in table.columns:
            column.server_default = None  # a counter of the server's, which a file does not have
    return shape


def _make_copy(copy: Path, shape: MetaData, part: KeptPart, version: int) -> Engine:
    if shape is part.tables:
        return open_engine(f"sqlite:///{copy}", shape)
    engine = create_engine(f"sqlite:///{copy}")
    shape.create_all(engine)
    VERSIONS.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(VERSIONS).values(part=part.name, version=version))
    return engine


def _take_anchor(data_folder: Path, target: Path) -> None:
    """Before the databases: the log of deeds that is copied afterwards has come at least as far as it says."""
    with suppress(FileNotFoundError):
        anchor = (data_folder / ANCHOR_FILE).read_bytes()
        target.mkdir(parents=True, exist_ok=True)
        (target / ANCHOR_FILE).write_bytes(anchor)


def _take_files(data_folder: Path, target: Path, out: Path) -> int:
    """Copy all files but databases of parts and what is made again; queues of reviews as they are at one moment."""
    own = tuple(part.file for part in kept_parts())
    count = 0
    for path in sorted(data_folder.rglob("*")):
        inside = path.relative_to(data_folder)
        is_own = len(inside.parts) == 1 and path.name.startswith((*own, *(f".{name}" for name in own)))
        if not path.is_file() or path.is_symlink() or is_own or inside.parts[0] in MADE_AGAIN:
            continue
        if path.is_relative_to(out) or path.name.endswith(("-wal", "-shm", "-journal")):
            continue
        copy = target / inside
        if copy.exists():  # the anchor
            count += 1
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # it was thrown away meanwhile, as jobs are
            if path.suffix == ".sqlite":
                copy_sqlite(path, copy)
                os.chmod(copy, 0o600)
            else:
                shutil.copy2(path, copy)
            count += 1
    return count
