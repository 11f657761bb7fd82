"""The cover of a log's report: what log, which days, and what the figures come from."""

from __future__ import annotations

from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import date_text, month_name
from beredt.report.page.cover import Cover


def make_cover(ctx: LogContext) -> Cover:
    """Everything that the first page says."""
    files = ctx.results.fact("sources", [])
    first, last = ctx.fact("first"), ctx.fact("last")
    month = ctx.fact("month")
    period = ctx.words("log.unknown")
    if month:
        period = month_name(ctx, month)
    elif first and last:
        period = ctx.words("log.cover.period", first=date_text(ctx, first), last=date_text(ctx, last))
    facts = {
        "log": ctx.words.listed(ctx.numbers.label(name) for name in files) if files else ctx.words("log.cover.no_file"),
        "profile": ctx.numbers.label(ctx.fact("profile")),
        "period": period,
        "incidents": ctx.numbers.whole(int(ctx.results.fact("incidents", 0))),
        "responses": ctx.numbers.whole(int(ctx.results.fact("unit_responses", 0))),
        "study": ctx.words.local(ctx.study.settings.study.title) if ctx.study else ctx.words("log.cover.no_study"),
        "threshold": ctx.words("log.cover.below", number=ctx.numbers.whole(ctx.threshold)),
        "version": ctx.words("cover.version", version=ctx.numbers.label(ctx.fact("version"))),
        "fingerprint": ctx.numbers.label(ctx.fact("fingerprint")),
    }
    generated = bool(ctx.results.fact("generated", False))
    return Cover(
        kicker=ctx.words("log.cover.kicker"),
        title=ctx.words("log.cover.title_month", month=month_name(ctx, month))
        if month
        else ctx.words("log.cover.title"),
        question=ctx.words("log.cover.question"),
        facts=tuple((ctx.words(f"log.cover.fact.{key}"), text) for key, text in facts.items()),
        generated=ctx.words("log.cover.generated" if generated else "log.cover.real"),
        footer=ctx.words("log.cover.footer", fingerprint=ctx.numbers.label(ctx.fact("fingerprint"))),
    )
