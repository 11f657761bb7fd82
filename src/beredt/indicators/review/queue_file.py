"""The SQLite file of a queue: made, opened, and what stands in it.

    case_       one row per incident that was ever flagged: its status, and what a list shows
    flag        what rules found in it; a flag that a later run no longer finds stays, with the time it went
    event       who did what, when: never changed and never deleted, which the file itself refuses
    access_     who listed or exported how many cases, when

The file is made readable for its owner only: it is about single patients.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from beredt.errors import QueueError

FORMAT = 1
SECONDS_TO_WAIT = 10.0

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE case_ (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, call_t TEXT NOT NULL, urgency TEXT NOT NULL,
    municipality TEXT NOT NULL, units TEXT NOT NULL, status TEXT NOT NULL, assigned TEXT NOT NULL DEFAULT ''
);
CREATE INDEX case_status ON case_ (status, call_t);
CREATE TABLE flag (
    case_id INTEGER NOT NULL REFERENCES case_ (id), rule TEXT NOT NULL, part INTEGER NOT NULL, row_id INTEGER,
    value REAL, limit_ REAL, detail TEXT NOT NULL, found_at TEXT NOT NULL, gone_at TEXT,
    PRIMARY KEY (case_id, rule, part)
);
CREATE TABLE event (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id), at TEXT NOT NULL, who TEXT NOT NULL,
    what TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, comment TEXT NOT NULL
);
CREATE INDEX event_case ON event (case_id);
CREATE TABLE access_ (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, cases INTEGER);
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
CREATE TRIGGER access_stays BEFORE UPDATE ON access_ BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER access_is_kept BEFORE DELETE ON access_ BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
"""


@contextmanager
def connect(path: Path, *, make: bool) -> Iterator[sqlite3.Connection]:
    """Open the file of a queue for the length of a ``with`` block.

    Args:
        path: The file.
        make: Make it when there is none.

    Raises:
        QueueError: There is no queue, it is of another version, somebody else holds it for too long, or the file is
            something else.
    """
    if not path.exists():
        if not make:
            raise QueueError(path, "there is no review queue yet: run the rules first")
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _prepare(path, connection)
        yield connection
    except sqlite3.Error as error:
        raise QueueError(path, f"the review queue cannot be used ({error})") from error
    finally:
        connection.close()


@contextmanager
def change(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Make changes that are kept together or not at all."""
    # From the first read on nobody else may write: what was read is still so when it is changed.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def log_event(
    change: sqlite3.Connection, number: int, at: str, who: str, what: str, before: str, after: str, comment: str
) -> None:
    """Write a step in the history of a case."""
    change.execute(
        "INSERT INTO event (case_id, at, who, what, before, after, comment) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, at, who, what, before, after, comment),
    )


def iso(moment: datetime) -> str:
    """A moment in UTC, to the second: 2026-01-31T07:05:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} INSERT INTO meta VALUES ('format', '{FORMAT}'); COMMIT;")
    row = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    if row is None or row[0] != str(FORMAT):
        got = row[0] if row else "none"
        raise QueueError(path, f"the queue has format {got}, this program uses {FORMAT}: name another file")
