"""Write the report of a log: the page in each language, the tables as Excel and Parquet, and what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

from beredt import __version__
from beredt.missions.store import INFO_FILE, Store
from beredt.model.data_dictionary import data_dictionary
from beredt.report.missions.beside import (
    InTurn,
    draw_chapters_beside,
    get_ready_to_draw,
    guard_beside,
    is_worth_a_process,
    worker_beside,
    write_excel_beside,
)
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gather import Progress, gather
from beredt.report.missions.gathered import Gathered
from beredt.report.missions.part_of_store import month_of_store
from beredt.report.words import load_words
from beredt.report.write_index import sha256_of, write_index
from beredt.report.write_results import write_results

if TYPE_CHECKING:
    from beredt.model.study import Study
    from beredt.report.missions.context import LogContext
    from beredt.report.missions.pages import Drawn
    from beredt.report.page.blocks import Chapter

    Told = Callable[[LogContext, Sequence[Chapter]], object]

PAGES = "Writing the report"
NO_STUDY_LANGUAGES = ("en",)


def write_log_report(
    store: Store,
    choices: ReportChoices,
    out: Path,
    language: str | None,
    progress: Progress,
    worker: Executor | None = None,
    told: Told | None = None,
) -> tuple[dict[str, Any], list[Path]]:
    """Count a log and write everything about it.

    Args:
        store: The log.
        choices: Of the analyst.
        out: Folder for report.html, tables.xlsx and results; made if need be.
        language: Of the page; None for all the study's languages, English without a study.
        progress: Told how far each stage has come.
        worker: From `worker_beside`, where one has been started already.
        told: Given the chapters of every page, for whoever shows them elsewhere too: to draw them takes seconds.

    Returns:
        The facts that results.json holds, and the pages.

    Raises:
        UnknownIdError: No such language.
        OptionError: The log has no call in the month.
        StudyError: The roster cannot be used.
    """
    languages = languages_of(choices, language)
    for one in languages:
        load_words(one)
    pages = [out / ("report.html" if number == 0 else f"report.{one}.html") for number, one in enumerate(languages)]
    with ExitStack() as stack:
        wanted = choices.jobs > 1 and is_worth_a_process(store)
        beside = stack.enter_context(worker_beside(wanted)) if worker is None else worker
        part = store
        if choices.month is not None:
            folder = stack.enter_context(TemporaryDirectory(prefix="beredt-"))
            part = month_of_store(store, choices.month, Path(folder) / "store")
        meanwhile = None if isinstance(beside, InTurn) else get_ready_to_draw
        found = gather(part, choices, progress, guard_beside(beside), beside, meanwhile)
        facts = facts_of(store, part, choices, found)
        tables = found.tables
        write_results(out / "results", tables, facts, dictionary=log_dictionary(tables))
        progress(PAGES, 0, len(pages))
        # Half of every page is drawn beside the Excel file and the other half.
        drawn = [beside.submit(draw_chapters_beside, one, out / "results", facts, choices.study) for one in languages]
        write_excel_beside(out / "tables.xlsx", tables, facts, languages[0])
        for number, (page, one, half) in enumerate(zip(pages, languages, drawn, strict=True), start=1):
            ctx, chapters = _chapters(one, found, facts, choices.study, half)
            _write_page(page, ctx, chapters)
            if told is not None:
                told(ctx, chapters)
            progress(PAGES, number, len(pages))
    write_index(out, facts, [*pages, out / "tables.xlsx"])
    return facts, pages


def _chapters(
    language: str, found: Gathered, facts: Mapping[str, Any], study: Study | None, half: Future[Drawn]
) -> tuple[LogContext, Sequence[Chapter]]:
    """Draw the other half of a page."""
    # What takes long to import is imported while this process waits for small counts to be left out.
    from beredt.report.missions.pages import BESIDE, PARTS, draw_parts, make_chapters, page_context

    ctx = page_context(language, found.tables, facts, study)
    here = draw_parts(ctx, [name for name in PARTS if name not in BESIDE])
    return ctx, make_chapters(ctx, {**here, **half.result()})


def _write_page(page: Path, ctx: LogContext, chapters: Sequence[Chapter]) -> None:
    from beredt.report.missions.pages import write_page

    write_page(page, ctx, chapters)


def languages_of(choices: ReportChoices, language: str | None) -> Sequence[str]:
    """The languages that pages are written in."""
    if language:
        return (language,)
    return choices.study.settings.study.languages if choices.study else NO_STUDY_LANGUAGES


def facts_of(store: Store, part: Store, choices: ReportChoices, found: Gathered) -> dict[str, Any]:
    """What results.json says: where the figures come from, and all choices. Neither time nor machine is in it."""
    info = part.info
    settings = {
        "threshold": choices.threshold,
        "responders_stop_the_clock": choices.responders,
        "month": choices.month,
        "roster": None if choices.roster is None else sha256_of(choices.roster),
        "previous": None if choices.previous is None else sha256_of(choices.previous.path / INFO_FILE),
        "printed": None if choices.printed is None else sha256_of(choices.printed),
        "links": None if choices.links is None else sha256_of(choices.links),
        **({"catalogues": [sha256_of(path) for path in choices.catalogues]} if choices.catalogues else {}),
        "queue": None if choices.queue is None else _cases(found),
        "study": None if choices.study is None else choices.study.fingerprint,
        "store": sha256_of(store.path / INFO_FILE),
        "version": __version__,
    }
    return {
        **settings,
        **found.facts,
        "fingerprint": hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest(),
        "profile": info.profile,
        "zone": info.zone,
        "sources": [source.name for source in info.sources],
        "generated": info.generated,
        "privacy": dict(info.privacy),
        "rows_in": info.rows_in,
        "incidents": info.incidents,
        "unit_responses": info.unit_responses,
        "first": str(found.days.start) if found.days else None,
        "last": str(found.days.last) if found.days else None,
        "not_answered": found.not_answered,
    }


def _cases(found: Gathered) -> str:
    """Checksum of what is told of a queue: its file also holds who has looked at it."""
    return hashlib.sha256(found.tables["review_summary"].write_csv().encode()).hexdigest()


def log_dictionary(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """`data_dictionary` of the tables of a log."""
    return data_dictionary(tables, "missions_report")
