"""Simultaneity: how many units from outside were at work at once, and apart from it when all local units were busy."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import difference_cell, level_cell, missing, source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_hour_bars
from beredt.report.figures.year_strip import draw_year_strip
from beredt.report.form import Form
from beredt.report.measures import measure
from beredt.report.page.blocks import (
    Block,
    Calendar,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    LevelKey,
    Month,
    Paragraph,
    Row,
    Table,
)  # fmt: skip
from beredt.report.theme import LEVEL_INKS

TOP_LEVEL = 5
ACUTE = "A"
CONFLICT = (
    "days_without_drawn_in", "drawn_in_mean", "outside_missions", "outside_first_units", "true_conflict_hours",
    "true_conflict_time_h", "true_conflict_acute_share", "hours_without_free_local", "hours_with_one_free_local",
    "hours_without_free_any",
)  # fmt: skip


def simultaneity_chapter(ctx: ReportContext) -> Chapter:
    """The year at a glance, the hours of the day, and true conflict apart from what dispatch decides."""
    title, group = ctx.words("chapter.simultaneity"), ctx.local_group
    if group is None:
        return Chapter("simultaneity", title, ctx.words("simultaneity.not_asked"))
    name = ctx.names.group(group)
    blocks: list[Block] = [Paragraph(ctx.words("simultaneity.intro", group=name))]
    levels = year_levels(ctx, TODAY)
    if levels is None:
        blocks.append(missing(ctx, "simultaneity"))
    else:
        blocks += [LevelKey(_level_names(ctx), ctx.words("simultaneity.safe_colours")), _strip(ctx, levels)]
        blocks.append(Paragraph(ctx.words("simultaneity.whole_calendar")))
    blocks += _by_hour(ctx)
    blocks += [Heading(ctx.words("simultaneity.conflict_title")), Paragraph(_conflict_finding(ctx), lead=True)]
    blocks += [Paragraph(ctx.words("simultaneity.conflict_intro")), _conflict_table(ctx)]
    return Chapter("simultaneity", title, _finding(ctx, levels), tuple(blocks))


def year_levels(ctx: ReportContext, alternative: str) -> NDArray[np.int64] | None:
    """Largest number of drawn-in units, at most five, int64 (days, 24), of the generated year, if there is one."""
    table = ctx.results.find_table("simultaneity")
    if table is None:
        return None
    own = table.filter(pl.col("alternative") == alternative)
    if own.is_empty():
        return None
    levels = np.zeros((int(own["day"].to_numpy().max()) + 1, 24), dtype=np.int64)
    levels[own["day"].to_numpy(), own["hour"].to_numpy()] = np.minimum(own["drawn_in"].to_numpy(), TOP_LEVEL)
    return levels


def _finding(ctx: ReportContext, levels: NDArray[np.int64] | None) -> str:
    name = ctx.names.group(ctx.local_group or "")
    days = ctx.levels.find(TODAY, "days_without_drawn_in", "", ctx.local_group or "")
    if levels is None:
        return ctx.words("simultaneity.no_finding", group=name)
    with_help = float((levels > 0).mean())
    busiest = int((levels > 0).sum(axis=0).argmax())
    return ctx.words(
        "simultaneity.finding",
        group=name,
        days=ctx.numbers.estimate(days, form.DAYS),
        share=ctx.numbers.text(with_help, form.WHOLE_PERCENT),
        hour=ctx.numbers.hour(busiest),
        next_hour=ctx.numbers.hour(busiest + 1),
    )


def _level_names(ctx: ReportContext) -> tuple[str, ...]:
    exact = [ctx.words("simultaneity.units", number=ctx.numbers.whole(level)) for level in range(2, TOP_LEVEL)]
    one = ctx.words("simultaneity.unit", number=ctx.numbers.whole(1))
    return (one, *exact, ctx.words("simultaneity.or_more", number=ctx.numbers.whole(TOP_LEVEL)))


def _strip(ctx: ReportContext, levels: NDArray[np.int64]) -> Figure:
    months = [(first, name) for first, name, _ in months_of(ctx, len(levels))]
    svg = draw_year_strip(levels, months, [(hour, ctx.numbers.hour(hour)) for hour in range(0, 24, 3)])
    caption = ctx.words("simultaneity.strip_caption", group=ctx.names.group(ctx.local_group or ""))
    return Figure(svg, _finding(ctx, levels), caption, source(ctx, "simultaneity"))


def months_of(ctx: ReportContext, days: int) -> list[tuple[int, str, date]]:
    """(number of its first day, name, date of that day) of every month in the period."""
    start = ctx.study.settings.study.start
    names = ctx.words("date.months").split()
    dates = [start + timedelta(days=day) for day in range(days)]
    return [(day, names[one.month - 1], one) for day, one in enumerate(dates) if day == 0 or one.day == 1]


def calendar_block(ctx: ReportContext) -> Calendar | None:
    """The whole year, one table a month, with a number in every hour; None without the table."""
    levels = year_levels(ctx, TODAY)
    if levels is None:
        return None
    starts = months_of(ctx, len(levels))
    ends = [first for first, _, _ in starts[1:]] + [len(levels)]
    months = []
    for (first, name, day_one), end in zip(starts, ends, strict=True):
        days = [
            (ctx.numbers.label((day_one + timedelta(days=day - first)).day), tuple(int(v) for v in levels[day]))
            for day in range(first, end)
        ]
        months.append(Month(name, tuple(days)))
    labels = [ctx.numbers.label(level) for level in range(TOP_LEVEL + 1)]
    return Calendar(
        months=tuple(months),
        hours=tuple(ctx.numbers.hour(hour) for hour in range(24)),
        labels=tuple(labels),
        caption=ctx.words("simultaneity.calendar_caption", top=ctx.numbers.whole(TOP_LEVEL)),
        source=source(ctx, "simultaneity"),
    )


def _by_hour(ctx: ReportContext) -> list[Block]:
    table = ctx.results.find_table("simultaneity_hours")
    if table is None:
        return [missing(ctx, "simultaneity_hours")]
    own = table.filter(pl.col("alternative") == TODAY)
    share = {(hour, level): float(value) for hour, level, value in own.select("hour", "level", "share").iter_rows()}
    parts = [
        Part(name, LEVEL_INKS[level].light, [share.get((hour, level), 0.0) for hour in range(24)])
        for level, name in enumerate(_level_names(ctx), start=1)
    ]
    busy = [sum(part.values[hour] for part in parts) for hour in range(24)]
    most, least = int(np.argmax(busy)), int(np.argmin(busy))
    svg = draw_hour_bars(
        parts, Scale(ctx.words("axis.hour"), Form("count")), Scale(ctx.words("axis.share_of_hours"), form.PERCENT),
        ctx.numbers, "drawn-in-hours",
    )  # fmt: skip
    alt = ctx.words(
        "simultaneity.hours_alt",
        most_hour=ctx.numbers.hour(most), most=ctx.numbers.text(busy[most], form.WHOLE_PERCENT),
        least_hour=ctx.numbers.hour(least), least=ctx.numbers.text(busy[least], form.WHOLE_PERCENT),
    )  # fmt: skip
    return [Figure(svg, alt, ctx.words("simultaneity.hours_caption"), source(ctx, "simultaneity_hours"))]


def _conflict_finding(ctx: ReportContext) -> str:
    hours = ctx.levels.find(TODAY, "true_conflict_hours", "", ctx.local_group or "")
    acute = ctx.levels.find(TODAY, "true_conflict_acute_share", ACUTE, ctx.local_group or "")
    time = ctx.levels.find(TODAY, "true_conflict_time_h", "", ctx.local_group or "")
    if hours is None:
        return ctx.words("simultaneity.no_conflict_finding")
    return ctx.words(
        "simultaneity.conflict_finding",
        group=ctx.names.group(ctx.local_group or ""),
        hours=ctx.numbers.estimate(hours, form.COUNT),
        time=ctx.numbers.estimate(time, form.HOURS),
        acute=ctx.numbers.estimate(acute, form.PERCENT),
    )


def _conflict_table(ctx: ReportContext) -> Table:
    columns = [Column(ctx.words("table.measure"), figures=False), Column(ctx.names.alternative(TODAY))]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = []
    for key in CONFLICT:
        what = measure(key)
        urgency = ACUTE if "acute" in key else ""
        for group in (ctx.local_group or "", "all"):
            level = ctx.levels.find(TODAY, key, urgency, group)
            if level is not None:
                cells = [Cell(what.name(ctx.words, ctx.numbers)), level_cell(ctx, what, level, interval=True)]
                changes = [ctx.changes.find(one, key, urgency, group) for one in ctx.compared]
                cells += [difference_cell(ctx, what, change) for change in changes]
                rows.append(Row(tuple(cells)))
                break
    caption = ctx.words("simultaneity.conflict_caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "indicators", "differences"), sortable=False)
