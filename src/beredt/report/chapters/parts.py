"""Small parts that several chapters use."""

from __future__ import annotations

from collections.abc import Iterable

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.change import is_better
from beredt.report.measures import Measure
from beredt.report.page.blocks import Cell, Notice

FEWEST = 5
"""Counts of incidents below this are not shown for single places."""


def source(ctx: ReportContext, *tables: str) -> str:
    """Where figures come from: the tables of the results folder."""
    return ctx.words("source.results", tables=ctx.words.listed(f"{table}.parquet" for table in tables))


def missing(ctx: ReportContext, table: str) -> Notice:
    """The sentence that stands where a table is not there."""
    return Notice(ctx.words("missing.table", table=f"{table}.parquet"))


def level_cell(ctx: ReportContext, measure: Measure, estimate: Estimate | None, *, interval: bool = False) -> Cell:
    """A level in a table, with its unit; with its interval on demand."""
    if estimate is None or not estimate.known:
        return Cell(ctx.words("number.none"), style="quiet")
    text = ctx.numbers.text(estimate.value, measure.level)
    if interval and estimate.has_interval:
        text = ctx.numbers.estimate(estimate, measure.level)
    return Cell(text, estimate.value)


def difference_cell(ctx: ReportContext, measure: Measure, difference: Estimate | None) -> Cell:
    """A difference in a table: signed, with its interval, marked when it is clearly better or worse."""
    if difference is None or not difference.known:
        return Cell(ctx.words("number.none"), style="quiet")
    if difference.is_exactly_zero:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    better = is_better(measure, difference)
    style = "" if better is None else "good" if better else "bad"
    if difference.holds_zero or ctx.numbers.rounds_to_zero(difference.value, measure.difference):
        style = "quiet"
    text = ctx.numbers.estimate(difference, measure.difference, signed=True)
    return Cell(text, difference.value, style)


def count_cell(ctx: ReportContext, value: float, *, largest: float = 0.0) -> Cell:
    """A count of incidents or missions in one place: hidden when small, shaded by size when `largest` is given."""
    if value <= 0.0:
        return Cell(ctx.words("number.nothing"), 0.0, "quiet")
    if value < FEWEST:
        return Cell(ctx.words("number.below", number=ctx.numbers.whole(FEWEST)), value, "quiet")
    step = 0
    if largest > 0.0:
        # By square root: rows with hundreds must not all look empty beside one with thousands.
        step = min(5, int((value / largest) ** 0.5 * 5.999))
    return Cell(ctx.numbers.plain(value), value, f"q{step}" if step else "")


def rows_of_zones(ctx: ReportContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Municipalities in the study's order, each with its districts that have areas."""
    service = ctx.study.service
    inhabited = {area.district for area in service.areas if area.district}
    return tuple(
        (one.id, tuple(d.id for d in service.districts if d.municipality == one.id and d.id in inhabited))
        for one in service.municipalities
    )


def first_that(candidates: Iterable[tuple[str, Estimate | None]], *, largest: bool) -> tuple[str, Estimate] | None:
    """The candidate with the largest or smallest known value; None without any."""
    known = [(key, one) for key, one in candidates if one is not None and one.known]
    if not known:
        return None
    return (max if largest else min)(known, key=lambda pair: pair[1].value)
