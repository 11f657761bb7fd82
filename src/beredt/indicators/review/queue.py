"""The queue in which people work off what rules have flagged, with all history kept.

Several people may use it at once; whoever comes second sees what the first one did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from beredt.errors import OptionError, QueueError
from beredt.indicators.review.cases import Case
from beredt.indicators.review.queue_file import change, connect, iso, log_event
from beredt.indicators.review.queued import (
    DONE,
    STATUSES,
    Added,
    Event,
    Period,
    QueuedCase,
    QueuedFlag,
    check_status,
)
from beredt.indicators.review.take_flags import take_cases

_RULES = (
    "(SELECT group_concat(rule, '+') FROM (SELECT DISTINCT rule FROM flag "
    "WHERE case_id = case_.id AND gone_at IS NULL ORDER BY rule))"
)
_SEVERITY = (
    "(SELECT coalesce(sum(CASE WHEN limit_ > 0 AND value IS NOT NULL THEN value / limit_ ELSE 1.0 END), 0.0) FROM flag "
    "WHERE case_id = case_.id AND gone_at IS NULL)"
)
"""A flag weighs as many times as its value is its limit; one without a limit weighs 1."""


class ReviewQueue:
    """An open queue. Every change is whole or not at all, and has its event."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def add(self, cases: Iterable[Case], rules: Sequence[str], who: str, now: datetime, period: Period) -> Added:
        """Take in what a run of rules found in a stretch of time.

        Cases that were known keep their status and history. A case that was done is opened again when a rule flags it
        that had not before. Flags of these rules on cases with a call in the stretch that were not found again are
        gone.

        Args:
            cases: As from `cases_of`.
            rules: Rules that were run.
            who: Who ran them.
            now: When, with its time zone.
            period: The stretch that was looked at.
        """
        with change(self._connection) as changing:
            return take_cases(changing, cases, rules, who, now, period)

    def list_cases(
        self,
        *,
        status: Sequence[str] = (),
        rule: Sequence[str] = (),
        municipality: str | None = None,
        unit: str | None = None,
        assigned: str | None = None,
        since: str = "",
        until: str = "",
        limit: int | None = None,
    ) -> list[QueuedCase]:
        """Cases that fit every filter given, the gravest first: the one furthest beyond its limits.

        Args:
            status: One of STATUSES each; none for all.
            rule: Cases with a standing flag of any of these rules; none for all.
            municipality: As the log writes it.
            unit: Cases to which this unit was sent, as the log writes it.
            assigned: Name of a person; "" for cases that nobody has.
            since: Calls from this day or moment on, ISO 8601, UTC.
            until: Calls before it.
            limit: At most so many.
        """
        for one in status:
            check_status(one)
        wanted, values = ["1"], list[Any]()
        for column, several in (("status", status), ("rule", rule)):
            if several:
                marks = ", ".join("?" * len(several))
                inner = f"{column} IN ({marks})"
                standing = "id IN (SELECT case_id FROM flag WHERE gone_at IS NULL AND " + inner + ")"
                wanted.append(inner if column == "status" else standing)
                values += several
        sent = "instr('+' || units || '+', '+' || ? || '+') > 0"
        for column, value in (("municipality = ?", municipality), (sent, unit), ("assigned = ?", assigned)):
            if value is not None:
                wanted.append(column)
                values.append(value)
        for column, value in (("call_t >= ?", since), ("call_t < ?", until)):
            if value:
                wanted.append(column)
                values.append(value)
        rows = self._connection.execute(
            f"SELECT *, {_SEVERITY} AS severity, {_RULES} AS rules FROM case_ WHERE {' AND '.join(wanted)} "
            "ORDER BY severity DESC, call_t, id" + (" LIMIT ?" if limit is not None else ""),
            [*values, *([limit] if limit is not None else [])],
        )
        return [_case(row) for row in rows]

    def get_case(self, number: int) -> QueuedCase:
        """The case with this number. Raises QueueError."""
        row = self._connection.execute(
            f"SELECT *, {_SEVERITY} AS severity, {_RULES} AS rules FROM case_ WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise QueueError(self.path, f"there is no case {number}: list the queue for its numbers")
        return _case(row)

    def list_flags(self, number: int) -> list[QueuedFlag]:
        """Every flag that the case ever had."""
        rows = self._connection.execute(
            "SELECT rule, row_id, value, limit_, detail, found_at, gone_at FROM flag WHERE case_id = ? "
            "ORDER BY gone_at IS NOT NULL, rule, part",
            (number,),
        )
        return [QueuedFlag(*row) for row in rows]

    def list_events(self, number: int) -> list[Event]:
        """Everything that happened to the case, in order."""
        rows = self._connection.execute(
            "SELECT at, who, what, before, after, comment FROM event WHERE case_id = ? ORDER BY id", (number,)
        )
        return [Event(*row) for row in rows]

    def list_words(self) -> tuple[list[str], list[str]]:
        """Municipalities and units of all cases, each once, in alphabetical order: what a list can be narrowed to."""
        towns = self._connection.execute("SELECT DISTINCT municipality FROM case_ WHERE municipality <> ''")
        sent = self._connection.execute("SELECT DISTINCT units FROM case_ WHERE units <> ''")
        units = {unit for row in sent for unit in row[0].split("+")}
        return sorted(row[0] for row in towns), sorted(units)

    def counts(self) -> dict[str, dict[str, int]]:
        """Cases by status, and standing flags by rule of cases that are not done."""
        by_status = dict(self._connection.execute("SELECT status, count(*) FROM case_ GROUP BY status"))
        by_rule = self._connection.execute(
            "SELECT rule, count(DISTINCT case_id) FROM flag JOIN case_ ON case_.id = case_id "
            "WHERE gone_at IS NULL AND status NOT IN (?, ?) GROUP BY rule ORDER BY rule",
            DONE,
        )
        return {"status": {one: by_status.get(one, 0) for one in STATUSES}, "open_by_rule": dict(by_rule.fetchall())}

    def set_status(
        self, number: int, status: str, who: str, now: datetime, comment: str = "", expected: str | None = None
    ) -> None:
        """Give a case another status.

        Args:
            number: Of the case.
            status: One of STATUSES.
            who: Who does.
            now: When, with its time zone.
            comment: Why; a case is not done without one.
            expected: The status it was seen with; when somebody has changed it meanwhile, nothing is done.

        Raises:
            OptionError: No such status, or a case is to be done without a word.
            QueueError: No such case, or its status is not the one expected.
        """
        check_status(status)
        if status in DONE and not comment.strip():
            raise OptionError("status", status, "a case is not done without a word why", "give a comment")
        with change(self._connection) as changing:
            before = self._current(changing, number, "status")
            if expected is not None and before != expected:
                raise QueueError(self.path, f"case {number} is {before} by now, not {expected}: look at its history")
            changing.execute("UPDATE case_ SET status = ? WHERE id = ?", (status, number))
            log_event(changing, number, iso(now), who, "status", before, status, comment.strip())

    def assign(self, number: int, person: str, who: str, now: datetime) -> None:
        """Say who looks at a case; "" for nobody. Raises QueueError."""
        with change(self._connection) as changing:
            before = self._current(changing, number, "assigned")
            changing.execute("UPDATE case_ SET assigned = ? WHERE id = ?", (person, number))
            log_event(changing, number, iso(now), who, "assigned", before, person, "")

    def comment(self, number: int, text: str, who: str, now: datetime) -> None:
        """Write a comment. Raises QueueError for no such case, OptionError for no words."""
        if not text.strip():
            raise OptionError("comment", repr(text), "it says nothing", "write a comment")
        with change(self._connection) as changing:
            self._current(changing, number, "status")
            log_event(changing, number, iso(now), who, "comment", "", "", text.strip())

    def note_access(self, who: str, what: str, cases: int, now: datetime) -> None:
        """Write down that somebody has seen or taken out cases."""
        with change(self._connection) as changing:
            changing.execute(
                "INSERT INTO access_ (at, who, what, cases) VALUES (?, ?, ?, ?)", (iso(now), who, what, cases)
            )

    def list_access(self) -> list[tuple[str, str, str, int]]:
        """Who has seen or taken out how many cases: at, who, what, cases."""
        return self._connection.execute("SELECT at, who, what, cases FROM access_ ORDER BY id").fetchall()

    def _current(self, changing: sqlite3.Connection, number: int, column: Literal["status", "assigned"]) -> str:
        row = changing.execute(f"SELECT {column} FROM case_ WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise QueueError(self.path, f"there is no case {number}: list the queue for its numbers")
        return str(row[0])


@contextmanager
def open_queue(path: Path, *, make: bool = False) -> Iterator[ReviewQueue]:
    """Open a queue for the length of a ``with`` block; the arguments and errors are those of `connect`."""
    with connect(path, make=make) as connection:
        yield ReviewQueue(path, connection)


def _case(row: sqlite3.Row) -> QueuedCase:
    rules = tuple(row["rules"].split("+")) if row["rules"] else ()
    names = ("id", "name", "call_t", "urgency", "municipality", "units", "status", "assigned")
    return QueuedCase(**{name: row[name] for name in names}, rules=rules, severity=float(row["severity"]))
