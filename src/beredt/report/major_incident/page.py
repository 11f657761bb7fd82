"""A major incident as a page of its own: in every language of the study, with the tables behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from beredt import __version__
from beredt.model.study import Study
from beredt.report.context import ReportContext, make_context
from beredt.report.major_incident.figures_read import incidents_of, samples_of
from beredt.report.major_incident.method import method_chapter
from beredt.report.major_incident.mobilisation import mobilisation_chapter
from beredt.report.major_incident.patients import patients_chapter
from beredt.report.major_incident.rest import rest_chapter
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
class MajorAnswer:
    """A study's answer to an event: its tables, and what was assumed (`facts_of`)."""

    study: Study
    tables: Mapping[str, pl.DataFrame]
    facts: Mapping[str, Any]


def write_major_pages(answer: MajorAnswer, out: Path) -> list[Path]:
    """Write `major-incident.html` in the study's first language, `….<language>.html` in the others, and `results/`.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    study = answer.study
    facts = {**answer.facts, "study": study.settings.study.id, "fingerprint": study.fingerprint, "version": __version__}
    write_results(out / "results", answer.tables, facts)
    return write_in_languages(out, "major-incident", languages_of(study), partial(render_major, answer))


def render_major(answer: MajorAnswer, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    ctx = major_context(answer, language)
    return render_page(_cover(ctx), major_chapters(ctx), ctx.words, ctx.numbers, ctx.fingerprint)


def major_context(answer: MajorAnswer, language: str) -> ReportContext:
    """What the chapters are made from, without any other run."""
    facts = {**answer.facts, "fingerprint": answer.study.fingerprint}
    return make_context(answer.study, Results(facts, answer.tables), load_words(language))


def major_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    return (
        mobilisation_chapter(ctx, SUMMARY),
        patients_chapter(ctx, "patients"),
        rest_chapter(ctx, "rest"),
        method_chapter(ctx, "method"),
    )


def _cover(ctx: ReportContext) -> Cover:
    words, section = ctx.words, ctx.study.settings.study
    facts = (
        (words("major.page.where"), where_of(ctx)),
        (words("major.page.when"), when_of(ctx)),
        (words("major.page.samples"), ctx.numbers.whole(samples_of(ctx))),
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("dimension.fact.fingerprint"), ctx.study.fingerprint),
    )
    return Cover(
        kicker=words("major.page.kicker"),
        title=words.local(section.title),
        question=words("major.page.question"),
        facts=facts,
        generated=words("major.page.generated"),
        footer=words("dimension.footer", fingerprint=ctx.study.fingerprint),
    )


def place_and_time(ctx: ReportContext) -> str:
    """An event in a few words: "Asker, Fri 17:00"."""
    return ctx.words("major.report.event", place=where_of(ctx), time=when_of(ctx))


def where_of(ctx: ReportContext) -> str:
    """The places of an event, as they were asked for."""
    return ctx.words.listed(dict.fromkeys(str(one["place"]) for one in incidents_of(ctx)))


def when_of(ctx: ReportContext) -> str:
    """The weekday and the clock, as far as they were given."""
    weekday, clock_s = ctx.results.fact("weekday"), ctx.results.fact("clock_s")
    days = ctx.words("roster.weekdays").split()
    parts = [] if weekday is None else [days[weekday - 1]]
    parts += [] if clock_s is None else [ctx.numbers.clock(clock_s)]
    return " ".join(parts) if parts else ctx.words("major.page.any_time")
