"""The second pass: rows in order of the call, a part at a time, cleaned and written into the store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import polars as pl

from beredt.errors import LostRowsError
from beredt.missions.clean import Cleaned, clean
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.importing.across_parts import busy_until, mark_across
from beredt.missions.importing.journal import Journal
from beredt.missions.importing.parts import Part, RowsKept
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.importing.read_pass import Progress
from beredt.missions.store import is_unit_response, part_name
from beredt.missions.write_files import write_parquet, write_part

TOGETHER = 2
"""Parts that are cleaned at the same time, while one that is clean is written and flushed to the disk. What comes out
does not depend on it."""


def clean_parts(
    plan: ImportPlan,
    kept: RowsKept,
    parts: Sequence[Part],
    context: CleaningContext,
    journal: Journal,
    progress: Progress,
) -> None:
    """Clean what is not in the journal yet, and write it into the store.

    A piece of the journal holds what `StoreInfo` adds up: `rows`, `missions`, `unit_responses`, `incidents`,
    `incidents_without_unit`, and `rules`; and `busy_until`, for the parts after.

    Raises:
        LostRowsError: Cleaning gave back another number of rows than went in: a fault of the program.
    """
    done = sum(part.rows for part in parts[: len(journal.pieces)])
    total = max(sum(part.rows for part in parts), 1)
    progress("Cleaning", done, total)
    for number, (part, rows, by_itself) in _cleaned(parts, len(journal.pieces), kept, context):
        cleaned = mark_across(by_itself, plan.out, journal.pieces, context)
        _write(plan, number, cleaned)
        piece = _counted(rows, cleaned)
        if piece["missions"] + piece["rows_without_unit"] != rows:
            raise LostRowsError(rows, piece["missions"] + piece["rows_without_unit"])
        journal.add(piece)
        done += part.rows
        progress("Cleaning", done, total)


def _cleaned(
    parts: Sequence[Part], first: int, kept: RowsKept, context: CleaningContext
) -> Iterator[tuple[int, tuple[Part, int, Cleaned]]]:
    """Parts from the first on, in order, while the ones after are cleaned already."""

    def one(part: Part) -> tuple[Part, int, Cleaned]:
        rows = kept.load(part)
        return part, rows.height, clean(rows, context)

    with ThreadPoolExecutor(TOGETHER) as pool:
        waiting: deque[Future[tuple[Part, int, Cleaned]]] = deque()
        following = first
        for number in range(first, len(parts)):
            while following < len(parts) and len(waiting) <= TOGETHER:
                waiting.append(pool.submit(one, parts[following]))
                following += 1
            yield number, waiting.popleft().result()


def _write(plan: ImportPlan, number: int, cleaned: Cleaned) -> None:
    write_part(cleaned.missions, plan.out / "missions" / part_name(number))
    write_part(cleaned.incidents, plan.out / "incidents" / part_name(number))
    if cleaned.corrections.height:
        write_parquet(cleaned.corrections, plan.work / "corrections" / f"{part_name(number)}")
    if cleaned.findings.height:
        write_parquet(cleaned.findings, plan.work / "findings" / f"{part_name(number)}")


def _counted(rows: int, cleaned: Cleaned) -> dict[str, Any]:
    incidents = cleaned.incidents
    return {
        "rows": rows,
        "missions": cleaned.missions.height,
        "unit_responses": cleaned.missions.filter(is_unit_response()).height,
        "incidents": incidents.height,
        "incidents_without_unit": incidents.filter(pl.col("units") == 0).height,
        "rows_without_unit": int(incidents["rows_without_unit"].sum()),
        "rules": dict(cleaned.rules),
        "busy_until": busy_until(cleaned.missions),
    }
