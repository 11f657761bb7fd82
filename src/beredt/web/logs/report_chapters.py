"""The chapters of a log's report as pieces of a page, made by its own templates and kept beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beredt.web.inert_html import with_attributes_for_styles
from beredt.web.run_chapters import RunChapter, keep_chapters

if TYPE_CHECKING:
    from beredt.model.study import Study


def write_log_chapters(out: Path, study: Study, language: str) -> tuple[RunChapter, ...]:
    """Make the chapters of the report in `out`, and keep them there.

    Raises ResultsError without results and UnknownIdError without the language.
    """
    from beredt.report.figures.atlas import make_atlas
    from beredt.report.missions.context import make_log_context
    from beredt.report.missions.pages import make_chapters
    from beredt.report.page.render import render_chapters
    from beredt.report.results import read_results
    from beredt.report.words import load_words

    ctx = make_log_context(read_results(out), study, load_words(language), make_atlas(study))
    chapters = make_chapters(ctx)
    pieces = render_chapters(chapters, ctx.words, ctx.numbers, ctx.fact("fingerprint"))
    made = tuple(
        RunChapter(chapter.id, chapter.title, chapter.finding, html)
        for chapter, html in zip(chapters, map(with_attributes_for_styles, pieces), strict=True)
    )
    keep_chapters(out, language, made)
    return made
