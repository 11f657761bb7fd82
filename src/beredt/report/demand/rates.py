"""What the rates leave open of expected incidents, and of sums of them."""

from __future__ import annotations

import polars as pl

from beredt.demand.projection.project import CHANCE
from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.chapters.parts import rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Column, Details, Heading, Paragraph, Row, Table

ALL = "all"


def rates_blocks(ctx: ReportContext) -> tuple[Block, ...]:
    """Intervals of every year and urgency and of their sum, municipalities of the last year behind a click.

    Nothing where the study has its rates as if they were known.
    """
    table = ctx.results.find_table("demand_rates")
    if table is None:
        return ()
    share = ctx.numbers.text(CHANCE, form.WHOLE_PERCENT)
    last = int(table["year"].to_numpy().max())
    return (
        Heading(ctx.words("demand.rates.title")),
        Paragraph(ctx.words("demand.rates.intro", share=share)),
        _year_table(ctx, table.filter(pl.col("municipality") == ALL), share),
        Details(ctx.words("demand.rates.by_place"), (_place_table(ctx, table.filter(pl.col("year") == last), last),)),
    )


def _year_table(ctx: ReportContext, everywhere: pl.DataFrame, share: str) -> Table:
    found = {(row["year"], row["urgency"]): row for row in everywhere.iter_rows(named=True)}
    columns = [
        Column(ctx.words("demand.column.year"), figures=False),
        Column(ctx.words("demand.rates.urgency"), figures=False),
    ]
    columns += [
        Column(ctx.words(f"demand.rates.{one}", share=share)) for one in ("expected", "by_rates", "with_growth")
    ]
    rows = [
        Row(
            (
                Cell(ctx.numbers.label(year), float(year)),
                Cell(_urgency(ctx, urgency)),
                *_cells(ctx, found[year, urgency]),
            ),
            "total" if urgency == ALL else "",
        )
        for year in sorted({year for year, _ in found})
        for urgency in (*URGENCIES, ALL)
    ]  # fmt: skip
    caption = ctx.words("demand.rates.caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "demand_rates"), dense=True, sortable=False)


def _place_table(ctx: ReportContext, of_year: pl.DataFrame, year: int) -> Table:
    share = ctx.numbers.text(CHANCE, form.WHOLE_PERCENT)
    found = {row["municipality"]: row for row in of_year.filter(pl.col("urgency") == ALL).iter_rows(named=True)}
    columns = [Column(ctx.words("table.place"), figures=False)]
    columns += [
        Column(ctx.words(f"demand.rates.{one}", share=share)) for one in ("expected", "by_rates", "with_growth")
    ]
    places = (ALL, *(one for one, _ in rows_of_zones(ctx) if one in found))
    rows = tuple(
        Row((Cell(ctx.names.group(place)), *_cells(ctx, found[place])), "total" if place == ALL else "")
        for place in places
    )
    caption = ctx.words("demand.rates.place_caption", year=ctx.numbers.label(year))
    return Table(tuple(columns), rows, caption, source(ctx, "demand_rates"), dense=True)


def _urgency(ctx: ReportContext, urgency: str) -> str:
    return ctx.words("demand.rates.every") if urgency == ALL else ctx.names.urgency(urgency)


def _cells(ctx: ReportContext, row: dict[str, float]) -> tuple[Cell, Cell, Cell]:
    """Expected incidents, their interval by the rates, and the same with growth and use."""
    spans = [("rates_low", "rates_high"), ("whole_low", "whole_high")]
    texts = [Cell(ctx.numbers.span(row[low], row[high], form.COUNT), row[high]) for low, high in spans]
    return (Cell(ctx.numbers.text(row["incidents"], form.COUNT), row["incidents"]), texts[0], texts[1])
