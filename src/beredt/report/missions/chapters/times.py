"""How long everything takes: every interval, per incident and per mission, and response by place and time."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY
from beredt.report import theme
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import (
    LONGEST,
    count_cell,
    duration_cell,
    left_out,
    method,
    month_name,
    share_cell,
    source,
    unanswered,
)
from beredt.report.page.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)

ACUTE, ALL, RESPONSE = "A", "", "response"
PLACES = ("municipality", "district", "tettsted", "station", "unit_kind")
CLOCK = ("weekday", "month")
COUNTINGS = ("incident", "mission")
MIN_12, MIN_25 = 12, 25


def times_chapter(ctx: LogContext) -> Chapter:
    """Every interval, then response times by place, station, hour, weekday and month."""
    table = ctx.table("intervals")
    if table is None:
        return unanswered(ctx, "times", ctx.why_not("times") or ctx.words("log.reason.no_missions"))
    blocks: list[Block] = []
    for why in (ctx.why_not("times"), ctx.why_not("handling")):
        if why:
            blocks.append(Notice(why))
    blocks += [Paragraph(ctx.words("log.times.intro")), _intervals(ctx, table)]
    urgency = main_urgency(table)
    hours = _hours(ctx, table, urgency)
    if hours:
        blocks += [Heading(ctx.words("log.times.hour_title")), hours]
    for by in PLACES:
        blocks += _breakdown(ctx, table, by, urgency, folded=by in ("unit_kind",))
    for by in CLOCK:
        blocks += _breakdown(ctx, table, by, urgency, folded=True)
    blocks.append(method(ctx, "times"))
    return Chapter("times", ctx.words("log.chapter.times"), _finding(ctx, table, urgency), tuple(blocks))


def main_urgency(table: pl.DataFrame) -> str:
    """Acute where the log has acute responses, else all urgencies together."""
    acute = response_rows(table, ALL, ACUTE)
    return ACUTE if acute.height and acute["n"][0] is not None else ALL


def response_rows(table: pl.DataFrame, by: str, urgency: str, counting: str = "incident") -> pl.DataFrame:
    """Rows of response times by one thing."""
    return table.filter(
        (pl.col("counting") == counting)
        & (pl.col("interval") == RESPONSE)
        & (pl.col("urgency") == urgency)
        & (pl.col("by") == by)
        & (pl.col("by2") == ALL)
    )


def _finding(ctx: LogContext, table: pl.DataFrame, urgency: str) -> str:
    whole = response_rows(table, ALL, urgency)
    if whole.is_empty() or whole["median_s"][0] is None:
        return ctx.words("log.times.no_finding")
    row = whole.row(0, named=True)
    return ctx.words(
        "log.times.finding",
        urgency=ctx.urgency(urgency),
        n=ctx.numbers.whole(row["n"]),
        median=ctx.numbers.duration(row["median_s"]),
        p90=ctx.numbers.duration(row["p90_s"]),
    )


def _columns(ctx: LogContext, first: str, *, target: bool) -> tuple[Column, ...]:
    minutes = {"log.column.within": (MIN_12, MIN_25)}
    shares = [Column(ctx.words(key, minutes=ctx.numbers.whole(one))) for key, ends in minutes.items() for one in ends]
    names = [Column(ctx.words(f"log.column.{key}")) for key in ("n", "mean", "median", "p90")]
    last = [Column(ctx.words("log.column.target"))] if target else []
    return (Column(first, figures=False), *names, *shares, *last)


def _cells(ctx: LogContext, row: dict[str, object], *, target: bool, interval: bool) -> list[Cell]:
    names = ("mean", "median", "p90")
    cells = [count_cell(ctx, row["n"])]  # type: ignore[arg-type]
    cells += [duration_cell(ctx, row, name, interval=interval and name != "mean") for name in names]
    hidden = row["suppressed"] != "no"
    shares = ("share_12", "share_25", *(("share_target",) if target else ()))
    for name in shares:
        # Where there is a target its share has the interval; three of them would not fit a page.
        ends = (f"{name}_low", f"{name}_high") if interval and (name == "share_target") == target else None
        cells.append(share_cell(ctx, row, name, ends, hidden=hidden))
    return cells


def _intervals(ctx: LogContext, table: pl.DataFrame) -> Table:
    """Every interval of acute incidents and missions, and of all."""
    whole = table.filter((pl.col("by") == ALL) & (pl.col("by2") == ALL))
    columns = _columns(ctx, ctx.words("log.column.interval"), target=False)
    rows: list[Row] = []
    for counting in COUNTINGS:
        for urgency in ("A", "H", "V", ALL):
            own = whole.filter((pl.col("counting") == counting) & (pl.col("urgency") == urgency))
            if own.is_empty():
                continue
            title = ctx.words(f"log.counting.{counting}", urgency=ctx.urgency(urgency))
            rows.append(Row((Cell(title),), "group"))
            for row in own.iter_rows(named=True):
                name = Cell(ctx.words(f"log.interval.{row['interval']}"))
                rows.append(Row((name, *_cells(ctx, row, target=False, interval=False)), "inner"))
    caption = ctx.words("log.times.intervals_caption", sign=ctx.words("log.left_out_sign"))
    return Table(columns, tuple(rows), caption, source(ctx, "intervals"), dense=True, sortable=False)


def _breakdown(ctx: LogContext, table: pl.DataFrame, by: str, urgency: str, *, folded: bool) -> list[Block]:
    counting = "mission" if by in ("station", "unit_kind") else "incident"
    rows = response_rows(table, by, urgency, counting)
    if rows.filter(pl.col("key") != NONE_KEY).height < 2:
        return []
    target = rows["share_target"].is_not_null().any()
    columns = _columns(ctx, ctx.words(f"log.by.{by}"), target=target)
    shown = rows.filter(pl.col("n").is_not_null())
    shown = shown.tail(LONGEST) if by == "month" else shown
    if by not in ("month", "weekday"):
        shown = shown.sort("n", "key", descending=[True, False]).head(LONGEST)
    lines = [
        Row((Cell(_name(ctx, by, row["key"])), *_cells(ctx, row, target=target, interval=True)))
        for row in shown.iter_rows(named=True)
    ]
    values = {
        "by": ctx.words(f"log.by_small.{by}"),
        "urgency": ctx.urgency(urgency),
        "left_out": _left_out_text(ctx, rows, len(lines)),
    }
    caption = ctx.words(f"log.times.{counting}_caption", **values)
    block = Table(columns, tuple(lines), caption, source(ctx, "intervals"), dense=True)
    title = ctx.words("log.times.by_title", by=ctx.words(f"log.by_small.{by}"))
    return [Details(title, (block,))] if folded else [Heading(title), block]


def _name(ctx: LogContext, by: str, key: str) -> str:
    return month_name(ctx, key) if by == "month" else ctx.place(by, key)


def _left_out_text(ctx: LogContext, rows: pl.DataFrame, shown: int) -> str:
    """What is not shown of a breakdown: too few, or too many rows for a page."""
    hidden = rows["n"].null_count()
    more = rows.height - hidden - shown
    parts = []
    if hidden:
        parts.append(ctx.words("log.rows_left_out", count=ctx.numbers.whole(hidden), sign=left_out(ctx).text))
    if more:
        parts.append(ctx.words("log.rows_more", count=ctx.numbers.whole(more)))
    return " ".join(parts)


def _hours(ctx: LogContext, table: pl.DataFrame, urgency: str) -> Figure | None:
    """Median and 90th percentile of response times by hour of the call."""
    rows = response_rows(table, "hour", urgency).filter(pl.col("key") != NONE_KEY)
    if rows["median_s"].drop_nulls().len() < 12:
        return None
    looks = {
        "median": Look(theme.ACCENT.light, "o", "-", ctx.words("log.column.median")),
        "p90": Look(theme.QUIET.light, "s", "-", ctx.words("log.column.p90")),
    }
    hours = [int(key) for key in rows["key"].to_list()]
    curves = {
        name: Curve(
            hours, _minutes(rows, f"{name}_s"), _minutes(rows, f"{name}_low_s"), _minutes(rows, f"{name}_high_s")
        )
        for name in looks
    }
    most = max((one for curve in curves.values() for one in (*curve.y, *curve.high) if isfinite(one)), default=1.0)
    frame = CurveFrame(
        Scale(ctx.words("axis.hour"), Form("count")),
        Scale(ctx.words("log.axis.minutes"), Form("count")),
        (-0.5, 23.5),
        (0.0, most * 1.05),
        x_at=list(range(0, 24, 2)),
        dots=True,
    )
    svg = draw_curves([CurvePanel("", curves)], frame, looks, ctx.numbers, "response-hours", columns=1, height_in=2.0)
    worst = rows.sort("p90_s", descending=True, nulls_last=True).row(0, named=True)
    best = rows.sort("p90_s", nulls_last=True).row(0, named=True)
    alt = ctx.words(
        "log.times.hours_alt",
        worst=ctx.place("hour", worst["key"]),
        worst_p90=ctx.numbers.duration(worst["p90_s"]),
        best=ctx.place("hour", best["key"]),
        best_p90=ctx.numbers.duration(best["p90_s"]),
    )
    caption = ctx.words("log.times.hours_caption", urgency=ctx.urgency(urgency))
    return Figure(svg, alt, caption, source(ctx, "intervals"))


def _minutes(rows: pl.DataFrame, column: str) -> Sequence[float]:
    values: list[float] = (rows[column].cast(pl.Float64).fill_null(float("nan")) / 60.0).to_list()
    return values
