"""The tables of accounts, sessions and the log, in SQLite or PostgreSQL.

Times are whole milliseconds since 1970 in UTC: one number in every database, with nothing to convert.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import BigInteger, Column, Engine, ForeignKey, Index, Integer, MetaData, String, Table

from beredt.database.key import KEY
from beredt.database.only_add import only_add
from beredt.database.open import open_engine, open_server
from beredt.database.versions import Step, add_column, keep_versions
from beredt.errors import AccountError

FILE = "access.sqlite"
"""Name of the database in the data folder."""

METADATA = MetaData()

USERS = Table(
    "users",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("folded", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(256), nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("password_ms", BigInteger, nullable=False),
)
"""Accounts. `folded` is the name in small letters, by which it is found; `password` the hash with its parameters."""

MEMBERS = Table(
    "members",
    METADATA,
    Column("user_id", KEY, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation", String(64), nullable=False),
    Column("since_ms", BigInteger, nullable=False, server_default="0"),
)
"""The organisation for which an account works, and since when; 0 where that was not written down yet.

An account without a row works for none that is named.
"""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("user_id", KEY, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)
"""Open sessions. `hash` is SHA-256 of the token: who reads the database cannot take a session over."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", KEY, primary_key=True, autoincrement=True),
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


AUDIT_LINKS = Table(
    "audit_links",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("audit_id", KEY, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The chain of the log (`chain.py`), numbered from 1 without a gap. It stays when a rule deletes old rows."""

# Rows of the log stay as they are, whoever writes to the database through this program or beside it.
only_add(AUDIT)
only_add(AUDIT_LINKS)

keep_versions(
    METADATA,
    "access",
    Step(
        "write down since when an account works for its organisation",
        add_column("members", "since_ms", "BIGINT NOT NULL DEFAULT 0"),
    ),
)


def open_database(data_folder: Path, address: str | None = None) -> Engine:
    """Open the database of a data folder, made at first use and readable by its owner only, or a PostgreSQL.

    Args:
        data_folder: Where the file lies.
        address: Of a PostgreSQL that is used instead.

    Raises:
        AccountError: The folder cannot be written to.
        OptionError: The PostgreSQL cannot be used.
    """
    if address is not None:
        return open_server(address, METADATA)
    path = data_folder / FILE
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise AccountError("", f"accounts are kept in {path}, which cannot be written: {error.strerror}. "
                               "Name a folder that you may write to with --data.") from error  # fmt: skip
    return open_engine(f"sqlite:///{path}", METADATA)


def has_database(data_folder: Path, address: str | None = None) -> bool:
    """Whether a data folder holds a database, without making one; a PostgreSQL always is one."""
    return address is not None or (data_folder / FILE).is_file()
