"""On what hours on duty stand, and what does not fit between a roster and its log."""

from __future__ import annotations

from beredt.indicators.observing.roster_issues import OTHER
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import source
from beredt.report.page.blocks import Block, Cell, Column, Heading, Notice, Row, Table

_WORDS = ("file", "row", "field", "value", "count", "what", "remedy")
_FIGURES = {"row", "count"}


def duty_notices(ctx: LogContext) -> list[Block]:
    """That hours on duty are an estimate, where they are: of all, or of what a roster says nothing of."""
    duty, roster = ctx.fact("duty"), ctx.table("roster_issues")
    if duty == "roster_and_seen" or (duty == "seen" and roster is not None):
        return [Notice(ctx.words("log.roster.partly"))]
    return [Notice(ctx.words("log.simultaneity.duty_seen"))] if duty == "seen" else []


def roster_faults(ctx: LogContext) -> list[Block]:
    """The issues of the roster file, each with what to do about it; nothing where there are none."""
    issues = ctx.table("roster_issues")
    if issues is None or issues.is_empty():
        return []
    columns = tuple(Column(ctx.words(f"log.roster.column.{name}"), figures=name in _FIGURES) for name in _WORDS)
    lines = tuple(Row(_cells(ctx, row)) for row in issues.iter_rows(named=True))
    table = Table(columns, lines, ctx.words("log.roster.caption"), source(ctx, "roster_issues"), dense=True)
    return [Heading(ctx.words("log.roster.title")), table]


def _cells(ctx: LogContext, row: dict[str, str | int | None]) -> tuple[Cell, ...]:
    """Where, what and what to do; of kinds without words of their own what the table says."""
    kind = str(row["kind"])
    what, remedy = row["message"], row["remedy"]
    if kind != OTHER:
        what, remedy = (ctx.words(f"log.roster.{kind}.{part}") for part in ("what", "remedy"))
    where = ctx.words("number.none") if row["row"] is None else ctx.numbers.label(int(row["row"]))
    return (
        Cell(str(row["file"])),
        Cell(where),
        Cell(str(row["field"] or "")),
        Cell(str(row["value"] or ""), style="words"),
        Cell(ctx.numbers.whole(int(row["count"] or 0))),
        Cell(str(what), style="words"),
        Cell(str(remedy), style="words"),
    )
