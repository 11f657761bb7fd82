"""Parts of the chapter on cost: money in words, what is missing, what is paid once, and prices with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Column, Details, Heading, Paragraph, Row, Table
from beredt.report.translated import translated

ALL, RUNNING, ONE_OFF = "all", "running", "one_off"
NO_DESKS, NO_CREWS = "desks.csv", "crews.csv"
FILES = (NO_DESKS, "one_off_costs.csv", "staff_figures.csv: net_hours", NO_CREWS)
"""What may be missing and is a file; everything else that may be is a figure of `cost_figures.csv`."""

MOST_DIGITS_BELOW = 10.0
Line = Mapping[str, Any]


def money_text(ctx: ReportContext, line: Line) -> str:
    """What a change costs with its range, signed; a dash while something is missing."""
    if line["nok"] is None:
        return ctx.words("number.none")
    estimate = Estimate(line["nok"], line["nok_low"], line["nok_high"])
    return ctx.numbers.estimate(estimate, form.MILLION_NOK, signed=True)


def money_cell(ctx: ReportContext, line: Line | None) -> Cell:
    """The same as a cell."""
    if line is None or line["nok"] is None:
        return Cell(ctx.words("cost.not_known"), style="quiet")
    if line["nok"] == line["nok_low"] == line["nok_high"] == 0.0:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(money_text(ctx, line), line["nok"])


def asked_lines(ctx: ReportContext, lines: Iterable[Line]) -> tuple[str, ...]:
    """What the study must bring, one line a file, in the order in which the figures are listed."""
    wanted = dict.fromkeys(one for line in lines for one in (line["missing"] or "").split(";") if one)
    figures = [one for one in wanted if one not in FILES]
    found = []
    if figures:
        names = ctx.words.listed(f"{one} ({ctx.words(f'cost.figure.{one}')})" for one in figures)
        found.append(ctx.words("cost.bring_figures", file="cost_figures.csv", figures=names))
    for file, key in zip(FILES, ("desks", "one_off", "net_hours", "crews"), strict=True):
        if file in wanted:
            found.append(ctx.words(f"cost.bring_{key}", file=file.partition(":")[0]))
    return tuple(found)


def missing_files(lines: Iterable[Line]) -> tuple[str, ...]:
    """The files that would have to be brought before every sum is known."""
    wanted = dict.fromkeys(one for line in lines for one in (line["missing"] or "").split(";") if one)
    names = (one.partition(":")[0] if one in FILES else "cost_figures.csv" for one in wanted)
    return tuple(dict.fromkeys(names))


def one_off_blocks(ctx: ReportContext) -> list[Block]:
    """Every item that is paid once, before and after overrun."""
    table = ctx.results.find_table("cost_one_off")
    blocks: list[Block] = [Heading(ctx.words("cost.one_off_title")), Paragraph(ctx.words("cost.one_off"))]
    if table is None:
        return blocks
    names = ("alternative", "what", "kind", "organisation", "estimate", "with_overrun", "source")
    figures = ("estimate", "with_overrun")
    columns = tuple(Column(ctx.words(f"cost.column.{one}"), figures=one in figures) for one in names)
    rows = []
    for row in table.iter_rows(named=True):
        before = Estimate(row["estimate"], row["estimate_low"], row["estimate_high"])
        rows.append(
            Row(
                (
                    Cell(ctx.names.alternative(row["alternative"])),
                    Cell(ctx.words.local({"en": row["name_en"], "nb": row["name_nb"], "nn": row["name_nb"]})),
                    Cell(ctx.words(f"cost.kind.{row['kind']}")),
                    Cell(ctx.names.get("organisations", row["organisation"])),
                    Cell(ctx.numbers.estimate(before, form.MILLION_NOK), row["estimate"]),
                    money_cell(ctx, row),
                    Cell(translated(ctx, row["source"])),
                )
            )
        )
    caption = ctx.words("cost.one_off_caption")
    return [*blocks, Table(columns, tuple(rows), caption, source(ctx, "cost_one_off"), dense=True)]


def prices_block(ctx: ReportContext) -> tuple[Block, ...]:
    """All prices, with their ranges and sources; nothing without any."""
    frame = ctx.study.decision.get("cost_figures")
    if frame is None or frame.is_empty():
        return ()
    table = figures_table(ctx, "cost_figures", "cost")
    return (Details(ctx.words("cost.prices_title"), (table,)),)


def figures_table(ctx: ReportContext, name: str, section: str) -> Table:
    """A table of figures with low, likely, high, basis and source; `section` of the language file names them."""
    columns = tuple(
        Column(ctx.words(f"staff.column.{one}"), figures=one in ("low", "likely", "high"))
        for one in ("figure", "low", "likely", "high", "basis", "source")
    )
    rows = []
    for row in ctx.study.decision[name].iter_rows(named=True):
        digits = 0 if row["high"] >= MOST_DIGITS_BELOW else 2
        cells = [Cell(ctx.words(f"{section}.figure.{row['figure']}"))]
        for end in ("low", "likely", "high"):
            cells.append(Cell(ctx.numbers.plain(row[end], Form("count", 1.0, digits)), row[end]))
        rows.append(Row((*cells, Cell(ctx.words(f"staff.basis.{row['basis']}")), Cell(translated(ctx, row["source"])))))
    caption = ctx.words(f"{section}.figures_caption")
    return Table(columns, tuple(rows), caption, ctx.words("source.study", tables=name), dense=True)
