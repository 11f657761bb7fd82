"""What today's service does, in one sentence."""

from __future__ import annotations

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.estimates import ALL
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE


def today_finding(ctx: ReportContext) -> str:
    """How soon acute help comes on the whole, and where it takes longest."""
    share = ctx.levels.find(TODAY, TARGET_SHARE, "A")
    mean = ctx.levels.find(TODAY, LEVEL_MEAN, "A")
    places = [
        (group, found)
        for group in _places(ctx)
        if (found := ctx.levels.find(TODAY, LEVEL_MEAN, "A", group)) is not None and found.known
    ]
    if share is None or mean is None or not places:
        return ctx.words("today.no_finding")
    longest, found = max(places, key=lambda pair: pair[1].value)
    return ctx.words(
        "today.finding",
        share=ctx.numbers.estimate(share, form.PERCENT),
        mean=ctx.numbers.estimate(mean, form.MINUTES),
        place=ctx.names.group(longest),
        longest=ctx.numbers.estimate(found, form.MINUTES),
    )


def _places(ctx: ReportContext) -> list[str]:
    """Municipalities and districts that have a figure; not the study's own groups, which overlap them."""
    service = ctx.study.service
    named = {one.id for one in service.municipalities} | {one.id for one in service.districts}
    return [group for group in ctx.levels.groups_of(LEVEL_MEAN) if group in named and group != ALL]
