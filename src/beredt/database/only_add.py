"""Tables that are only added to: the database itself refuses to change what is there, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import DDL, Connection, Table, event


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


def _refuses(table: Table, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
        "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
    )


def _ddl(text: str) -> DDL:
    return DDL(text)  # type: ignore[no-untyped-call]
