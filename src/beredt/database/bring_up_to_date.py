"""Tables brought to the version that this program knows, however many servers begin at a time."""

from __future__ import annotations

import os
import tempfile
import zlib
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, delete, insert, inspect, text

from beredt.database.address import shown
from beredt.database.copy_sqlite import copy_sqlite
from beredt.database.versions import OF_VERSIONS, VERSIONS, Versions, read_version, versions_of
from beredt.errors import OptionError


def bring_up_to_date(engine: Engine, tables: MetaData) -> None:
    """Make tables that a database does not have, and upgrade older ones, whole or not at all.

    Raises OptionError where they are of a newer version than this program knows.
    """
    versions = versions_of(tables)
    newest = versions.newest if versions else 1
    with engine.connect() as connection:
        there = inspect(connection).get_table_names()
        version = read_version(connection, tables, there)
        told = versions is None or VERSIONS.name in there
    if version is not None and version > newest:
        assert versions is not None
        raise _too_new(engine, versions, version)
    if version == newest and told and all(name in there for name in tables.tables):
        return
    if version is not None and version < newest:
        _lay_copy(engine, version)
    with engine.connect() as connection:
        _alone(connection)
        _upgrade(connection, tables, versions)
        connection.commit()


def _alone(connection: Connection) -> None:
    """Begin a transaction that no other server's making or upgrading runs beside."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(VERSIONS.name.encode())})


def _upgrade(connection: Connection, tables: MetaData, versions: Versions | None) -> None:
    """Make what is missing and take every step that is due: looked at anew, since another server may have been here."""
    version = read_version(connection, tables)
    if versions is not None and version is not None:
        for step in versions.steps[version - 1 :]:
            step.do(connection)
    tables.create_all(connection)
    if versions is not None:
        OF_VERSIONS.create_all(connection)
        connection.execute(delete(VERSIONS).where(VERSIONS.c.part == versions.part))
        connection.execute(insert(VERSIONS).values(part=versions.part, version=versions.newest))


def _lay_copy(engine: Engine, version: int) -> None:
    """Copy a file of SQLite as it is, beside itself and once for each version; readable by its owner only."""
    path = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or not path.is_file():
        return
    copy = path.with_name(f"{path.name}.version-{version}")
    if copy.exists():
        return
    handle, draft = tempfile.mkstemp(prefix=f".{copy.name}.", dir=path.parent)
    os.close(handle)
    copy_sqlite(path, Path(draft))
    os.replace(draft, copy)


def _too_new(engine: Engine, versions: Versions, version: int) -> OptionError:
    is_file = engine.dialect.name == "sqlite"
    where = str(engine.url.database) if is_file else shown(engine.url)
    reason = f"its {versions.part} tables are of version {version}, and this Beredt knows version {versions.newest}"
    remedy = "use the newer Beredt that has written them, or restore a backup that was made before"
    return OptionError("--data" if is_file else "--database", where, reason, remedy)
