"""Take what a run of rules found into a queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from beredt.indicators.review.cases import Case, Flag
from beredt.indicators.review.queue_file import iso, log_event
from beredt.indicators.review.queued import DONE, Added, Period


def take_cases(
    change: sqlite3.Connection, cases: Iterable[Case], rules: Sequence[str], who: str, now: datetime, period: Period
) -> Added:
    """Write cases and their flags; the arguments are those of `ReviewQueue.add`."""
    at = iso(now)
    new = reopened = flags = 0
    standing: set[int] = set()
    for case in cases:
        number, is_new = _take_case(change, case)
        fresh = _take_flags(change, number, case.flags, at)
        standing.update(_flag_rows(change, number, case.flags))
        new += is_new
        flags += len(fresh)
        if fresh:
            status = change.execute("SELECT status FROM case_ WHERE id = ?", (number,)).fetchone()[0]
            after = "open" if status in DONE else status
            reopened += status in DONE
            change.execute("UPDATE case_ SET status = ? WHERE id = ?", (after, number))
            log_event(change, number, at, who, "flagged", "" if is_new else status, after, "+".join(fresh))
    return Added(new, reopened, flags, _let_go(change, standing, rules, period, at))


def _take_case(change: sqlite3.Connection, case: Case) -> tuple[int, bool]:
    """Number of a case, and whether it is new; what a list shows is brought up to date."""
    shown = (case.call_t, case.urgency, case.municipality, case.units)
    row = change.execute("SELECT id FROM case_ WHERE name = ?", (case.name,)).fetchone()
    if row is not None:
        change.execute(
            "UPDATE case_ SET call_t = ?, urgency = ?, municipality = ?, units = ? WHERE id = ?", (*shown, row[0])
        )
        return int(row[0]), False
    cursor = change.execute(
        "INSERT INTO case_ (name, call_t, urgency, municipality, units, status) VALUES (?, ?, ?, ?, ?, 'new')",
        (case.name, *shown),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid, True


def _take_flags(change: sqlite3.Connection, number: int, flags: Sequence[Flag], at: str) -> list[str]:
    """Write the flags of a case; the rules that had none in it that stood, in order."""
    standing = {
        row[0]
        for row in change.execute("SELECT DISTINCT rule FROM flag WHERE case_id = ? AND gone_at IS NULL", (number,))
    }
    for part, flag in _numbered(flags):
        change.execute(
            "INSERT INTO flag VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (case_id, rule, part) DO UPDATE SET "
            "row_id = excluded.row_id, value = excluded.value, limit_ = excluded.limit_, detail = excluded.detail, "
            "found_at = CASE WHEN gone_at IS NULL THEN found_at ELSE excluded.found_at END, gone_at = NULL",
            (number, flag.rule, part, flag.row_id, flag.value, flag.limit, flag.detail, at),
        )
    return sorted({flag.rule for flag in flags} - standing)


def _flag_rows(change: sqlite3.Connection, number: int, flags: Sequence[Flag]) -> list[int]:
    return [
        change.execute(
            "SELECT rowid FROM flag WHERE case_id = ? AND rule = ? AND part = ?", (number, flag.rule, part)
        ).fetchone()[0]
        for part, flag in _numbered(flags)
    ]


def _numbered(flags: Sequence[Flag]) -> Iterator[tuple[int, Flag]]:
    """Flags with their number among those of the same rule: two missions of an incident may both be slow."""
    seen: dict[str, int] = {}
    for flag in flags:
        part = seen.get(flag.rule, 0)
        seen[flag.rule] = part + 1
        yield part, flag


def _let_go(change: sqlite3.Connection, standing: set[int], rules: Sequence[str], period: Period, at: str) -> int:
    """Mark flags of these rules that were looked for and not found; how many."""
    marks = ", ".join("?" * len(rules))
    rows = change.execute(
        "SELECT flag.rowid FROM flag JOIN case_ ON case_.id = case_id WHERE gone_at IS NULL "
        f"AND rule IN ({marks}) AND call_t >= ? AND (? = '' OR call_t < ?)",
        (*rules, period.since, period.until, period.until),
    )
    gone = [row[0] for row in rows if row[0] not in standing]
    change.executemany("UPDATE flag SET gone_at = ? WHERE rowid = ?", [(at, row) for row in gone])
    return len(gone)
