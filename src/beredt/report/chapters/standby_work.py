"""The chapter on planned tasks in standby time, and on units that wait at hospitals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import count_cell, difference_cell, source
from beredt.report.chapters.pathways import places_table
from beredt.report.context import ReportContext
from beredt.report.edit_lines import edit_line
from beredt.report.estimate import Estimate
from beredt.report.measures import Measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Paragraph, Row, Table

COUNT, FEWER = Measure("", form.COUNT, form.COUNT, 0), Measure("", form.COUNT, form.COUNT, -1)
MORE = Measure("", form.COUNT, form.COUNT, 1)
HOURS, LESS_HOURS = Measure("", form.HOURS, form.HOURS, 0), Measure("", form.HOURS, form.HOURS, -1)
WAIT = Measure("", form.MINUTES, form.SECONDS, -1)
TASKS = (
    ("tasks", COUNT), ("tasks_done", MORE), ("tasks_late", FEWER), ("tasks_not_done", FEWER),
    ("tasks_given_up", FEWER), ("tasks_h", HOURS),
)  # fmt: skip
HOSPITALS = (
    ("patients", COUNT), ("waited", FEWER), ("waited_long", FEWER), ("wait_mean_s", WAIT), ("wait_h", LESS_HOURS),
    ("by_passed", COUNT),
)  # fmt: skip
EDITS = ("set_planned_task", "set_hospital_places", "set_by_pass")

Lines = Mapping[tuple[str, str, str], Mapping[str, Any]]
"""By alternative, measure, and what it is of."""


def standby_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where a run has planned tasks or places at hospitals; else none."""
    table = ctx.results.find_table("standby_work")
    if table is None or table.is_empty():
        return ()
    lines: Lines = {(row["alternative"], row["measure"], row["of"]): row for row in table.iter_rows(named=True)}
    finding = ctx.words("standby_work.finding", clauses=ctx.words.listed(_clauses(ctx, lines)))
    return (Chapter("standby-work", ctx.words("chapter.standby_work"), finding, tuple(_blocks(ctx, lines))),)


def _clauses(ctx: ReportContext, lines: Lines) -> Iterator[str]:
    for one in ctx.alternatives:
        name = ctx.names.alternatives([one])
        planned, done, waited = (_sum(lines, one, what) for what in ("tasks", "tasks_done", "wait_h"))
        if planned is not None and done is not None:
            figures = {"done": ctx.numbers.text(done, form.COUNT), "planned": ctx.numbers.text(planned, form.COUNT)}
            yield ctx.words("standby_work.clause_tasks", alternative=name, **figures)
        if waited is not None:
            hours = ctx.numbers.text(waited, form.HOURS)
            yield ctx.words("standby_work.clause_waits", alternative=name, hours=hours)


def _sum(lines: Lines, alternative: str, measure: str) -> float | None:
    found = [line["value"] for (name, what, _), line in lines.items() if (name, what) == (alternative, measure)]
    return sum(found) if found else None


def _blocks(ctx: ReportContext, lines: Lines) -> Iterator[Block]:
    yield from _edits(ctx)
    for name, measures, table in (("tasks", TASKS, "planned_tasks"), ("hospitals", HOSPITALS, "hospitals")):
        ids = dict.fromkeys(of for _, what, of in lines if what == measures[0][0])
        if not ids:
            continue
        yield Heading(ctx.words(f"standby_work.{name}_title"))
        yield Paragraph(ctx.words(f"standby_work.{name}"))
        rows = [
            _row(
                ctx,
                f"{ctx.names.get(table, one)}: {ctx.words(f'standby_work.measure.{what}')}",
                how,
                (what, one),
                lines,
            )
            for one in ids
            for what, how in measures
        ]
        caption = ctx.words(f"standby_work.{name}_caption")
        yield Table(_columns(ctx), tuple(rows), caption, source(ctx, "standby_work"), dense=True)
    yield Heading(ctx.words("pathways.places_title"))
    yield Paragraph(ctx.words("standby_work.places"))
    yield places_table(ctx)


def _edits(ctx: ReportContext) -> Iterator[Block]:
    columns = (
        Column(ctx.words("pathways.column.alternative"), figures=False),
        Column(ctx.words("pathways.column.change"), figures=False),
    )
    rows = [
        Row((Cell(ctx.names.alternative(one)), Cell(edit_line(edit, ctx.words, ctx.numbers, ctx.names))))
        for one in ctx.alternatives
        if one != TODAY
        for edit in ctx.study.get_alternative(one).edits
        if edit.kind in EDITS
    ]
    if rows:
        yield Table(columns, tuple(rows), ctx.words("pathways.edits_caption"), source(ctx, "standby_work"))


def _columns(ctx: ReportContext) -> tuple[Column, ...]:
    names = [ctx.words("pathways.column.level", alternative=ctx.names.alternative_tag(one)) for one in ctx.alternatives]
    return (Column(ctx.words("pathways.column.measure"), figures=False), *map(Column, names))


def _row(ctx: ReportContext, name: str, how: Measure, key: tuple[str, str], lines: Lines) -> Row:
    """The level in every alternative; where today has one as well, the paired difference from it."""
    today = lines.get((TODAY, *key))
    cells = [_level(ctx, how, today)]
    for one in ctx.alternatives:
        if one == TODAY:
            continue
        line = lines.get((one, *key))
        cells.append(_level(ctx, how, line) if today is None else difference_cell(ctx, how, _difference(line)))
    return Row((Cell(name), *cells))


def _level(ctx: ReportContext, how: Measure, line: Mapping[str, Any] | None) -> Cell:
    if line is None or line["value"] is None:
        return Cell(ctx.words("number.none"), style="quiet")
    if how.level is form.COUNT:
        return count_cell(ctx, line["value"])
    return Cell(ctx.numbers.text(line["value"], how.level), line["value"])


def _difference(line: Mapping[str, Any] | None) -> Estimate | None:
    if line is None or line["difference"] is None:
        return None
    ends = [float("nan") if line[key] is None else line[key] for key in ("difference_low", "difference_high")]
    return Estimate(line["difference"], *ends)
