"""The page of a log's report in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from beredt.model.study import Study
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
from beredt.report.missions.context import LogContext, make_log_context
from beredt.report.page.blocks import Chapter, Heading
from beredt.report.page.render import render_page
from beredt.report.results import Results, read_results
from beredt.report.words import load_words


def write_page(page: Path, language: str, results: Path, facts: Mapping[str, Any], study: Study | None) -> None:
    """Write a page; see `render_log_report`.

    Args:
        page: The file.
        language: Of all its words.
        results: Folder of the report's tables: to read them takes less than to send them to another process.
        facts: What results.json says.
        study: Whose names and maps the page shows; None without one.
    """
    atlas = None
    if study is not None:
        from beredt.report.figures.atlas import make_atlas

        atlas = make_atlas(study)
    told = Results(MappingProxyType(dict(facts)), read_results(results).tables)
    context = make_log_context(told, study, load_words(language), atlas)
    page.write_text(render_log_report(context), encoding="utf-8", newline="\n")


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
