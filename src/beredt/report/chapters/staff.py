"""Staff: full-time equivalents by organisation, who changes employer, what is printed, who answers calls, the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.chapters.staff_answering import answering_blocks
from beredt.report.chapters.staff_levels import levels_blocks, stations_block
from beredt.report.chapters.staff_printed import printed_blocks
from beredt.report.chapters.staff_served import open_lines, served_blocks, uncrewed
from beredt.report.chapters.staff_years import years_blocks
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Heading, Notice, Paragraph, Row, Table

TRANSFERRED = "transferred_in"
ELSEWHERE = ("transferred_in", "transferred_out", "moved_in", "moved_out")
"""Changes that are nothing more or fewer in all."""

CAR_H = 2 * 8760
"""Hours of people in a year of a two-person car round the clock: the example that everybody knows."""


def staff_chapter(ctx: ReportContext) -> Chapter:
    """Everything about staff; what the study does not bring is asked for by name."""
    title = ctx.words("chapter.staff")
    staff = ctx.results.find_table("staff")
    net = net_hours(ctx)
    if staff is None or net is None or staff["fte"].null_count() == staff.height:
        asked = ctx.words.listed(["crews.csv", "staff_figures.csv"])
        blocks: tuple[Block, ...] = (Notice(ctx.words("staff.bring", files=asked)),)
        return Chapter("staff", title, ctx.words("staff.no_finding"), (*blocks, *answering_blocks(ctx)))
    changes = ctx.results.find_table("staff_changes")
    intro = ctx.words("staff.intro", net=ctx.numbers.plain(net), car=ctx.numbers.text(CAR_H / net, form.FTE))
    parts: list[Block] = [Paragraph(intro), *_uncrewed(ctx), *levels_blocks(ctx, staff, changes)]
    lines = open_lines(ctx)
    if lines:
        intro = ctx.words("staff.open_intro", file="desks.csv")
        parts += [Heading(ctx.words("staff.open_title")), Paragraph(intro), Bullets(lines)]
    parts += [*_transfer_blocks(ctx, changes), stations_block(ctx, staff)]
    parts += [*printed_blocks(ctx, net), *served_blocks(ctx), *answering_blocks(ctx), *years_blocks(ctx)]
    return Chapter("staff", title, _finding(ctx, changes), tuple(parts))


def _uncrewed(ctx: ReportContext) -> Iterator[Block]:
    """Kinds of unit whose crew nobody has said, by alternative."""
    for one in ctx.alternatives:
        kinds = dict.fromkeys(row["kind"] for row in uncrewed(ctx, one))
        if kinds:
            names = ctx.words.listed([ctx.names.get("unit_kinds", kind) for kind in kinds])
            yield Notice(
                ctx.words("staff.uncrewed", alternative=ctx.names.alternative(one), kinds=names, file="crews.csv")
            )


def net_hours(ctx: ReportContext) -> float | None:
    """Likely net hours of a full-time equivalent, as the study has them."""
    figures = ctx.study.decision.get("staff_figures")
    rows = [] if figures is None else figures.filter(pl.col("figure") == "net_hours")["likely"].to_list()
    return float(rows[0]) if rows else None


def _rows(ctx: ReportContext, changes: pl.DataFrame | None, alternative: str) -> list[dict[str, Any]]:
    if changes is None:
        return []
    own = changes.filter((pl.col("baseline") == ctx.baseline) & (pl.col("alternative") == alternative))
    return list(own.iter_rows(named=True))


def _finding(ctx: ReportContext, changes: pl.DataFrame | None) -> str:
    if not ctx.compared:
        return ctx.words("staff.no_finding")
    clauses = [_clause(ctx, _rows(ctx, changes, one), one) for one in ctx.compared]
    return ctx.words(
        "staff.finding",
        baseline=ctx.names.alternatives([ctx.baseline]),
        clauses=ctx.words("staff.between").join(clauses),
    )


def _clause(ctx: ReportContext, rows: Sequence[dict[str, Any]], alternative: str) -> str:
    moved = sum(row["fte"] or 0.0 for row in rows if row["what"] == TRANSFERRED)
    more = _more(rows)
    flat = ctx.numbers.rounds_to_zero(more, form.FTE)
    name = "same" if flat and not moved else "moved" if flat else "both" if moved else "more"
    return ctx.words(
        f"staff.clause_{name}",
        alternative=ctx.names.alternatives([alternative]),
        moved=ctx.numbers.text(moved, form.FTE),
        more=ctx.numbers.text(more, form.FTE, signed=True),
    )


def _more(rows: Sequence[dict[str, Any]]) -> float:
    return float(sum(row["fte"] or 0.0 for row in rows if row["what"] not in ELSEWHERE))


def fte_level(ctx: ReportContext) -> float | None:
    """All full-time equivalents that are known under the baseline; None where none are."""
    staff = ctx.results.find_table("staff")
    if staff is None:
        return None
    known = staff.filter((pl.col("alternative") == ctx.baseline) & pl.col("whole"))["fte"].drop_nulls()
    return float(known.sum()) if known.len() else None


def fte_change(ctx: ReportContext, alternative: str) -> float:
    """Full-time equivalents in all that an alternative has more than the baseline, so far as it is stated."""
    return _more(_rows(ctx, ctx.results.find_table("staff_changes"), alternative))


def _transfer_blocks(ctx: ReportContext, changes: pl.DataFrame | None) -> list[Block]:
    blocks: list[Block] = [Heading(ctx.words("staff.transfer_title")), Paragraph(ctx.words("staff.transfer"))]
    lines = [row for one in ctx.alternatives if one != TODAY for row in _rows(ctx, changes, one)]
    lines = [row for row in lines if row["what"] == TRANSFERRED]
    if not lines:
        return [*blocks, Paragraph(ctx.words("staff.transfer_none"))]
    names = ("alternative", "station", "from", "to", "fte")
    columns = tuple(Column(ctx.words(f"staff.column.{one}"), figures=one == "fte") for one in names)
    rows = tuple(
        Row(
            (
                Cell(ctx.names.alternative(row["alternative"])),
                Cell(ctx.names.get("stations", row["station"])),
                Cell(ctx.names.get("organisations", row["other"])),
                Cell(ctx.names.get("organisations", row["organisation"])),
                Cell(ctx.numbers.plain(row["fte"], form.FTE), row["fte"]),
            )
        )
        for row in lines
    )
    blocks.append(Table(columns, rows, ctx.words("staff.transfer_caption"), source(ctx, "staff_changes")))
    return blocks
