"""What all databases have in common: SQLite or PostgreSQL behind one address, rows that stay, and versions of tables.

Tables and questions are written once, in SQLAlchemy's core. What one database needs beyond that is all in this file.
A part is a set of tables that is made, upgraded and kept together; its version counts from 1 and is one more for every
step that its tables have gone through since they were first in use.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from beredt.errors import OptionError

KEY = BigInteger().with_variant(Integer, "sqlite")
"""Type of a key that counts up; SQLite counts up only where the type is INTEGER."""

_VERSIONS = MetaData()
VERSIONS = Table(
    "beredt_versions",
    _VERSIONS,
    Column("part", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""The version of every part in a database. A part with tables and no row here is of version 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a part's tables to the next: what it does, in words, and the doing of it.

    `do` runs in one transaction with all other steps and must leave every row that is there; new columns have a default
    or may be empty, so that a server of the version before can go on writing until it is stopped.
    """

    what: str
    do: Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Versions:
    """The name of a part, and its steps from version 1 on."""

    part: str
    steps: tuple[Step, ...] = ()

    @property
    def newest(self) -> int:
        """The version that this program knows."""
        return 1 + len(self.steps)


_KEY = "beredt.versions"


def keep_versions(tables: MetaData, part: str, *steps: Step) -> None:
    """Say what a set of tables is called, and which steps lead from its first version to the one that is written down.

    A change of a table that is in use is a change of its columns in the code *and* a step here. A table that is new
    needs none: it is made where it is missing.
    """
    tables.info[_KEY] = Versions(part, steps)


def versions_of(tables: MetaData) -> Versions | None:
    """What `keep_versions` said."""
    found = tables.info.get(_KEY)
    return found if isinstance(found, Versions) else None


def add_column(table: str, column: str, kind: str) -> Callable[[Connection], None]:
    """The doing of a step that adds a column: `kind` is its type with its default, as both databases write it."""

    def do(connection: Connection) -> None:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))

    return do


def only_add(table: Table) -> None:
    """Have the database refuse to change or delete rows of a table, whoever writes to it, this program or another."""
    for verb in ("UPDATE", "DELETE"):
        event.listen(table, "after_create", _ddl(_refuses(table, verb)).execute_if(dialect="sqlite"))
    stays = f"{table.name}_stays"
    function = (
        f"CREATE FUNCTION {stays}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$"
    )
    trigger = (
        f"CREATE TRIGGER {stays} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {stays}()"
    )
    for statement in (function, trigger):  # one by one: a driver that prepares statements takes one at a time
        event.listen(table, "after_create", _ddl(statement).execute_if(dialect="postgresql"))


def lock_for_adding(connection: Connection, table: Table) -> None:
    """Have other writers of a table wait until this transaction ends. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ddl(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE"))


@contextmanager
def changeable(connection: Connection, table: Table) -> Iterator[None]:
    """Let rows of a table that is only added to be changed within a transaction, which must be under way.

    For rules of retention only: whoever uses this writes down what was deleted, and by which rule.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ddl(f"ALTER TABLE {table.name} DISABLE TRIGGER {table.name}_stays"))
        yield
        connection.execute(_ddl(f"ALTER TABLE {table.name} ENABLE TRIGGER {table.name}_stays"))
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # or the driver would begin with the first change, after the triggers
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    for verb in ("UPDATE", "DELETE"):
        connection.execute(_ddl(f"DROP TRIGGER {table.name}_no_{verb.lower()}"))
    yield
    for verb in ("UPDATE", "DELETE"):
        connection.execute(_ddl(_refuses(table, verb)))


def open_engine(url: str, tables: MetaData, *, durable: bool = False) -> Engine:
    """Open the database at an address as SQLAlchemy writes it; make tables that it does not have, upgrade older ones.

    Before a file of SQLite is upgraded, a copy of it is laid beside it.

    Args:
        url: the address.
        tables: that it is to have.
        durable: what is committed survives a loss of power as well, at the price of waiting for the disk every time;
            otherwise it survives the death of every process. (A PostgreSQL does what its own settings say.)

    Raises:
        OptionError: its tables are of a newer version than this program knows.
    """
    engine = create_engine(url)
    weakref.finalize(engine, engine.pool.dispose)  # nobody has to remember to close what lies in the pool
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_durable_sqlite if durable else _prepare_sqlite)
    _bring_up_to_date(engine, tables)
    return engine


def read_version(connection: Connection, tables: MetaData, there: Collection[str] | None = None) -> int | None:
    """The version of a part in a database; None where none of its tables are there.

    Args:
        connection: to the database.
        tables: of the part.
        there: names of the tables that the database has, where they are known.
    """
    names = inspect(connection).get_table_names() if there is None else there
    if not any(name in names for name in tables.tables):
        return None
    versions = versions_of(tables)
    if versions is None or VERSIONS.name not in names:
        return 1
    found = connection.execute(select(VERSIONS.c.version).where(VERSIONS.c.part == versions.part)).scalar()
    return 1 if found is None else int(found)


def _bring_up_to_date(engine: Engine, tables: MetaData) -> None:
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
        _VERSIONS.create_all(connection)
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


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a file of SQLite as it is at one moment, while others may write to it."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def _too_new(engine: Engine, versions: Versions, version: int) -> OptionError:
    is_file = engine.dialect.name == "sqlite"
    where = str(engine.url.database) if is_file else shown(engine.url)
    reason = f"its {versions.part} tables are of version {version}, and this Beredt knows version {versions.newest}"
    remedy = "use the newer Beredt that has written them, or restore a backup that was made before"
    return OptionError("--data" if is_file else "--database", where, reason, remedy)


def open_kept(file: Path, address: str | None, tables: MetaData, kept: str, *, durable: bool = False) -> Engine:
    """Open a file of the data folder, made at first use and readable by its owner only, or a PostgreSQL.

    Args:
        file: in the data folder.
        address: of a PostgreSQL that is used instead.
        tables: that it is to have.
        kept: what is kept there, for whoever is told that it cannot be.
        durable: as in `open_engine`.

    Raises:
        OptionError: the folder cannot be written to, or the PostgreSQL not be used.
    """
    if address is not None:
        return open_server(address, tables)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        reason = f"{kept} are kept there, and it cannot be written: {error.strerror}"
        raise OptionError("--data", str(file), reason, "name a folder that you may write to") from error
    return open_engine(f"sqlite:///{file}", tables, durable=durable)


def shown(url: URL) -> str:
    """An address that may be told: without its password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def open_server(url: str, tables: MetaData) -> Engine:
    """Open the PostgreSQL at an address that a user gave.

    Raises OptionError when it cannot be reached or used.
    """
    with told_of_server(url):
        return open_engine(url, tables)


@contextmanager
def told_of_server(url: str) -> Iterator[None]:
    """Have it told, in a ``with`` block, that the PostgreSQL at an address cannot be reached or used: OptionError."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        remedy = "check the address, that its server runs and lets this user in, and that the user may make tables"
        raise OptionError("--database", shown(make_url(url)), f"it cannot be used: {reason}", remedy) from error


def _refuses(table: Table, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
        "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
    )


def _ddl(text: str) -> DDL:
    return DDL(text)  # type: ignore[no-untyped-call]


def _prepare_sqlite(connection: Any, _record: object) -> None:
    _prepare(connection, "NORMAL")


def _prepare_durable_sqlite(connection: Any, _record: object) -> None:
    _prepare(connection, "FULL")


def _prepare(connection: Any, synchronous: str) -> None:
    """Readers beside one writer, a writer that waits for another, and references that hold."""
    cursor = connection.cursor()
    for line in ("journal_mode=WAL", f"synchronous={synchronous}", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()
