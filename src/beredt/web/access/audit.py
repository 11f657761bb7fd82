"""The log of who looked at what and who changed what. Rows are only ever added."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select

from beredt.database.only_add import changeable, lock_for_adding
from beredt.web.access.chain import (
    DELETED,
    RETENTION,
    Anchor,
    Checked,
    check_chain,
    find_anchor,
    keep_anchor,
    link_new,
    new_id,
)
from beredt.web.access.database import AUDIT, AUDIT_LINKS, MEMBERS, USERS

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did.

    `at` is when, in seconds since 1970; `user` the name of the account, "" of somebody without one; `kind` is `look`,
    `change`, `login`, `logout`, `refused`, `account` or `retention`; `what` the route with its ids, or what was done on
    the command line; `study` its id, "" for none; `status` the HTTP status, 0 on the command line; `address` whence.
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

    def __init__(self, engine: Engine, anchor: Path | None = None) -> None:
        """Keep the log of a database; `anchor` is the file that notes how far its chain has come, None for none."""
        self._engine, self._anchor = engine, anchor

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
            lock_for_adding(connection, AUDIT_LINKS)
            added = insert(AUDIT).values(**row, **new_id(connection)).returning(AUDIT.c.id)
            line = connection.execute(added).scalar_one()
            end = link_new(connection, line)
        if self._anchor is not None:
            keep_anchor(self._anchor, end)

    def check(self, anchors: Sequence[Anchor] = ()) -> Checked:
        """Go through the chain, against these anchors and the one that is kept beside the database."""
        kept = find_anchor(self._anchor) if self._anchor is not None else None
        return check_chain(self._engine, anchors if kept is None else [*anchors, kept])

    def forget(self, before: float, days: int, entry: Entry) -> int:
        """Delete entries that are older than a rule lets them be kept, and write down that it was done.

        Their links stay, so that the chain can be checked as before. What was deleted by rule before is kept on record.

        Args:
            before: Entries of an earlier time go, seconds since 1970.
            days: The rule, for the record.
            entry: Who did it; its kind and text are set here.

        Returns:
            How many were deleted.
        """
        old = (AUDIT.c.at_ms < round(before * 1000)) & (AUDIT.c.kind != RETENTION)
        with self._engine.connect() as connection:
            joined = AUDIT_LINKS.join(AUDIT, AUDIT.c.id == AUDIT_LINKS.c.audit_id)
            last = connection.execute(select(func.max(AUDIT_LINKS.c.number)).select_from(joined).where(old)).scalar()
            last_id = connection.execute(select(func.max(AUDIT.c.id)).where(old)).scalar()
        if last is None:
            return 0
        self.add(replace(entry, kind=RETENTION, what=DELETED.format(number=last, days=days)))
        with self._engine.begin() as connection, changeable(connection, AUDIT):
            return connection.execute(delete(AUDIT).where(old, AUDIT.c.id <= last_id)).rowcount

    def entries(
        self,
        since: float = 0.0,
        until: float | None = None,
        user: str | None = None,
        organisation: str | None = None,
    ) -> Iterator[Entry]:
        """Entries from `since` (inclusive) to `until` (exclusive), seconds since 1970, the oldest first.

        Args:
            since: Earliest time.
            until: Time from which on they are left out; None for all.
            user: Only of this account.
            organisation: Only of accounts that work for it now, and only since they do: what somebody did for another
                organisation before is not its to read.
        """
        asked = select(AUDIT).where(AUDIT.c.at_ms >= round(since * 1000)).order_by(AUDIT.c.id)
        if until is not None:
            asked = asked.where(AUDIT.c.at_ms < round(until * 1000))
        if user is not None:
            asked = asked.where(AUDIT.c.user == user)
        if organisation is not None:
            here = (USERS.c.name == AUDIT.c.user) & (AUDIT.c.at_ms >= MEMBERS.c.since_ms)
            members = USERS.join(MEMBERS)
            asked = asked.where(
                select(USERS.c.id).select_from(members).where(here, MEMBERS.c.organisation == organisation).exists()
            )
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
