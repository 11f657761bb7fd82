"""The table of the log, in SQLite or PostgreSQL. Times are whole milliseconds since 1970 in UTC."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import BigInteger, Column, Engine, MetaData, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from beredt.database.only_add import only_add
from beredt.database.open import open_kept
from beredt.database.versions import keep_versions

FILE = "live.sqlite"
"""Name of the database in the data folder."""

METADATA = MetaData()

LIVE_LOG = Table(
    "live_log",
    METADATA,
    Column("study", String(128), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("source", String(128), nullable=False),
    Column("event_id", String(128), nullable=False),
    Column("sent_by", String(128), nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("time_ms", BigInteger, nullable=False),
    Column("sequence", BigInteger),
    Column("kind", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(16), nullable=False),
    PrimaryKeyConstraint("study", "number", name="live_log_numbers"),
    UniqueConstraint("study", "source", "event_id", name="live_log_events"),
)
"""Everything that was acknowledged for a study, numbered from 1 without a gap. `source` is "" for what the program
itself writes down. No two writers can have the same number: whoever comes later looks again at what is there."""

only_add(LIVE_LOG)

keep_versions(METADATA, "live")


def open_live_database(data_folder: Path, address: str | None = None) -> Engine:
    """The database of a data folder, made at first use and readable by its owner only, or the PostgreSQL at an address.

    Raises OptionError when the folder cannot be written to, or the PostgreSQL not be used.
    """
    return open_kept(data_folder / FILE, address, METADATA, "events", durable=True)
