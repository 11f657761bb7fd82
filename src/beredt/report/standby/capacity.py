"""How many planned tasks a day a service can carry: a chapter, in the report of a study and on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beredt.decision.standby.capacity_table import TABLE
from beredt.report import form, theme
from beredt.report.chapters.parts import difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import Look
from beredt.report.form import Form
from beredt.report.measures import Measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Figure, Heading, Paragraph, Row, Table

A_DAY = Form("count", 1.0, 1)
POINTS = Form("points", 1.0, 2)
"""Of percentage points."""
SHARE, MEAN = Measure("", POINTS, POINTS, 1), Measure("", form.SECONDS, Form("s", 1.0, 1), -1)
SERIES = "carried"

Rows = Sequence[Mapping[str, Any]]


def capacity_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where a run has tried numbers of tasks; else none."""
    table = ctx.results.find_table(TABLE)
    if table is None:
        return ()
    tried = [rows.to_dicts() for rows in table.partition_by("alternative", "task", maintain_order=True)]
    finding = " ".join(capacity_finding(ctx, rows) for rows in tried)
    blocks = (Paragraph(ctx.words("task_capacity.rule")), *(block for rows in tried for block in _blocks(ctx, rows)))
    return (Chapter("task-capacity", ctx.words("chapter.task_capacity"), finding, blocks),)


def capacity_finding(ctx: ReportContext, rows: Rows) -> str:
    """How many tasks of a form a service can carry, in a sentence."""
    most = most_of(rows)
    key = "task_capacity.finding" if most else "task_capacity.finding_none"
    return ctx.words(
        key,
        alternative=ctx.names.alternative_called(rows[0]["alternative"]),
        task=rows[0]["task"],
        group=ctx.names.group(rows[0]["group"]),
        most=number_of_tasks(ctx, most),
        margin=ctx.numbers.text(rows[0]["margin_pp"], POINTS),
    )


def most_of(rows: Rows) -> float:
    """The greatest number that holds with all smaller ones; 0 for none."""
    most = 0.0
    for row in rows:
        if not row["holds"]:
            break
        most = float(row["per_day"])
    return most


def number_of_tasks(ctx: ReportContext, per_day: float) -> str:
    """A number of tasks a day, with a decimal only where there is one."""
    return ctx.numbers.plain(per_day, form.COUNT if float(per_day).is_integer() else A_DAY)


def estimate_of(row: Mapping[str, Any], name: str) -> Estimate:
    """A figure of a row with its interval."""
    return Estimate(*(float("nan") if row[key] is None else row[key] for key in (name, f"{name}_low", f"{name}_high")))


def _blocks(ctx: ReportContext, rows: Rows) -> Iterator[Block]:
    first = rows[0]
    name = ctx.names.alternative_called(first["alternative"])
    yield Heading(ctx.words("task_capacity.of", alternative=name, task=first["task"]))
    yield _figure(ctx, rows)
    yield _table(ctx, rows)


def _figure(ctx: ReportContext, rows: Rows) -> Figure:
    lines = [
        IntervalRow(
            ctx.words("task_capacity.a_day", number=number_of_tasks(ctx, row["per_day"])),
            ({SERIES: estimate_of(row, "share_change_pp")},),
        )
        for row in rows
    ]
    margin = float(rows[0]["margin_pp"])
    panel = IntervalPanel(
        "",
        Scale(ctx.words("axis.points"), Form("count", 1.0, 1)),
        edge=-margin,
        left=ctx.words("chart.worse_left"),
        right=ctx.words("chart.better_right"),
    )
    looks = {SERIES: Look(theme.TEXT.light, "o", "-", "")}
    name = f"task-capacity-{rows[0]['alternative']}-{rows[0]['task']}"
    edge = ctx.words("task_capacity.margin", margin=ctx.numbers.text(margin, POINTS))
    svg = draw_intervals(lines, (panel,), looks, ctx.numbers, name, edge_text=edge)
    return Figure(svg, capacity_finding(ctx, rows), ctx.words("task_capacity.figure_caption"), source(ctx, TABLE))


def _table(ctx: ReportContext, rows: Rows) -> Table:
    names = ("per_day", "done", "late", "share", "mean", "holds")
    columns = tuple(Column(ctx.words(f"task_capacity.column.{one}"), one != "holds") for one in names)
    lines = tuple(
        Row(
            (
                Cell(number_of_tasks(ctx, row["per_day"]), row["per_day"]),
                Cell(ctx.numbers.estimate(estimate_of(row, "done_share"), form.PERCENT), row["done_share"]),
                Cell(ctx.numbers.estimate(estimate_of(row, "late_share"), form.PERCENT), row["late_share"]),
                difference_cell(ctx, SHARE, estimate_of(row, "share_change_pp")),
                difference_cell(ctx, MEAN, estimate_of(row, "mean_change_s")),
                Cell(ctx.words("task_capacity.holds" if row["holds"] else "task_capacity.holds_not")),
            )
        )
        for row in rows
    )
    return Table(columns, lines, ctx.words("task_capacity.table_caption"), source(ctx, TABLE), sortable=False)
