"""Demand of a study and forecasts of a log as chapters, made by the report's own templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from beredt.web.inert_html import with_attributes_for_styles
from beredt.web.run_chapters import RunChapter

if TYPE_CHECKING:
    import polars as pl

    from beredt.model.study import Study
    from beredt.report.number_format import NumberFormat
    from beredt.report.page.blocks import Chapter
    from beredt.report.words import Words


def demand_of_study(
    study: Study, units: pl.DataFrame | None, years: tuple[int, ...], language: str
) -> list[RunChapter]:
    """People, calls, later years, and staff beside demand: what `beredt demand project` tells on its page.

    Args:
        study: as it is saved now.
        units: table `units` of a run, None without one.
        years: later years, none for those that the study knows.
        language: that has a language file.

    Raises:
        StudyError: areas without people or rates.
    """
    from beredt.decision.demand.tables import demand_tables
    from beredt.model.alternative import TODAY
    from beredt.model.edits.apply import apply_edits
    from beredt.report.demand.page import DemandAnswer, demand_chapters, demand_context

    services = {TODAY: study.service}
    for one in study.alternatives:
        services[one.id] = apply_edits(study.service, one.edits, one.id)
    answer = DemandAnswer(study, demand_tables(study, services, units, years))
    ctx = demand_context(answer, language)
    return as_pieces(demand_chapters(ctx, answer), ctx.words, ctx.numbers, ctx.fingerprint)


def as_pieces(chapters: Sequence[Chapter], words: Words, numbers: NumberFormat, fingerprint: str) -> list[RunChapter]:
    """Chapters as pieces of a page that brings no style of its own."""
    from beredt.report.page.render import render_chapters

    pieces = render_chapters(chapters, words, numbers, fingerprint)
    return [
        RunChapter(chapter.id, chapter.title, chapter.finding, html)
        for chapter, html in zip(chapters, map(with_attributes_for_styles, pieces), strict=True)
    ]


def find_units(run: Path) -> pl.DataFrame | None:
    """Table `units` of a run's results, None where it is not there."""
    import polars as pl

    path = run / "results" / "units.parquet"
    return pl.read_parquet(path) if path.is_file() else None
