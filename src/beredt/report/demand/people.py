"""Who lives there: people by age and municipality, now and in later years, and where they are by day."""

from __future__ import annotations

import polars as pl

from beredt.demand.population import AGE_BANDS
from beredt.report import form
from beredt.report.chapters.parts import missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.demand.part import DemandPart
from beredt.report.demand.presence import presence_blocks
from beredt.report.figures.axis import Scale
from beredt.report.figures.grouped_bars import draw_grouped_bars
from beredt.report.figures.stacked_bars import Part
from beredt.report.page.blocks import Block, Cell, Column, Figure, Row, Table
from beredt.report.theme import ALTERNATIVE_INKS, TODAY_INK

OLD = AGE_BANDS[AGE_BANDS.index("70-79") :]
MAIN = "main"


def people_part(ctx: ReportContext) -> DemandPart:
    """People of the study's year by age and municipality, the ages of later years beside them, by day and by night."""
    title = ctx.words("demand.title.people")
    table = ctx.results.find_table("demand_people")
    if table is None:
        return DemandPart("demand-people", title, ctx.words("demand.no_rates"), (missing(ctx, "demand_people"),))
    year = ctx.study.settings.study.year
    main = table.filter(pl.col("alternative") == MAIN)
    now = _by_age(main, year)
    everyone, old = sum(now.values()), sum(now[band] for band in OLD)
    finding = ctx.words(
        "demand.people.finding",
        people=ctx.numbers.text(everyone, form.PEOPLE),
        year=ctx.numbers.label(year),
        age=ctx.numbers.label(OLD[0].partition("-")[0]),
        share=ctx.numbers.text(old / everyone if everyone else float("nan"), form.PERCENT),
    )
    blocks: tuple[Block, ...] = (_figure(ctx, main), _table(ctx, main.filter(pl.col("year") == year)))
    return DemandPart("demand-people", title, finding, (*blocks, *presence_blocks(ctx)))


def age_text(ctx: ReportContext, band: str) -> str:
    """An age band as it is read: "70–79"; the word for all."""
    return ctx.words("demand.all_ages") if band == "all" else ctx.numbers.label(band.replace("-", "–"))


def year_inks(years: list[int]) -> dict[int, str]:
    """The colour of every year: the study's own is grey, as today is elsewhere."""
    inks = (TODAY_INK, *ALTERNATIVE_INKS)
    return {year: inks[number % len(inks)].light for number, year in enumerate(years)}


def _by_age(table: pl.DataFrame, year: int) -> dict[str, float]:
    rows = table.filter(pl.col("year") == year).group_by("age_band").agg(pl.col("people").sum()).rows()
    return {band: dict(rows).get(band, 0.0) for band in AGE_BANDS}


def _figure(ctx: ReportContext, main: pl.DataFrame) -> Figure:
    years = sorted(main["year"].unique().to_list())
    inks = year_inks(years)
    ages = {year: _by_age(main, year) for year in years}
    svg = draw_grouped_bars(
        [age_text(ctx, band) for band in AGE_BANDS],
        [Part(ctx.numbers.label(year), inks[year], list(ages[year].values())) for year in years],
        Scale(ctx.words("demand.axis.people"), form.PEOPLE),
        ctx.numbers,
        "demand-ages",
    )
    now = ages[ctx.study.settings.study.year]
    largest = max(now, key=now.__getitem__)
    alt = ctx.words("demand.people.alt", age=age_text(ctx, largest), people=ctx.numbers.text(now[largest], form.PEOPLE))
    return Figure(svg, alt, ctx.words("demand.people.figure_caption"), source(ctx, "demand_people"))


def _table(ctx: ReportContext, now: pl.DataFrame) -> Table:
    columns = [Column(ctx.words("table.place"), figures=False), Column(ctx.words("demand.all_ages"))]
    columns += [Column(age_text(ctx, band)) for band in AGE_BANDS]
    people = {(place, band): count for place, band, count in now.select("municipality", "age_band", "people").rows()}
    places = [one for one, _ in rows_of_zones(ctx) if (one, AGE_BANDS[0]) in people]
    lines = [(ctx.names.group("all"), places, "total"), *((ctx.names.group(one), [one], "") for one in places)]
    rows = []
    for name, of, style in lines:
        counts = [sum(people[one, band] for one in of) for band in AGE_BANDS]
        cells = [Cell(ctx.numbers.text(count, form.PEOPLE), count) for count in (sum(counts), *counts)]
        rows.append(Row((Cell(name), *cells), style))
    caption = ctx.words("demand.people.caption", year=ctx.numbers.label(ctx.study.settings.study.year))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "demand_people"), dense=True)
