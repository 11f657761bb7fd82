"""One pathway out of several logs: what was linked and what was lost, the time between, people who call again."""

from __future__ import annotations

from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.form import Form
from beredt.report.local_text import local_text
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import count_cell, figure_cell, left_out, method, share_cell, source
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Row, Table

BITS = Form("count", 1.0, 1)
LINKS = Form("count", 1.0, 1)
LOST = ("nobody_alike", "below_threshold", "taken_by_another")


def pathways_chapter(ctx: LogContext) -> tuple[Chapter, ...]:
    """The chapter, where a link file was given."""
    links = ctx.table("pathway_links")
    if links is None:
        return ()
    blocks: list[Block] = [_links(ctx, links), *_durations(ctx), *_lost(ctx, links), *_thresholds(ctx), *_again(ctx)]
    blocks.append(method(ctx, "pathways"))
    return (Chapter("pathways", ctx.words("log.chapter.pathways"), _finding(ctx, links), tuple(blocks)),)


def _step(ctx: LogContext, row: dict[str, Any]) -> Cell:
    ends = (ctx.numbers.label(row["from"]), ctx.numbers.label(row["to"]))
    return Cell(ctx.words("log.pathways.step", begin=ends[0], end=ends[1]))


def _finding(ctx: LogContext, links: pl.DataFrame) -> str:
    told = links.filter(pl.col("share").is_not_null())
    if told.is_empty():
        return ctx.words("log.pathways.no_finding")
    row = told.row(0, named=True)
    return ctx.words(
        "log.pathways.finding",
        begin=ctx.numbers.label(row["from"]),
        end=ctx.numbers.label(row["to"]),
        share=ctx.numbers.text(row["share"], form.PERCENT),
        wrong=ctx.numbers.whole(round(row["expected_wrong"])),
    )


def _links(ctx: LogContext, links: pl.DataFrame) -> Table:
    keys = ("records", "share", "by_key", "by_score", "lost", "wrong", "unsure", "partners_left")
    columns = (
        Column(ctx.words("log.pathways.link"), figures=False),
        *(Column(ctx.words(f"log.pathways.{key}")) for key in keys),
    )
    lines = [
        Row(
            (
                _step(ctx, row),
                count_cell(ctx, row["records"]),
                share_cell(ctx, row, "share", ("share_low", "share_high"), hidden=True),
                *(count_cell(ctx, row[key]) for key in ("by_key", "by_score", "lost")),
                figure_cell(ctx, row["expected_wrong"], LINKS, hidden=True),
                *(count_cell(ctx, row[key]) for key in ("unsure", "partners_left")),
            )
        )
        for row in links.iter_rows(named=True)
    ]
    caption = ctx.words("log.pathways.links_caption", sign=left_out(ctx).text)
    return Table(columns, tuple(lines), caption, source(ctx, "pathway_links"), dense=True, sortable=False)


def _durations(ctx: LogContext) -> list[Block]:
    table = ctx.table("pathway_durations")
    if table is None:
        return []
    columns = (
        Column(ctx.words("log.pathways.duration"), figures=False),
        *(Column(ctx.words(f"log.column.{key}")) for key in ("n", "mean", "median", "p90")),
        *(Column(ctx.words(f"log.pathways.{key}")) for key in ("missing", "backwards")),
    )
    lines = [
        Row(
            (
                Cell(local_text(ctx.words, row, "title") or row["name"]),
                count_cell(ctx, row["n"]),
                *(_duration(ctx, row, key) for key in ("mean", "median", "p90")),
                count_cell(ctx, row["missing"]),
                count_cell(ctx, row["backwards"]),
            )
        )
        for row in table.iter_rows(named=True)
    ]
    caption = ctx.words("log.pathways.durations_caption", sign=left_out(ctx).text)
    block = Table(columns, tuple(lines), caption, source(ctx, "pathway_durations"), dense=True, sortable=False)
    return [Heading(ctx.words("log.pathways.durations_title")), block]


def _duration(ctx: LogContext, row: dict[str, Any], key: str) -> Cell:
    value, low, high = row[f"{key}_s"], row[f"{key}_low"], row[f"{key}_high"]
    if value is None:
        return left_out(ctx) if row["n"] is None else Cell(ctx.words("number.none"), style="quiet")
    text = ctx.numbers.duration(value)
    if low is not None and high is not None:
        ends = ctx.words("number.span", low=ctx.numbers.duration(low), high=ctx.numbers.duration(high))
        text = f"{text} {ctx.words('number.brackets', inside=ends)}"
    return Cell(text, value)


def _lost(ctx: LogContext, links: pl.DataFrame) -> list[Block]:
    """Why records were lost, link by link."""
    columns = (
        Column(ctx.words("log.pathways.link"), figures=False),
        *(Column(ctx.words(f"log.pathways.{key}")) for key in ("lost", *LOST, "outside_window")),
    )
    lines = [
        Row((_step(ctx, row), *(count_cell(ctx, row[key]) for key in ("lost", *LOST, "outside_window"))))
        for row in links.iter_rows(named=True)
    ]
    caption = ctx.words("log.pathways.lost_caption", sign=left_out(ctx).text)
    block = Table(columns, tuple(lines), caption, source(ctx, "pathway_links"), dense=True, sortable=False)
    return [Heading(ctx.words("log.pathways.lost_title")), block]


def _thresholds(ctx: LogContext) -> list[Block]:
    """What other thresholds would give."""
    table = ctx.table("pathway_thresholds")
    if table is None:
        return []
    columns = (
        Column(ctx.words("log.pathways.link"), figures=False),
        *(Column(ctx.words(f"log.pathways.{key}")) for key in ("threshold", "links", "wrong", "precision")),
    )
    lines = [
        Row(
            (
                _step(ctx, row),
                figure_cell(ctx, row["threshold_bits"], BITS),
                count_cell(ctx, row["links"]),
                figure_cell(ctx, row["expected_wrong"], LINKS, hidden=row["links"] is None),
                figure_cell(ctx, row["expected_precision"], form.PERCENT, hidden=row["links"] is None),
            ),
            "total" if row["chosen"] else "",
        )
        for row in table.iter_rows(named=True)
    ]
    caption = ctx.words("log.pathways.thresholds_caption", sign=left_out(ctx).text)
    block = Table(columns, tuple(lines), caption, source(ctx, "pathway_thresholds"), dense=True, sortable=False)
    return [Details(ctx.words("log.pathways.thresholds_title"), (block,))]


def _again(ctx: LogContext) -> list[Block]:
    """People who call again, within some hours."""
    table = ctx.table("repeat_within")
    if table is None or not (table["incidents"].fill_null(1) > 0).any():
        return []  # the log can tell nobody apart
    columns = tuple(Column(ctx.words(f"log.pathways.{key}")) for key in ("hours", "followed", "again", "again_share"))
    lines = [
        Row(
            (
                Cell(ctx.numbers.text(row["hours"], form.HOURS), row["hours"]),
                count_cell(ctx, row["incidents"]),
                count_cell(ctx, row["again"]),
                share_cell(ctx, row, "share", ("low", "high"), hidden=row["left_out"]),
            )
        )
        for row in table.iter_rows(named=True)
    ]
    caption = ctx.words("log.pathways.again_caption", sign=left_out(ctx).text)
    block = Table(columns, tuple(lines), caption, source(ctx, "repeat_within", "repeat_callers"), sortable=False)
    return [Heading(ctx.words("log.pathways.again_title")), block]
