"""The page of a log's report in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

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

PARTS: Mapping[str, Callable[[LogContext], Sequence[Chapter]]] = MappingProxyType(
    {
        "missions": lambda ctx: (missions_chapter(ctx),),
        "times": lambda ctx: (times_chapter(ctx),),
        "national": lambda ctx: (national_chapter(ctx),),
        "flows": lambda ctx: (flows_chapter(ctx),),
        "simultaneity": lambda ctx: (simultaneity_chapter(ctx),),
        "units": lambda ctx: (units_chapter(ctx),),
        "reach": lambda ctx: (reach_chapter(ctx),),
        "triage": lambda ctx: (triage_chapter(ctx),),
        "pathways": pathways_chapter,
        "charts": lambda ctx: (charts_chapter(ctx),),
        "maps": lambda ctx: (maps_chapter(ctx),),
        "review": review_chapter,
        "quality": lambda ctx: (quality_chapter(ctx),),
    }
)
"""The chapters that a log may fill, in the order in which a reader needs them: none of them needs another."""

BESIDE = ("times", "maps")
"""Those that take about as long as the others and the Excel file."""

Drawn = Mapping[str, Sequence[Chapter]]
"""Chapters by the name of their part."""


def page_context(
    language: str, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], study: Study | None
) -> LogContext:
    """What the chapters of a page are made from.

    Args:
        language: Of all its words.
        tables: Of the report, by name.
        facts: What results.json says.
        study: Whose names and maps the page shows; None without one.
    """
    atlas = None
    if study is not None:
        from beredt.report.figures.atlas import make_atlas

        atlas = make_atlas(study)
    results = Results(MappingProxyType(dict(facts)), MappingProxyType(dict(tables)))
    return make_log_context(results, study, load_words(language), atlas)


def draw_beside(language: str, results: Path, facts: Mapping[str, Any], study: Study | None) -> Drawn:
    """The chapters `BESIDE` of a page, for a process that reads the tables: to send them to it would take longer.

    Args:
        language: Of all words.
        results: Folder of the report's tables.
        facts: What results.json says.
        study: Whose names and maps they show; None without one.
    """
    return draw_parts(page_context(language, read_results(results).tables, facts, study), BESIDE)


def draw_parts(ctx: LogContext, names: Iterable[str]) -> Drawn:
    """Some of the chapters, by the name of their part."""
    return {name: PARTS[name](ctx) for name in names}


def make_chapters(ctx: LogContext, drawn: Drawn = MappingProxyType({})) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them; those that have been drawn are taken as they are."""
    parts = {**draw_parts(ctx, [name for name in PARTS if name not in drawn]), **drawn}
    chapters = [chapter for name in PARTS for chapter in parts[name]]
    silent = ctx.words("log.not_answered")
    answered = [chapter for chapter in chapters if chapter.finding != silent]
    others = [chapter for chapter in chapters if chapter.finding == silent]
    return (summary_chapter(ctx, chapters), *answered, *unanswered_chapter(ctx, others))


def write_page(page: Path, ctx: LogContext, chapters: Sequence[Chapter]) -> None:
    """Write a page as HTML."""
    text = render_page(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fact("fingerprint"))
    page.write_text(text, encoding="utf-8", newline="\n")


def unanswered_chapter(ctx: LogContext, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Chapters that the log cannot fill, together: a page for each would be an empty one."""
    if not chapters:
        return ()
    blocks = [block for chapter in chapters for block in (Heading(chapter.title), *chapter.blocks)]
    finding = ctx.words.listed(chapter.title for chapter in chapters)
    return (Chapter("unanswered", ctx.words("log.summary.not_answered"), finding, tuple(blocks)),)
