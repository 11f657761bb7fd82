"""People and demand: who lives there, what they call for and when, later years, and staff beside demand."""

from __future__ import annotations

from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.demand.calls import RATE, calls_part
from beredt.report.demand.growth import growth_part, sums_of
from beredt.report.demand.people import people_part
from beredt.report.demand.staff import staff_part
from beredt.report.page.blocks import Chapter


def demand_chapter(ctx: ReportContext) -> Chapter:
    """The four parts as sections of a chapter, which opens with the calls of now and of the last year told of."""
    parts = (people_part(ctx), calls_part(ctx), growth_part(ctx), staff_part(ctx))
    blocks = tuple(block for part in parts for block in part.as_section())
    return Chapter("demand", ctx.words("chapter.demand"), _finding(ctx), blocks)


def _finding(ctx: ReportContext) -> str:
    places, growth = ctx.results.find_table("demand_places"), ctx.results.find_table("demand_growth")
    if places is None or growth is None:
        return ctx.words("demand.no_rates")
    found = {row["urgency"]: row for row in places.iter_rows(named=True) if row["place"] == "all"}
    calls, people = sum(found[one]["incidents"] for one in URGENCIES), found["A"]["people"]
    sums, own = sums_of(growth), ctx.study.settings.study.year
    last = max(sums)
    now = {
        "calls": ctx.numbers.text(calls, form.COUNT),
        "rate": ctx.numbers.text(calls * 1000.0 / people if people else float("nan"), RATE),
        "year": ctx.numbers.label(own),
    }
    if last == own:
        return ctx.words("demand.finding_now", **now)
    low, main, high = (sums[last][key] / sums[own]["incidents"] - 1.0 for key in ("low", "incidents", "high"))
    return ctx.words(
        "demand.finding_growth" if high - low > 5e-4 else "demand.finding_growth_main",
        **now,
        later=ctx.numbers.label(last),
        change=ctx.numbers.text(main, form.PERCENT, signed=True),
        span=ctx.numbers.span(low, high, form.PERCENT, signed=True),
    )
