"""The first pass: every file, block by block, into rows that are kept beside the store until they are cleaned."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from beredt.errors import LogError
from beredt.missions.importing.journal import Journal
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.profile import Profile
from beredt.missions.read.binding import SPECIAL, Binding, bind, binding_issues
from beredt.missions.read.block import Block, LogFile
from beredt.missions.read.columns import identity_numbers_in
from beredt.missions.read.identity import names_persons
from beredt.missions.read.normalise import WORDS, anchor, normalise, prepared
from beredt.missions.read.open_log import open_log
from beredt.missions.read.rows_read import Reading, RowsRead
from beredt.missions.write_files import write_parquet, write_whole
from beredt.model.issue import Issue, has_errors

Progress = Callable[[str, int, int], None]
T = TypeVar("T")

DAY_MS = 86_400_000
NO_DAY = 1 << 40
"""The day of rows without any time: after all others."""

BATCH = 16_384
"""Rows that are read together in the second pass: few, so that a log in no order costs no more than it must."""

AHEAD = 2
"""Blocks that are read while others are worked on."""

KEPT_AS_WRITTEN = (*WORDS, "unit", "comment")
"""Fields whose text goes into the store as it is: no identity number may stand in their columns."""


@dataclass(frozen=True, slots=True)
class OpenedLog:
    """A file of the import, what is read from it, and what its header lacks."""

    path: Path
    log: LogFile
    binding: Binding
    key_is_kept: bool
    warnings: tuple[Issue, ...]


def open_logs(plan: ImportPlan) -> tuple[OpenedLog, ...]:
    """Open every file. Raises LogError with the issues of all that cannot be used."""
    opened, issues = [], []
    for path in plan.files:
        try:
            log = open_log(path, plan.loaded.profile.file, plan.block_bytes)
        except LogError as error:
            issues += list(error.issues)
            continue
        binding = bind(log.columns, plan.loaded.profile)
        found = (
            *binding_issues(path.name, binding, plan.loaded.profile),
            *personal_columns(path.name, binding, plan.loaded.profile),
        )
        issues += [issue for issue in found if has_errors([issue])]
        warnings = tuple(issue for issue in found if not has_errors([issue]))
        opened.append(OpenedLog(path, log, binding, plan.loaded.profile.key.how == "plain", warnings))
    if issues:
        raise LogError(issues)
    return tuple(opened)


def read_files(plan: ImportPlan, opened: tuple[OpenedLog, ...], journal: Journal, progress: Progress) -> None:
    """Read what is not in the journal yet.

    A piece of the journal holds: `source`, `inputs` (rows of the log), `rows`, `days` (day since 1970 and how many
    rows it has, in the order in which they are kept), `elapsed_s` (of calls that only have gaps), `next` (where the
    file goes on) and `last` (of its file).
    """
    total = sum(one.log.total for one in opened)
    before = 0
    for source, one in enumerate(opened):
        mine = [piece for piece in journal.pieces if piece["source"] == source]
        if not (mine and mine[-1]["last"]):
            tell = partial(_tell, progress, before, total)
            _read_file(plan, source, one, journal, mine[-1]["next"] if mine else None, tell)
        before += one.log.total
        progress("Reading", before, total)


def _tell(progress: Progress, before: int, total: int, done: int) -> None:
    progress("Reading", before + done, total)


def _read_file(
    plan: ImportPlan,
    source: int,
    one: OpenedLog,
    journal: Journal,
    position: Any,
    tell: Callable[[int], None],
) -> None:
    reading = Reading(plan.loaded.profile, one.binding, source, plan.key)
    row_id = sum(piece["rows"] for piece in journal.pieces)
    elapsed_s = journal.pieces[-1].get("elapsed_s") if position else None
    number = len(journal.pieces)
    # One thread keeps them all, each when the one before has been kept: pieces are written in order, without a gap.
    with ThreadPoolExecutor(1) as keeper:
        kept: deque[Future[None]] = deque([_done()])
        # One thread finds the cells of a block while the next one reads those of the block before.
        blocks = (prepared(block, reading) for block in ahead(one.log.blocks(position)))
        for block, last in _marked_last(ahead(blocks)):
            refuse_persons(one, block)
            read = normalise(block, reading, row_id, elapsed_s)
            elapsed_s = read.elapsed_s
            if len(kept) > AHEAD:
                kept.popleft().result()
            kept.append(keeper.submit(_keep, kept[-1], plan.work, number, read, source, block, last, journal))
            row_id += read.rows.height
            number += 1
            tell(block.done)
        for one_kept in kept:
            one_kept.result()
    if not journal.pieces or journal.pieces[-1]["source"] != source:
        journal.add({"source": source, "inputs": 0, "rows": 0, "days": [], "next": {}, "last": True})


def _done() -> Future[None]:
    """What comes before the first block."""
    done: Future[None] = Future()
    done.set_result(None)
    return done


def _keep(
    before: Future[None],
    work: Path,
    number: int,
    read: RowsRead,
    source: int,
    block: Block,
    last: bool,
    journal: Journal,
) -> None:
    """Write a block's rows in order of time, then what was done, then the piece of the journal.

    Nothing is kept, and the same error raised, where the block before could not be.
    """
    before.result()
    at = anchor(read.rows)
    day = pl.select(pl.when(at.is_not_null()).then(at // DAY_MS).otherwise(NO_DAY)).to_series()
    rows = read.rows
    if not day.is_sorted():
        order = np.argsort(day.to_numpy(), kind="stable")
        rows, day = rows[order], day.gather(order)
    days, counts = np.unique(day.to_numpy(), return_counts=True)
    path = rows_file(work, number)
    # Not compressed: it is read once, soon, and then removed.
    write_whole(path, lambda half: rows.write_ipc(half, record_batch_size=BATCH))
    if read.corrections.height:
        write_parquet(read.corrections, work / "corrections" / f"read-{number:06}.parquet")
    if read.findings.height:
        write_parquet(read.findings, work / "findings" / f"read-{number:06}.parquet")
    journal.add(
        {
            "source": source,
            "inputs": read.inputs,
            "rows": rows.height,
            "days": [[int(one), int(count)] for one, count in zip(days, counts, strict=True)],
            "elapsed_s": read.elapsed_s,
            "next": dict(block.next),
            "last": last,
        }
    )


def rows_file(work: Path, number: int) -> Path:
    """File of the rows of a block."""
    return work / "rows" / f"{number:06}.arrow"


def personal_columns(file: str, binding: Binding, profile: Profile) -> Iterator[Issue]:
    """An error for each column that is called as if it named persons, and would go into the store as it is."""
    hashed = {binding.fields.get("patient")} | (set(binding.key) if profile.key.how == "hash" else set())
    for column in binding.read:
        if names_persons(column) and column not in hashed and column not in profile.privacy.harmless:
            message = "the column is called as if it named persons, and the profile reads it"
            remedy = "name it as patient, where it is hashed, leave it out, or list it in privacy.harmless"
            yield Issue(file, 1, column, None, 1, message, remedy)


def refuse_persons(one: OpenedLog, block: Block) -> None:
    """Raise LogError where a column that is read, and not hashed, holds national identity numbers."""
    issues = []
    columns = {one.binding.fields[field] for field in KEPT_AS_WRITTEN if field in one.binding.fields}
    if one.key_is_kept:
        columns |= set(one.binding.key)
    for column in sorted(columns - set(SPECIAL)):
        count, first = identity_numbers_in(block.cells, column)
        if first is not None:
            message = "the column holds national identity numbers, which never enter a store"
            remedy = "name it as patient in the profile, where it is hashed, or let the profile not read it"
            issues.append(Issue(one.path.name, int(block.row[first]), column, "11 digits", count, message, remedy))
    if issues:
        raise LogError(issues)


def ahead(items: Iterator[T], most: int = AHEAD) -> Iterator[T]:
    """The same items, made in another thread while this one works on those before."""
    waiting: queue.Queue[tuple[T | None, BaseException | None, bool]] = queue.Queue(maxsize=most)
    stop = threading.Event()

    def put(item: tuple[T | None, BaseException | None, bool]) -> None:
        while not stop.is_set():
            try:
                waiting.put(item, timeout=0.2)
            except queue.Full:
                continue
            return

    def work() -> None:
        try:
            for item in items:
                put((item, None, False))
                if stop.is_set():
                    return
            put((None, None, True))
        except BaseException as error:
            put((None, error, True))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while True:
            item, error, end = waiting.get()
            if error is not None:
                raise error
            if end:
                return
            yield item  # type: ignore[misc]  # an item that is no end
    finally:
        stop.set()
        thread.join()


def _marked_last(blocks: Iterator[Block]) -> Iterator[tuple[Block, bool]]:
    """Every block, and whether none comes after it."""
    held: Block | None = None
    for block in blocks:
        if held is not None:
            yield held, False
        held = block
    if held is not None:
        yield held, True
