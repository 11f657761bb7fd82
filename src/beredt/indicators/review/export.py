"""The queue as tables: cases, their flags and their history. Columns stand in
`model/fields/missions_report/review….csv`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from beredt.errors import OptionError
from beredt.indicators.review.queue import ReviewQueue
from beredt.indicators.review.queued import QueuedCase

_CASES = {
    "case": pl.Int64,
    "name": pl.String,
    "call_t": pl.String,
    "urgency": pl.String,
    "municipality": pl.String,
    "units": pl.String,
    "status": pl.String,
    "assigned": pl.String,
    "rules": pl.String,
    "severity": pl.Float64,
    "comments": pl.String,
}
_FLAGS = {
    "case": pl.Int64,
    "rule": pl.String,
    "row_id": pl.Int64,
    "value": pl.Float64,
    "limit": pl.Float64,
    "detail": pl.String,
    "found_at": pl.String,
    "gone_at": pl.String,
}
_HISTORY = {
    "case": pl.Int64,
    "at": pl.String,
    "who": pl.String,
    "what": pl.String,
    "before": pl.String,
    "after": pl.String,
    "comment": pl.String,
}

ENDINGS = (".xlsx", ".csv", ".json")


class ReviewTables(NamedTuple):
    """`review_cases`, `review_flags` and `review_history`."""

    cases: pl.DataFrame
    flags: pl.DataFrame
    history: pl.DataFrame


def review_tables(queue: ReviewQueue, cases: Sequence[QueuedCase]) -> ReviewTables:
    """Everything about some cases, in their order."""
    rows, flags, history = [], [], []
    for case in cases:
        events = queue.list_events(case.id)
        comments = " | ".join(f"{event.at} {event.who}: {event.comment}" for event in events if event.comment)
        shown = (case.call_t, case.urgency, case.municipality, case.units, case.status, case.assigned)
        rows.append((case.id, case.name, *shown, "+".join(case.rules), case.severity, comments))
        flags += [
            (case.id, one.rule, one.row_id, one.value, one.limit, one.detail, one.found_at, one.gone_at)
            for one in queue.list_flags(case.id)
        ]
        history += [(case.id, one.at, one.who, one.what, one.before, one.after, one.comment) for one in events]
    return ReviewTables(
        pl.DataFrame(rows, schema=_CASES, orient="row"),
        pl.DataFrame(flags, schema=_FLAGS, orient="row"),
        pl.DataFrame(history, schema=_HISTORY, orient="row"),
    )


def write_review(tables: ReviewTables, path: Path) -> None:
    """Write the tables as a workbook of three sheets, one JSON document, or, cases alone, as CSV that Excel opens
    right.

    Only its owner can read the file. Raises OptionError where its ending is none of ENDINGS, FileExistsError where it
    is there.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise OptionError("--out", path.name, "nobody knows this ending", "use " + ", ".join(ENDINGS))
    # Made before it is filled, so that nobody else can read it at any moment.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    if ending == ".csv":
        safe_cells(tables.cases).write_csv(path, include_bom=True)
    elif ending == ".json":
        document = {name: table.to_dicts() for name, table in tables._asdict().items()}
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    else:
        _write_workbook(tables, path)


def safe_cells(table: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet would take for a formula get an apostrophe before them: comments are anybody's."""
    text = pl.col(pl.String)
    return table.with_columns(pl.when(text.str.contains(r"^[=+\-@\t\r]")).then("'" + text).otherwise(text).name.keep())


def _write_workbook(tables: ReviewTables, path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, table in tables._asdict().items():
            table.write_excel(book, worksheet=name, autofit=True, freeze_panes=(1, 0))
