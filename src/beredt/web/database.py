"""What all databases of the server have in common: SQLite or PostgreSQL behind one address, and rows that stay.

Tables and questions are written once, in SQLAlchemy's core. What one database needs beyond that is all in this file.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, BigInteger, Engine, Integer, MetaData, Table, create_engine, event
from sqlalchemy.exc import DBAPIError

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


def open_engine(url: str, tables: MetaData) -> Engine:
    """Open the database at an address as SQLAlchemy writes it, and make the tables that it does not have."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        tables.create_all(engine)
    except DBAPIError:
        tables.create_all(engine)  # another server made them between the look and the making
    return engine


def _ddl(text: str) -> DDL:
    return DDL(text)  # type: ignore[no-untyped-call]


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, a writer that waits for another, and references that hold."""
    cursor = connection.cursor()
    for line in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()
