"""The tables of accounts, sessions and the log, in SQLite or PostgreSQL.

Tables and questions are written once, in SQLAlchemy's core. What one database needs beyond that is all in this file.
Times are whole milliseconds since 1970 in UTC: one number in every database, with nothing to convert.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)

from beredt.errors import AccountError

FILE = "access.sqlite"
"""Name of the database in the data folder."""

METADATA = MetaData()

_KEY = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only where the type is INTEGER

USERS = Table(
    "users",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("folded", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(256), nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("password_ms", BigInteger, nullable=False),
)
"""Accounts. `folded` is the name in small letters, by which it is found; `password` the hash with its parameters."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("user_id", _KEY, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)
"""Open sessions. `hash` is SHA-256 of the token: who reads the database cannot take a session over."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", _KEY, primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("what", String(512), nullable=False),
    Column("study", String(128), nullable=False),
    Column("status", Integer, nullable=False),
    Column("address", String(64), nullable=False),
    Index("audit_at", "at_ms"),
)
"""Who did what: rows are added and never changed."""


def _ddl(text: str) -> DDL:
    return DDL(text)  # type: ignore[no-untyped-call]


# Rows of the log stay as they are, whoever writes to the database through this program or beside it.
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        AUDIT,
        "after_create",
        _ddl(
            f"CREATE TRIGGER audit_no_{_verb.lower()} BEFORE {_verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
        ).execute_if(dialect="sqlite"),
    )
event.listen(
    AUDIT,
    "after_create",
    _ddl(
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$; "
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
    ).execute_if(dialect="postgresql"),
)


def open_database(data_folder: Path) -> Engine:
    """Open the database of a data folder, made at first use and readable by its owner only.

    Raises:
        AccountError: The folder cannot be written to.
    """
    path = data_folder / FILE
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise AccountError("", f"accounts are kept in {path}, which cannot be written: {error.strerror}. "
                               "Name a folder that you may write to with --data.") from error  # fmt: skip
    return open_engine(f"sqlite:///{path}")


def has_database(data_folder: Path) -> bool:
    """Whether a data folder holds a database, without making one."""
    return (data_folder / FILE).is_file()


def open_engine(url: str) -> Engine:
    """Open the database at an address as SQLAlchemy writes it, and make the tables that it does not have."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    METADATA.create_all(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, a writer that waits for another, and references that hold."""
    cursor = connection.cursor()
    for line in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()
