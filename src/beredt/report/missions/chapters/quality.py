"""How good the log is: what cleaning found, what it corrected, what was left out, and what no table can tell."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.missions.checks.rule import load_rules
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import LONGEST, count_cell, left_out, method, source
from beredt.report.page.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Details,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)

ALL = ""


def quality_chapter(ctx: LogContext) -> Chapter:
    """Findings by rule, corrections, assumptions about the service, and how much each table leaves out."""
    findings, corrections = ctx.table("log_findings"), ctx.table("log_corrections")
    blocks: list[Block] = []
    why = ctx.why_not("quality")
    if why:
        blocks.append(Notice(why))
    elif findings is None:
        blocks.append(Paragraph(ctx.words("log.quality.nothing_found")))
    else:
        blocks += _findings(ctx, findings)
    if corrections is not None:
        blocks += _corrections(ctx, corrections)
    blocks += _notes(ctx)
    blocks += _suppressed(ctx)
    blocks += _privacy(ctx)
    blocks.append(method(ctx, "quality"))
    return Chapter("quality", ctx.words("log.chapter.quality"), _finding(ctx), tuple(blocks))


def _finding(ctx: LogContext) -> str:
    why = ctx.why_not("quality")
    if why:
        return why
    rows = int(ctx.results.fact("rows_in", 0))
    findings = ctx.table("log_findings")
    return ctx.words(
        "log.quality.finding",
        rows=ctx.numbers.whole(rows),
        rules=ctx.numbers.whole(0 if findings is None else findings["rule"].n_unique()),
    )


def _findings(ctx: LogContext, findings: pl.DataFrame) -> list[Block]:
    rules = load_rules()
    whole = findings.filter(pl.col("value") == ALL)
    columns = tuple(
        Column(ctx.words(f"log.quality.column.{key}"), figures=key == "count")
        for key in ("what", "field", "count", "remedy")
    )
    lines = []
    before = ""
    for row in whole.iter_rows(named=True):
        rule = rules.get(row["rule"])
        what = ctx.words.local(rule.what) if rule else row["rule"]
        remedy = ctx.words.local(rule.remedy) if rule else ""
        again = row["rule"] == before
        before = row["rule"]
        lines.append(
            Row(
                (
                    Cell(what),
                    Cell(_field(ctx, row["field"])),
                    count_cell(ctx, row["count"]),
                    Cell("" if again else remedy, style="words"),
                ),
                "same" if again else "",
            )
        )
    caption = ctx.words("log.quality.findings_caption", sign=left_out(ctx).text)
    table = Table(columns, tuple(lines), caption, source(ctx, "log_findings"), dense=True, sortable=False)
    return [Heading(ctx.words("log.quality.findings_title")), table, *_values(ctx, findings)]


def _values(ctx: LogContext, findings: pl.DataFrame) -> list[Block]:
    """Codes and names that the profile does not know, the commonest first."""
    own = findings.filter((pl.col("value") != ALL) & pl.col("count").is_not_null())
    own = own.sort("count", "value", descending=[True, False]).head(LONGEST)
    if own.is_empty():
        return []
    columns = tuple(
        Column(ctx.words(f"log.quality.column.{key}"), figures=key == "count") for key in ("field", "value", "count")
    )
    lines = [
        Row((Cell(_field(ctx, row["field"])), Cell(row["value"]), count_cell(ctx, row["count"])))
        for row in own.iter_rows(named=True)
    ]
    block = Table(columns, tuple(lines), ctx.words("log.quality.values_caption"), source(ctx, "log_findings"))
    return [Details(ctx.words("log.quality.values_title"), (block,))]


def _field(ctx: LogContext, field: str) -> str:
    if not field:
        return ctx.words("log.quality.whole_row")
    return ctx.words(f"log.field.{field}") if ctx.words.has(f"log.field.{field}") else field


def _corrections(ctx: LogContext, corrections: pl.DataFrame) -> list[Block]:
    rules = load_rules()
    columns = tuple(
        Column(ctx.words(f"log.quality.column.{key}"), figures=key == "count") for key in ("what", "field", "count")
    )
    lines = [
        Row(
            (
                Cell(ctx.words.local(rules[row["rule"]].what) if row["rule"] in rules else row["rule"]),
                Cell(_field(ctx, row["field"])),
                count_cell(ctx, row["values"]),
            )
        )
        for row in corrections.iter_rows(named=True)
    ]
    table = Table(
        columns, tuple(lines), ctx.words("log.quality.corrections_caption"), source(ctx, "log_corrections"), dense=True
    )
    return [Heading(ctx.words("log.quality.corrections_title")), table]


def _notes(ctx: LogContext) -> list[Block]:
    """What was assumed where the log says nothing, and how often."""
    notes = ctx.table("service_notes")
    if notes is None:
        return []
    counts: Mapping[str, int] = dict(notes.iter_rows())
    lines = tuple(
        ctx.words(f"log.note.{name}", count=ctx.numbers.whole(count))
        for name, count in counts.items()
        if count and ctx.words.has(f"log.note.{name}")
    )
    return [Heading(ctx.words("log.quality.notes_title")), Bullets(lines)] if lines else []


def _suppressed(ctx: LogContext) -> list[Block]:
    table = ctx.table("left_out")
    title = Heading(ctx.words("log.quality.suppressed_title"))
    if not ctx.threshold or table is None:
        return [title, Paragraph(ctx.words("log.quality.no_threshold"))]
    text = ctx.words("log.quality.suppressed", threshold=ctx.numbers.whole(ctx.threshold), sign=left_out(ctx).text)
    columns = tuple(
        Column(ctx.words(f"log.quality.column.{key}"), figures=key != "table")
        for key in ("table", "rows", "suppressed")
    )
    lines = [
        Row((Cell(row["table"]), count_cell(ctx, row["rows"]), count_cell(ctx, row["suppressed"])))
        for row in table.filter(pl.col("suppressed") > 0).iter_rows(named=True)
    ]
    blocks: list[Block] = [title, Paragraph(text)]
    if lines:
        caption = ctx.words("log.quality.suppressed_caption")
        blocks.append(Table(columns, tuple(lines), caption, source(ctx, "left_out"), dense=True))
    return blocks


def _privacy(ctx: LogContext) -> list[Block]:
    done: Mapping[str, str] = ctx.results.fact("privacy", {})
    heading = Heading(ctx.words("log.quality.privacy_title"))
    text = Paragraph(ctx.words("log.quality.privacy"))
    lines = tuple(
        ctx.words("log.quality.privacy_line", column=ctx.numbers.label(column), what=what)
        for column, what in done.items()
    )
    return [heading, text, Bullets(lines)] if lines else [heading, text]
