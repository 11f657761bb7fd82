"""The log of who looked at what and who changed what. Rows are only ever added."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select

from beredt.web.access.database import AUDIT

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did.

    `at` is when, in seconds since 1970; `user` the name of the account, "" of somebody without one; `kind` is `look`,
    `change`, `login`, `logout`, `refused` or `account`; `what` the route with its ids, or what was done on the command
    line; `study` its id, "" for none; `status` the HTTP status, 0 on the command line; `address` from where.
    """

    at: float
    user: str
    role: str
    kind: str
    what: str
    study: str = ""
    status: int = 0
    address: str = ""


class AuditLog:
    """The log of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, entry: Entry) -> None:
        """Add one entry; it is on the disk when this returns. Longer texts are cut to what a row holds."""
        row = {
            "at_ms": round(entry.at * 1000),
            "user": entry.user[:64],
            "role": entry.role,
            "kind": entry.kind,
            "what": entry.what[:512].replace("\0", "\N{REPLACEMENT CHARACTER}"),  # PostgreSQL keeps no zero bytes
            "study": entry.study[:128],
            "status": entry.status,
            "address": entry.address[:64],
        }
        with self._engine.begin() as connection:
            connection.execute(insert(AUDIT).values(**row))

    def entries(self, since: float = 0.0, until: float | None = None, user: str | None = None) -> Iterator[Entry]:
        """Entries from `since` (inclusive) to `until` (exclusive), seconds since 1970, the oldest first.

        Args:
            since: Earliest time.
            until: Time from which on they are left out; None for all.
            user: Only of this account.
        """
        asked = select(AUDIT).where(AUDIT.c.at_ms >= round(since * 1000)).order_by(AUDIT.c.id)
        if until is not None:
            asked = asked.where(AUDIT.c.at_ms < round(until * 1000))
        if user is not None:
            asked = asked.where(AUDIT.c.user == user)
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(asked).mappings():
                columns = {key: row[key] for key in ("user", "role", "kind", "what", "study", "status", "address")}
                yield Entry(row["at_ms"] / 1000, **columns)


def csv_lines(entries: Iterator[Entry]) -> Iterator[str]:
    """The log as CSV, line by line with a head; times in UTC as 2026-01-31T12:00:00.000Z."""
    yield _csv_line([field.name for field in fields(Entry)])
    for entry in entries:
        yield _csv_line([iso(entry.at), *astuple(entry)[1:]])


def iso(at: float) -> str:
    """A time in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _csv_line(cells: list[object]) -> str:
    # A cell that begins like a formula is opened as one by a spreadsheet: user names and paths come from outside.
    safe = [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t")) else cell for cell in cells]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(safe)
    return text.getvalue()
