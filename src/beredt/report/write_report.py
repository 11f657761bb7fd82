"""Write the report of a run: one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from beredt.model.study import Study
from beredt.report.chapters.alternatives import alternatives_chapter
from beredt.report.chapters.appendix import appendix_chapter
from beredt.report.chapters.borders import borders_chapter
from beredt.report.chapters.climate import climate_chapter
from beredt.report.chapters.comparison import comparison_chapter
from beredt.report.chapters.cost import cost_chapter
from beredt.report.chapters.cover import make_cover
from beredt.report.chapters.demand import demand_chapter
from beredt.report.chapters.flows import flows_chapter
from beredt.report.chapters.gate import gate_chapter
from beredt.report.chapters.income import income_chapter
from beredt.report.chapters.interfaces import interfaces_chapters
from beredt.report.chapters.major_incidents import major_incidents_chapters
from beredt.report.chapters.method import limits_chapter, method_chapter
from beredt.report.chapters.outcomes import outcomes_chapters
from beredt.report.chapters.pathways import pathways_chapters
from beredt.report.chapters.patient_travel import patient_travel_chapter
from beredt.report.chapters.people import people_chapter
from beredt.report.chapters.published import published_chapter
from beredt.report.chapters.risk import risk_chapters
from beredt.report.chapters.roads import roads_chapter
from beredt.report.chapters.sensitivities import sensitivities_chapter
from beredt.report.chapters.simultaneity import simultaneity_chapter
from beredt.report.chapters.staff import staff_chapter
from beredt.report.chapters.standby_work import standby_chapters
from beredt.report.chapters.summary import summary_chapter
from beredt.report.chapters.today import today_chapter
from beredt.report.chapters.units import units_chapter
from beredt.report.context import ReportContext, make_context
from beredt.report.figures.atlas import make_atlas
from beredt.report.page.blocks import Chapter
from beredt.report.page.render import render_page
from beredt.report.results import read_results
from beredt.report.standby.capacity import capacity_chapters
from beredt.report.standby.policies import policies_chapters
from beredt.report.words import load_words


def write_report(results_dir: Path, study: Study, language: str, out: Path) -> None:
    """Write the report of the results in `results_dir` to the file `out`, in a language that has a language file.

    The study gives names, shapes, settings and edits; every figure comes from the results. The same study and results
    give the same bytes. Raises ResultsError without results and UnknownIdError without the language.
    """
    context = make_context(study, read_results(results_dir), load_words(language))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render_report(context), encoding="utf-8", newline="\n")


def render_report(ctx: ReportContext) -> str:
    """The report as HTML."""
    return render_page(make_cover(ctx), make_chapters(ctx), ctx.words, ctx.numbers, ctx.fingerprint)


def make_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    atlas = make_atlas(ctx.study)
    return (
        summary_chapter(ctx),
        today_chapter(ctx, atlas),
        flows_chapter(ctx, atlas),
        simultaneity_chapter(ctx),
        units_chapter(ctx),
        demand_chapter(ctx),
        people_chapter(ctx),
        roads_chapter(ctx),
        alternatives_chapter(ctx, atlas),
        borders_chapter(ctx),
        gate_chapter(ctx),
        *pathways_chapters(ctx),
        *standby_chapters(ctx),
        *capacity_chapters(ctx),
        *policies_chapters(ctx),
        *outcomes_chapters(ctx),
        sensitivities_chapter(ctx),
        staff_chapter(ctx),
        *((cost_chapter(ctx),) if ctx.study.settings.report.money else ()),
        climate_chapter(ctx),
        patient_travel_chapter(ctx, atlas),
        *((income_chapter(ctx),) if ctx.study.settings.report.money else ()),
        *major_incidents_chapters(ctx),
        comparison_chapter(ctx),
        *risk_chapters(ctx),
        *interfaces_chapters(ctx),
        published_chapter(ctx),
        method_chapter(ctx),
        limits_chapter(ctx),
        appendix_chapter(ctx),
    )
