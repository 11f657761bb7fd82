"""The national indicator of response times to the letter, beside the same by true position."""

from __future__ import annotations

import polars as pl

from beredt.indicators.log.national import CHANGED, LIMIT_S, NATIONAL, REASONS, RURAL, TRUE_POSITION, URBAN
from beredt.report import form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import LONGEST, count_cell, figure_cell, method, share_cell, source, unanswered
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Notice, Row, Table

ALL = ""


def national_chapter(ctx: LogContext) -> Chapter:
    """Shares in time, how many were left out and why, by variant, then by municipality and year."""
    table = ctx.table("national_indicator")
    if table is None:
        return unanswered(ctx, "national", ctx.why_not("national") or ctx.words("log.reason.no_missions"))
    blocks: list[Block] = []
    why = ctx.why_not("national")
    if why:
        blocks.append(Notice(why))
    if not tells_changes(table):
        blocks.append(Notice(ctx.words("log.national.changes_not_told")))
    blocks.append(_variants(ctx, table))
    blocks += _places(ctx, table) + _years(ctx, table)
    minutes = {name: ctx.numbers.whole(limit // 60) for name, limit in LIMIT_S.items()}
    blocks.append(method(ctx, "national", urban=minutes[URBAN], rural=minutes[RURAL]))
    return Chapter("national", ctx.words("log.chapter.national"), _finding(ctx, table), tuple(blocks))


def tells_changes(table: pl.DataFrame) -> bool:
    """Whether the log shows any change of urgency: else nobody knows which incidents to leave out for one."""
    return bool(table["changes_told"].all())


def whole_rows(table: pl.DataFrame, variant: str) -> pl.DataFrame:
    """All years and municipalities together, by urban and rural."""
    return table.filter((pl.col("variant") == variant) & (pl.col("year") == ALL) & (pl.col("municipality") == ALL))


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    parts = []
    for row in whole_rows(table, NATIONAL).iter_rows(named=True):
        if row["where"] in LIMIT_S and row["share"] is not None:
            parts.append(
                ctx.words(
                    f"log.national.in_{row['where']}",
                    share=ctx.numbers.text(row["share"], form.PERCENT),
                    minutes=ctx.numbers.whole(LIMIT_S[row["where"]] // 60),
                )
            )
    whole = whole_rows(table, NATIONAL).filter(pl.col("where") == ALL)
    out = None if whole.is_empty() else whole["left_out_share"][0]
    if not parts:
        return ctx.words("log.national.no_finding")
    if out is None:
        return ctx.words("log.national.finding_alone", shares=ctx.words.listed(parts))
    return ctx.words(
        "log.national.finding", shares=ctx.words.listed(parts), left_out=ctx.numbers.text(out, form.PERCENT)
    )


def _columns(ctx: LogContext, *first: str) -> tuple[Column, ...]:
    counts = [Column(ctx.words(f"log.national.column.{key}")) for key in ("incidents", *REASONS, "counted", "share")]
    heads = [Column(text, figures=False) for text in first]
    return (*heads, *counts, Column(ctx.words("log.national.column.left_out_share")))


def _told(table: pl.DataFrame) -> frozenset[str]:
    """The counts that the log tells."""
    known = frozenset(("incidents", *REASONS, "counted"))
    return known if tells_changes(table) else known - {CHANGED}


def _cells(ctx: LogContext, row: dict[str, object], told: frozenset[str]) -> list[Cell]:
    keys = ("incidents", *REASONS, "counted")
    cells = [
        count_cell(ctx, row[key])  # type: ignore[arg-type]
        if key in told
        else Cell(ctx.words("number.none"), style="quiet")
        for key in keys
    ]
    hidden = row["counted"] is None or row["within"] is None
    cells.append(share_cell(ctx, row, "share", ("share_low", "share_high"), hidden=hidden))
    out = row["left_out_share"]
    cells.append(figure_cell(ctx, out, form.PERCENT, hidden=hidden))  # type: ignore[arg-type]
    return cells


def _variants(ctx: LogContext, table: pl.DataFrame) -> Table:
    rows: list[Row] = []
    columns = _columns(ctx, ctx.words("log.national.column.where"))
    for variant in (NATIONAL, TRUE_POSITION):
        title = ctx.words(f"log.national.{variant}")
        rows.append(Row((Cell(title),), "group"))
        order = {URBAN: 0, RURAL: 1, "none": 2, ALL: 3}
        for row in sorted(whole_rows(table, variant).iter_rows(named=True), key=lambda one: order[one["where"]]):
            name = ctx.words(f"log.national.where.{row['where'] or 'all'}")
            rows.append(Row((Cell(name), *_cells(ctx, row, _told(table))), "total" if row["where"] == ALL else "inner"))
    target = ctx.numbers.text(float(table["target_share"][0]), form.WHOLE_PERCENT)
    caption = ctx.words("log.national.caption", target=target, sign=ctx.words("log.left_out_sign"))
    return Table(columns, tuple(rows), caption, source(ctx, "national_indicator"), dense=True, sortable=False)


def _places(ctx: LogContext, table: pl.DataFrame) -> list[Block]:
    own = table.filter(
        (pl.col("variant") == NATIONAL)
        & (pl.col("year") == ALL)
        & (pl.col("municipality") != ALL)
        & (pl.col("where") == ALL)
        & pl.col("incidents").is_not_null()
    ).sort("incidents", "municipality", descending=[True, False])
    if own.height < 2:
        return []
    lines = [
        Row((Cell(ctx.place("municipality", row["municipality"])), *_cells(ctx, row, _told(table))))
        for row in own.head(LONGEST).iter_rows(named=True)
    ]
    columns = _columns(ctx, ctx.words("log.by.municipality"))
    caption = ctx.words("log.national.places_caption")
    return [
        Heading(ctx.words("log.national.places_title")),
        Table(columns, tuple(lines), caption, source(ctx, "national_indicator"), dense=True),
    ]


def _years(ctx: LogContext, table: pl.DataFrame) -> list[Block]:
    own = table.filter(
        (pl.col("variant") == NATIONAL)
        & ~pl.col("year").is_in([ALL, "none"])
        & (pl.col("municipality") == ALL)
        & (pl.col("where") == ALL)
    ).sort("year")
    if own.height < 2:
        return []
    lines = [
        Row((Cell(ctx.numbers.label(row["year"])), *_cells(ctx, row, _told(table))))
        for row in own.iter_rows(named=True)
    ]
    columns = _columns(ctx, ctx.words("log.by.year"))
    block = Table(columns, tuple(lines), ctx.words("log.national.years_caption"), source(ctx, "national_indicator"),
                  dense=True)  # fmt: skip
    return [Details(ctx.words("log.national.years_title"), (block,))]
