"""Write the report of a log: the page in each language, the tables as Excel and Parquet, and what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import polars as pl

from beredt import __version__
from beredt.missions.store import INFO_FILE, Store
from beredt.report.figures.atlas import make_atlas
from beredt.report.missions.chapters.charts import charts_chapter
from beredt.report.missions.chapters.cover import make_cover
from beredt.report.missions.chapters.flows import flows_chapter
from beredt.report.missions.chapters.maps import maps_chapter
from beredt.report.missions.chapters.missions import missions_chapter
from beredt.report.missions.chapters.national import national_chapter
from beredt.report.missions.chapters.pathways import pathways_chapter
from beredt.report.missions.chapters.quality import quality_chapter
from beredt.report.missions.chapters.reach import reach_chapter
from beredt.report.missions.chapters.review import review_chapter
from beredt.report.missions.chapters.simultaneity import simultaneity_chapter
from beredt.report.missions.chapters.summary import summary_chapter
from beredt.report.missions.chapters.times import times_chapter
from beredt.report.missions.chapters.triage import triage_chapter
from beredt.report.missions.chapters.units import units_chapter
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.context import LogContext, make_log_context
from beredt.report.missions.excel import write_excel
from beredt.report.missions.gather import Progress, gather
from beredt.report.missions.gathered import Gathered
from beredt.report.missions.part_of_store import month_of_store
from beredt.report.page.blocks import Chapter, Heading
from beredt.report.page.render import render_page
from beredt.report.results import Results
from beredt.report.words import load_words
from beredt.report.write_index import sha256_of, write_index
from beredt.report.write_results import data_dictionary, write_results

PAGES = "Writing the report"
NO_STUDY_LANGUAGES = ("en",)


def write_log_report(
    store: Store, choices: ReportChoices, out: Path, language: str | None, progress: Progress
) -> tuple[dict[str, Any], list[Path]]:
    """Count a log and write everything about it.

    Args:
        store: The log.
        choices: Of the analyst.
        out: Folder for report.html, tables.xlsx and results; made if need be.
        language: Of the page; None for all the study's languages, English without a study.
        progress: Told how far each stage has come.

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
    with ExitStack() as stack:
        part = store
        if choices.month is not None:
            folder = stack.enter_context(TemporaryDirectory(prefix="beredt-"))
            part = month_of_store(store, choices.month, Path(folder) / "store")
        found = gather(part, choices, progress)
        facts = facts_of(store, part, choices, found)
    tables = found.tables
    write_results(out / "results", tables, facts, dictionary=log_dictionary(tables))
    pages = [out / ("report.html" if number == 0 else f"report.{one}.html") for number, one in enumerate(languages)]
    write_excel(out / "tables.xlsx", tables, facts, load_words(languages[0]))
    results = Results(MappingProxyType(facts), MappingProxyType(tables))
    atlas = make_atlas(choices.study) if choices.study else None
    for number, (one, page) in enumerate(zip(languages, pages, strict=True)):
        progress(PAGES, number, len(pages))
        context = make_log_context(results, choices.study, load_words(one), atlas)
        page.write_text(render_log_report(context), encoding="utf-8", newline="\n")
    progress(PAGES, len(pages), len(pages))
    write_index(out, facts, [*pages, out / "tables.xlsx"])
    return facts, pages


def languages_of(choices: ReportChoices, language: str | None) -> Sequence[str]:
    """The languages that pages are written in."""
    if language:
        return (language,)
    return choices.study.settings.study.languages if choices.study else NO_STUDY_LANGUAGES


def render_log_report(ctx: LogContext) -> str:
    """The report as HTML."""
    return render_page(make_cover(ctx), make_chapters(ctx), ctx.words, ctx.numbers, ctx.fact("fingerprint"))


def make_chapters(ctx: LogContext) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    chapters = (
        missions_chapter(ctx),
        times_chapter(ctx),
        national_chapter(ctx),
        flows_chapter(ctx),
        simultaneity_chapter(ctx),
        units_chapter(ctx),
        reach_chapter(ctx),
        triage_chapter(ctx),
        *pathways_chapter(ctx),
        charts_chapter(ctx),
        maps_chapter(ctx),
        *review_chapter(ctx),
        quality_chapter(ctx),
    )
    silent = ctx.words("log.not_answered")
    answered = [chapter for chapter in chapters if chapter.finding != silent]
    others = [chapter for chapter in chapters if chapter.finding == silent]
    return (summary_chapter(ctx, chapters), *answered, *unanswered_chapter(ctx, others))


def unanswered_chapter(ctx: LogContext, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Chapters that the log cannot fill, together: a page for each would be an empty one."""
    if not chapters:
        return ()
    blocks = [block for chapter in chapters for block in (Heading(chapter.title), *chapter.blocks)]
    finding = ctx.words.listed(chapter.title for chapter in chapters)
    return (Chapter("unanswered", ctx.words("log.summary.not_answered"), finding, tuple(blocks)),)


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
