"""Demand as a page of its own: in every language of the study, with the tables behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from beredt import __version__
from beredt.decision.demand.tables import USE_AS_IT_IS
from beredt.demand.projection.printed_table import PrintedTable
from beredt.demand.projection.project import Usage
from beredt.model.study import Study
from beredt.report import form
from beredt.report.context import ReportContext, make_context
from beredt.report.demand.calls import calls_part
from beredt.report.demand.growth import growth_part
from beredt.report.demand.part import DemandPart
from beredt.report.demand.people import people_part
from beredt.report.demand.printed import printed_part
from beredt.report.demand.staff import staff_part
from beredt.report.page.blocks import Chapter
from beredt.report.page.cover import Cover
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.results import Results
from beredt.report.words import load_words
from beredt.report.write_results import write_results

SUMMARY = "summary"
"""Where the link past the contents leads."""


@dataclass(frozen=True, slots=True, eq=False)
class DemandAnswer:
    """Demand of a study: its tables, what was assumed of use, simulated years behind the work of an incident (0 for
    none), and a printed table to hold against its own rows.
    """

    study: Study
    tables: Mapping[str, pl.DataFrame]
    usage: Usage = USE_AS_IT_IS
    replications: int = 0
    printed: PrintedTable | None = None


def write_demand_pages(answer: DemandAnswer, out: Path) -> list[Path]:
    """Write `demand.html` in the study's first language, `demand.<language>.html` in the others, and `results/`.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    study = answer.study
    facts = {
        "study": study.settings.study.id,
        "inputs": study.fingerprint,
        "usage": {"main": answer.usage.main, "low": answer.usage.low, "high": answer.usage.high},
        "replications": answer.replications,
        "version": __version__,
    }
    write_results(out / "results", answer.tables, facts)
    return write_in_languages(out, "demand", languages_of(study), partial(render_demand, answer))


def render_demand(answer: DemandAnswer, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    ctx = demand_context(answer, language)
    first, *others = demand_chapters(ctx, answer)
    chapters = [replace(first, id=SUMMARY), *others]
    return render_page(_cover(ctx, answer), chapters, ctx.words, ctx.numbers, ctx.fingerprint)


def demand_context(answer: DemandAnswer, language: str) -> ReportContext:
    """What chapters of demand are made from, without any run."""
    results = Results(facts={"fingerprint": answer.study.fingerprint}, tables=answer.tables)
    return make_context(answer.study, results, load_words(language))


def demand_chapters(ctx: ReportContext, answer: DemandAnswer) -> Sequence[Chapter]:
    """Every part as a chapter."""
    parts: list[DemandPart] = [people_part(ctx), calls_part(ctx), growth_part(ctx, usage_text(ctx, answer.usage))]
    if answer.printed is not None:
        parts.append(printed_part(ctx, answer.printed))
    return [part.as_chapter() for part in (*parts, staff_part(ctx))]


def usage_text(ctx: ReportContext, usage: Usage) -> str:
    """What is assumed of use apart from people; "" for use as it is."""
    if usage == USE_AS_IT_IS:
        return ""
    spoken = {
        name: ctx.numbers.text(getattr(usage, name), form.PERCENT, signed=True) for name in ("main", "low", "high")
    }
    return ctx.words("demand.growth.usage", **spoken)


def _cover(ctx: ReportContext, answer: DemandAnswer) -> Cover:
    words, section = ctx.words, answer.study.settings.study
    facts = (
        (words("demand.page.study_year"), ctx.numbers.label(section.year)),
        (words("demand.page.simulated"), ctx.numbers.whole(answer.replications)),
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("dimension.fact.fingerprint"), answer.study.fingerprint),
    )
    return Cover(
        kicker=words("demand.page.kicker"),
        title=words.local(section.title),
        question=words("demand.page.question"),
        facts=facts,
        generated=words("demand.page.generated"),
        footer=words("dimension.footer", fingerprint=answer.study.fingerprint),
    )
