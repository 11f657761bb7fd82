"""The chapters of a log's report as pieces of a page, made by its own templates and kept beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beredt.web.inert_html import with_attributes_for_styles
from beredt.web.run_chapters import RunChapter, keep_chapters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beredt.model.study import Study
    from beredt.report.missions.context import LogContext
    from beredt.report.page.blocks import Chapter


def write_log_chapters(out: Path, study: Study, language: str, *, is_month: bool = False) -> tuple[RunChapter, ...]:
    """Make the chapters of the report in `out`, and keep them there; `is_month`: it is one of a month for managers.

    Raises ResultsError without results and UnknownIdError without the language.
    """
    from beredt.report.missions.pages import make_chapters, page_context
    from beredt.report.results import read_results

    if is_month:
        from beredt.report.missions.month.write_month import read_month

        return keep_log_chapters(out, *read_month(out, study, language))
    results = read_results(out)
    ctx = page_context(language, results.tables, results.facts, study)
    return keep_log_chapters(out, ctx, make_chapters(ctx))


def keep_log_chapters(out: Path, ctx: LogContext, chapters: Sequence[Chapter]) -> tuple[RunChapter, ...]:
    """Keep chapters that have been drawn, in the language of their words, beside the report in `out`."""
    from beredt.report.page.render import render_chapters

    pieces = render_chapters(chapters, ctx.words, ctx.numbers, ctx.fact("fingerprint"))
    made = tuple(
        RunChapter(chapter.id, chapter.title, chapter.finding, html)
        for chapter, html in zip(chapters, map(with_attributes_for_styles, pieces), strict=True)
    )
    keep_chapters(out, ctx.words.language, made)
    return made
