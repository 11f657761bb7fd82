"""The cover: title, question, and what the figures come from."""

from __future__ import annotations

from beredt import __version__
from beredt.model.alternative import TODAY
from beredt.report.context import ReportContext
from beredt.report.page.cover import Cover


def make_cover(ctx: ReportContext) -> Cover:
    """Everything that the first page says."""
    section = ctx.study.settings.study
    simulation = ctx.study.settings.simulation
    asked = [one for one in ctx.alternatives if one != TODAY]
    facts = (
        ("year", ctx.numbers.label(section.year)),
        ("alternatives", ctx.words.listed(ctx.names.alternative_tag(one) for one in ctx.alternatives)),
        (
            "simulated",
            ctx.words(
                "cover.replications",
                replications=ctx.numbers.whole(int(ctx.results.fact("replications", simulation.replications))),
                days=ctx.numbers.whole(int(ctx.results.fact("days", simulation.days))),
            ),
        ),
        ("seed", ctx.numbers.label(ctx.results.fact("seed", simulation.seed))),
        ("version", ctx.words("cover.version", version=ctx.numbers.label(ctx.results.fact("version", __version__)))),
        ("fingerprint", ctx.numbers.label(ctx.fingerprint)),
    )
    return Cover(
        kicker=ctx.words("cover.kicker"),
        title=ctx.words.local(section.title),
        question=ctx.words("cover.question", alternatives=ctx.names.alternatives(asked)),
        facts=tuple((ctx.words(f"cover.fact.{key}"), text) for key, text in facts),
        generated=ctx.words("cover.generated"),
        footer=ctx.words("cover.footer", fingerprint=ctx.numbers.label(ctx.fingerprint)),
    )
