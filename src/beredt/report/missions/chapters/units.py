"""How units spend their hours on duty, which stations are least busy, and how far units drive."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.duty_told import duty_notices
from beredt.report.missions.parts import LONGEST, count_cell, figure_cell, left_out, method, source, unanswered
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Heading, Notice, Row, Table
from beredt.report.theme import BUSY, READY

ALL = ""
LEAST_BUSY = 15
MOST_BARS = 30
TONNES = Form("tonnes", 1.0, 1)


def units_chapter(ctx: LogContext) -> Chapter:
    """Stations by utilisation, the least busy, all units, kilometres and carbon dioxide."""
    table = ctx.table("service_units")
    if table is None:
        return unanswered(ctx, "units", ctx.why_not("units") or ctx.words("log.reason.no_missions"))
    stations = table.filter((pl.col("unit") == ALL) & (pl.col("station") != ALL) & pl.col("utilisation").is_not_null())
    stations = stations.sort("utilisation", "station")
    units = table.filter((pl.col("unit") != ALL) & pl.col("utilisation").is_not_null()).sort("utilisation", "unit")
    blocks = duty_notices(ctx)
    if stations.height > 1:
        blocks.append(_bars(ctx, stations.reverse().head(MOST_BARS)))
    if units.height:
        few = units.head(LEAST_BUSY)
        title = ctx.words("log.units.least_title", count=ctx.numbers.whole(few.height))
        blocks += [Heading(title), _table(ctx, few, ctx.words("log.units.least_caption"))]
    every = table.filter(pl.col("unit") != ALL).sort("station", "unit").head(5 * LONGEST)
    all_units = _table(ctx, every, ctx.words("log.units.all_caption", sign=left_out(ctx).text))
    blocks.append(Details(ctx.words("log.units.all_title"), (all_units,)))
    blocks += _kilometres(ctx)
    blocks.append(method(ctx, "units"))
    return Chapter("units", ctx.words("log.chapter.units"), _finding(ctx, table), tuple(blocks))


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    whole = table.filter((pl.col("station") == ALL) & (pl.col("unit") == ALL))
    if whole.is_empty() or whole["utilisation"][0] is None:
        return ctx.words("log.units.no_finding")
    row = whole.row(0, named=True)
    return ctx.words(
        "log.units.finding",
        use=ctx.numbers.text(row["utilisation"], form.PERCENT),
        active=ctx.numbers.text(row["active_h"], form.HOURS),
        duty=ctx.numbers.text(row["duty_h"], form.HOURS),
    )


def _bars(ctx: LogContext, stations: pl.DataFrame) -> Figure:
    active = [min(1.0, one) for one in stations["utilisation"].to_list()]
    parts = [
        Part(ctx.words("units.active"), BUSY.light, active),
        Part(ctx.words("units.ready"), READY.light, [1.0 - one for one in active]),
    ]
    names = [ctx.place("station", one) for one in stations["station"].to_list()]
    texts = [ctx.numbers.text(one, form.WHOLE_PERCENT) for one in stations["utilisation"].to_list()]
    scale = Scale(ctx.words("axis.share_of_duty"), form.PERCENT)
    svg = draw_lying_bars(names, parts, scale, ctx.numbers, "log-stations", texts)
    alt = ctx.words("units.bars_alt", most=names[0], most_use=texts[0], least=names[-1], least_use=texts[-1])
    return Figure(svg, alt, ctx.words("log.units.bars_caption"), source(ctx, "service_units"))


def _table(ctx: LogContext, units: pl.DataFrame, caption: str) -> Table:
    keys = ("unit", "station", "kind", "share", "duty_h", "active_h", "standby_h", "overtime_h", "missions")
    columns = tuple(
        Column(ctx.words(f"units.column.{key}"), figures=key not in ("unit", "station", "kind")) for key in keys
    )
    lines = []
    for row in units.iter_rows(named=True):
        hidden = row["suppressed"]
        cells = [
            Cell(ctx.numbers.label(row["unit"])),
            Cell(ctx.place("station", row["station"])),
            Cell(ctx.unit_kind(row["kind"])),
            figure_cell(ctx, row["utilisation"], form.PERCENT, hidden=hidden),
        ]
        cells += [figure_cell(ctx, row[key], form.HOURS, hidden=hidden) for key in keys[4:8]]
        cells.append(count_cell(ctx, row["missions"]))
        lines.append(Row(tuple(cells)))
    return Table(columns, tuple(lines), caption, source(ctx, "service_units"), dense=True)


def _kilometres(ctx: LogContext) -> list[Block]:
    """Kilometres and carbon dioxide by station, and what they are by."""
    heading = Heading(ctx.words("log.km.title"))
    why = ctx.why_not("km")
    table = ctx.table("service_km")
    if why or table is None:
        return [heading, Notice(why or ctx.words("log.reason.no_km"))]
    own = table.filter((pl.col("kind") == ALL) & pl.col("missions").is_not_null())
    own = own.sort(pl.col("station") == ALL, -pl.col("km").fill_null(0.0), "station").head(LONGEST)
    columns = (
        Column(ctx.words("log.by.station"), figures=False),
        Column(ctx.words("log.column.missions")),
        Column(ctx.words("log.km.basis_title"), figures=False),
        *(Column(ctx.words(f"log.km.{key}")) for key in ("km", "co2", "range")),
    )
    lines = []
    for row in own.iter_rows(named=True):
        span = Cell(ctx.words("number.none"), style="quiet")
        if row["co2_low_t"] is not None:
            span = Cell(ctx.numbers.span(row["co2_low_t"], row["co2_high_t"], TONNES))
        lines.append(
            Row(
                (
                    Cell(ctx.words.sentence(ctx.place("station", row["station"]))),
                    count_cell(ctx, row["missions"]),
                    Cell(ctx.words(f"log.km.basis.{row['basis'] or 'none'}")),
                    figure_cell(ctx, row["km"], form.KM),
                    figure_cell(ctx, row["co2_t"], TONNES),
                    span,
                ),
                "total" if row["station"] == ALL else "",
            )
        )
    return [heading, Table(columns, tuple(lines), ctx.words("log.km.caption"), source(ctx, "service_km"), dense=True)]
