"""What all databases have in common: SQLite or PostgreSQL behind one address, and rows that stay.

Tables and questions are written once, in SQLAlchemy's core. What one database needs beyond that is all in this file.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import DDL, BigInteger, Engine, Integer, MetaData, Table, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from beredt.errors import OptionError

KEY = BigInteger().with_variant(Integer, "sqlite")
"""Type of a key that counts up; SQLite counts up only where the type is INTEGER."""


def only_add(table: Table) -> None:
    """Have the database refuse to change or delete rows of a table, whoever writes to it, this program or another."""
    for verb in ("UPDATE", "DELETE"):
        trigger = (
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
        )
        event.listen(table, "after_create", _ddl(trigger).execute_if(dialect="sqlite"))
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


def open_engine(url: str, tables: MetaData, *, durable: bool = False) -> Engine:
    """Open the database at an address as SQLAlchemy writes it, and make the tables that it does not have.

    Args:
        url: the address.
        tables: that it is to have.
        durable: what is committed survives a loss of power as well, at the price of waiting for the disk every time;
            otherwise it survives the death of every process. (A PostgreSQL does what its own settings say.)
    """
    engine = create_engine(url)
    weakref.finalize(engine, engine.pool.dispose)  # nobody has to remember to close what lies in the pool
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_durable_sqlite if durable else _prepare_sqlite)
    try:
        tables.create_all(engine)
    except DBAPIError:
        tables.create_all(engine)  # another server made them between the look and the making
    return engine


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
    try:
        return open_engine(url, tables)
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        remedy = "check the address, that its server runs and lets this user in, and that the user may make tables"
        raise OptionError("--database", shown(make_url(url)), f"it cannot be used: {reason}", remedy) from error


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
