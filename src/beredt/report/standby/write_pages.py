"""What standby time can carry, and where free units go best, as pages of their own with the tables behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from beredt import __version__
from beredt.model.study import Study
from beredt.report.context import ReportContext, make_context
from beredt.report.page.blocks import Chapter
from beredt.report.page.cover import Cover
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.results import Results
from beredt.report.words import load_words
from beredt.report.write_results import write_results

Chapters = Callable[[ReportContext], tuple[Chapter, ...]]


def write_standby_pages(study: Study, name: str, table: pl.DataFrame, chapters: Chapters, out: Path) -> list[Path]:
    """Write `NAME.html` in the study's first language, `NAME.<language>.html` in the others, and `results/`.

    Args:
        study: that was asked.
        name: of the table, and of the section of the language files that names the page: `task_capacity`, `policies`.
        table: the answer.
        chapters: what the page is made of.
        out: folder, made if need be.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    facts = {"study": study.settings.study.id, "fingerprint": study.fingerprint, "version": __version__}
    write_results(out / "results", {name: table}, facts)

    def render(language: str) -> str:
        ctx = standby_context(study, {name: table}, language)
        return render_page(_cover(ctx, name), chapters(ctx), ctx.words, ctx.numbers, ctx.fingerprint)

    return write_in_languages(out, name.replace("_", "-"), languages_of(study), render)


def standby_context(study: Study, tables: Mapping[str, pl.DataFrame], language: str) -> ReportContext:
    """What the chapters are made from, without any other run."""
    return make_context(study, Results({"fingerprint": study.fingerprint}, tables), load_words(language))


def _cover(ctx: ReportContext, name: str) -> Cover:
    words, section = ctx.words, ctx.study.settings.study
    facts = (
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("dimension.fact.fingerprint"), ctx.study.fingerprint),
    )
    return Cover(
        kicker=words(f"{name}.kicker"),
        title=words.local(section.title),
        question=words(f"{name}.question"),
        facts=facts,
        generated=words(f"{name}.generated"),
        footer=words("dimension.footer", fingerprint=ctx.study.fingerprint),
    )
