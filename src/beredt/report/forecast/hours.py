"""The next hours, all together and by place and urgency."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from beredt.demand.forecast.tables import ALL
from beredt.demand.intensity import DAY_HOURS
from beredt.indicators.suppress import THRESHOLD
from beredt.report import form
from beredt.report.figures.bands import BandPanel, Days, draw_bands
from beredt.report.forecast.page import RATE, ForecastPage
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Heading, Paragraph, Row, Table

MOST_PANELS = 12
STEP_BEFORE = timedelta(minutes=1)
SOURCE = "forecast.csv"


def hours_chapter(page: ForecastPage, verdict: str) -> Chapter:
    """What is to be expected in all, and the sentence on which model says so; stretches as long as a small log asks."""
    words, numbers = page.words, page.numbers
    length_h = page.told_length_h
    total = page.sums.filter(pl.col("hours") == length_h) if length_h else page.series(ALL, ALL)
    key, length = ("_sums", {"length": page.length(length_h)}) if length_h else ("", {})
    busiest = total.row(int(total["mean"].arg_max() or 0), named=True)
    finding = words(
        f"forecast.hours.finding{key}",
        expected=numbers.text(float(page.answer.mean.sum()), RATE),
        hours=page.hours,
        **{"from": page.moment(page.local(page.answer.moment))},
        when=page.moment(busiest["begin"]),
        most=numbers.text(busiest["mean"], RATE),
        low=numbers.plain(busiest["q10"]),
        high=numbers.plain(busiest["q90"]),
        share=page.inner,
        **length,
    )
    alt = words(
        f"forecast.hours.alt{key}",
        hours=page.hours,
        low=numbers.text(_least(total), RATE),
        high=numbers.text(busiest["mean"], RATE),
        **length,
    )
    caption = words(f"forecast.hours.caption{key}", inner=page.inner, outer=page.outer, **length)
    blocks: list[Block] = [Paragraph(verdict, lead=True)]
    if total.height > 1:
        blocks.append(Figure(_bands(page, [("", total)], "forecast-hours", 1, 2.1), alt, caption, SOURCE))
        blocks.append(Details(words("forecast.hours.table"), (_step_table(page, total),)))
    blocks += [Heading(words("forecast.sums.title")), _sum_table(page, length_h)]
    return Chapter("summary", words("forecast.title.hours"), finding, tuple(blocks))


def places_chapter(page: ForecastPage) -> Chapter:
    """Places and urgencies: sums over all hours, and the places with most incidents hour by hour."""
    words, numbers = page.words, page.numbers
    areas, urgencies = page.told_areas(), page.told_urgencies()
    whole = float(page.answer.mean.sum())
    sums = {area: float(page.series(area, ALL)["mean"].sum()) for area in areas}
    several = len(page.answer.counts.areas) > 1 and len(areas) > 1
    told = {"all": numbers.text(whole, RATE)}
    blocks: list[Block] = []
    finding = words("forecast.places.finding_one", **told)
    if several:
        most = max(areas, key=sums.__getitem__)
        told |= {"place": page.area(most), "expected": numbers.text(sums[most], RATE)}
        finding = words("forecast.places.finding", **told)
        panels = [(page.area(one), page.series(one, ALL)) for one in page.hourly(areas, 1)[:MOST_PANELS]]
        if panels:
            alt = words("forecast.places.alt", place=page.area(most))
            svg = _bands(page, panels, "forecast-places", 3, 0.95)
            blocks.append(Figure(svg, alt, words("forecast.places.figure_caption"), SOURCE))
    panels = [(page.urgency(one), page.series(ALL, one)) for one in page.hourly(urgencies, 2)]
    if len(urgencies) > 1 and panels:
        svg = _bands(page, panels, "forecast-urgencies", 3, 1.1)
        blocks.append(Figure(svg, words("forecast.urgencies.alt"), words("forecast.urgencies.caption"), SOURCE))
    blocks.append(_place_table(page))
    return Chapter("places", words("forecast.title.places"), finding, tuple(blocks))


def _least(rows: pl.DataFrame) -> float:
    return float(min(rows["mean"].to_list()))


def _bands(
    page: ForecastPage, series: list[tuple[str, pl.DataFrame]], name: str, columns: int, height_in: float
) -> str:
    panels = [
        BandPanel(
            title,
            rows["mean"].to_list(),
            (rows["q10"].to_list(), rows["q90"].to_list()),
            (rows["q025"].to_list(), rows["q975"].to_list()),
        )
        for title, rows in series
    ]
    begins = series[0][1]["begin"].to_list()
    at = [n for n, one in enumerate(begins) if one.date() != (begins[n - 1] if n else one - STEP_BEFORE).date()]
    days = Days(at, [page.day(begins[number]) for number in at])
    texts = (
        page.words("forecast.column.expected"),
        page.words("forecast.column.interval", share=page.inner),
        page.words("forecast.column.interval", share=page.outer),
    )
    return draw_bands(panels, days, texts, page.numbers, name, columns=columns, height_in=height_in)


def _step_table(page: ForecastPage, total: pl.DataFrame) -> Table:
    words, numbers = page.words, page.numbers
    columns = [Column(words("forecast.column.step"), figures=False), Column(words("forecast.column.expected"))]
    columns += [Column(words("forecast.column.interval", share=one)) for one in (page.inner, page.outer)]
    rows = [
        Row(
            (
                Cell(page.moment(row["begin"])),
                Cell(numbers.plain(row["mean"], RATE), round(row["mean"], 1)),
                Cell(numbers.span(row["q10"], row["q90"], form.COUNT), row["q90"]),
                Cell(numbers.span(row["q025"], row["q975"], form.COUNT), row["q975"]),
            )
        )
        for row in total.iter_rows(named=True)
    ]
    caption = words("forecast.hours.table_caption")
    return Table(tuple(columns), tuple(rows), caption, SOURCE, dense=True, sortable=False)


def _sum_table(page: ForecastPage, least_h: int) -> Table:
    """Sums of days, weeks and the whole, none shorter than may be told; of hours where the forecast is that short."""
    words, numbers = page.words, page.numbers
    lengths = sorted(set(page.sums["hours"].to_list()))
    told = [one for one in lengths if one >= max(least_h, DAY_HOURS)] or lengths
    columns = [Column(words("forecast.column.step"), figures=False), Column(words("forecast.column.length"))]
    columns += [Column(words("forecast.column.expected"))]
    columns += [Column(words("forecast.column.interval", share=one)) for one in (page.inner, page.outer)]
    rows = [
        Row(
            (
                Cell(page.moment(row["begin"])),
                Cell(page.length(row["hours"]), row["hours"]),
                Cell(numbers.plain(row["mean"], RATE), round(row["mean"], 1)),
                Cell(numbers.span(row["q10"], row["q90"], form.COUNT), row["q90"]),
                Cell(numbers.span(row["q025"], row["q975"], form.COUNT), row["q975"]),
            ),
            "total" if row["hours"] == lengths[-1] else "",
        )
        for row in page.sums.filter(pl.col("hours").is_in(told)).iter_rows(named=True)
    ]
    return Table(tuple(columns), tuple(rows), words("forecast.sums.caption"), "sums.csv", dense=True, sortable=False)


def _place_table(page: ForecastPage) -> Table:
    """Expected sums; what is too small to be told apart is only in the row of all."""
    counts, mean = page.answer.counts, page.answer.mean.sum(axis=0)
    urgencies = page.told_urgencies()
    kinds = [counts.urgencies.index(one) for one in urgencies]
    columns = [Column(page.words("forecast.column.place"), figures=False)]
    columns += [Column(page.urgency(one)) for one in urgencies] + [Column(page.words("forecast.column.sum"))]
    lines = [(page.area(ALL), mean.sum(axis=0), "total")]
    if len(counts.areas) > 1:
        lines += [(page.area(one), mean[counts.areas.index(one)], "") for one in page.told_areas()]
    rows = []
    for name, values, style in lines:
        told = [*(float(values[kind]) for kind in kinds), float(values.sum())]
        rows.append(Row((Cell(name), *(Cell(page.numbers.plain(one, RATE), one) for one in told)), style))
    caption = page.words("forecast.places.caption", hours=page.hours, least=page.numbers.whole(THRESHOLD))
    return Table(tuple(columns), tuple(rows), caption, SOURCE)
