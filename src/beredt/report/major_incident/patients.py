"""Where patients are taken, and when they are there."""

from __future__ import annotations

import polars as pl

from beredt.decision.major_incident.severity import SEVERITIES
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import alternative_looks
from beredt.report.major_incident.figures_read import TENTHS, alternatives_of, drawing_name, rows_of
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Notice, Row, Table


def patients_chapter(ctx: ReportContext, chapter_id: str) -> Chapter:
    """Patients at hospital by minute, the plan, and who has no room."""
    keys = alternatives_of(ctx)
    blocks: list[Block] = []
    without = _without_room(ctx)
    if without:
        blocks.append(Notice(ctx.words.counted("major.patients.without", without)))
    blocks += [_curves(ctx, keys), _hospitals(ctx, TODAY)]
    if len(keys) > 1:
        more = tuple(_hospitals(ctx, key) for key in keys[1:])
        blocks.append(Details(ctx.words("major.patients.more"), more))
    return Chapter(chapter_id, ctx.words("major.title.patients"), patients_finding(ctx), tuple(blocks))


def patients_finding(ctx: ReportContext) -> str:
    """How many are at a hospital in the end today, in one sentence."""
    last = rows_of(ctx, "major_patients", TODAY).filter(pl.col("minute") == pl.col("minute").max())
    return ctx.words(
        "major.patients.finding",
        patients=ctx.numbers.whole(int(last["patients"].sum())),
        delivered=ctx.numbers.text(float(last["delivered"].sum()), TENTHS),
        minutes=ctx.numbers.text(float(last["minute"][0]), form.WHOLE_MINUTES),
    )


def _without_room(ctx: ReportContext) -> int:
    """Patients whom nobody has room for today, at the hour at which they are most."""
    return int(rows_of(ctx, "major_samples", TODAY)["without_room"].to_numpy().max())


def _curves(ctx: ReportContext, keys: tuple[str, ...]) -> Figure:
    """One panel per severity, a curve per alternative."""
    table = ctx.results.tables["major_patients"]
    panels = []
    for severity in SEVERITIES:
        own = {key: rows_of(ctx, "major_patients", key).filter(pl.col("severity") == severity) for key in keys}
        curves = {
            key: Curve(rows["minute"].cast(pl.Float64).to_list(), rows["delivered"].to_list())
            for key, rows in own.items()
        }
        panels.append(CurvePanel(ctx.words(f"major.severity.{severity}"), curves))
    end, top = float(table["minute"].to_numpy().max()), float(table["patients"].to_numpy().max())
    x = Scale(ctx.words("major.axis.minutes"), form.COUNT)
    y = Scale(ctx.words("major.axis.delivered"), form.COUNT)
    ticks = [60.0 * number for number in range(int(end // 60) + 1)]
    frame = CurveFrame(x, y, (0.0, end), (0.0, max(top, 1.0) * 1.05), ticks)
    known = alternative_looks(ctx)
    svg = draw_curves(
        panels, frame, {key: known[key] for key in keys}, ctx.numbers, drawing_name(ctx, "major-patients"), columns=3
    )
    alt = ctx.words("major.patients.alt", minutes=ctx.numbers.whole(int(end)))
    return Figure(svg, alt, ctx.words("major.patients.figure_caption"), source(ctx, "major_patients"))


def _hospitals(ctx: ReportContext, key: str) -> Table:
    names = ("hospital", "severity", "capacity", "planned", "delivered")
    columns = tuple(Column(ctx.words(f"major.column.{one}"), figures=one not in names[:2]) for one in names)
    rows = []
    for row in rows_of(ctx, "major_hospitals", key).iter_rows(named=True):
        hospital = row["hospital"]
        name = ctx.words("major.no_room") if hospital is None else ctx.names.get("hospitals", hospital)
        capacity, delivered = row["capacity"], row["delivered"]
        rows.append(
            Row(
                (
                    Cell(name, style="bad" if hospital is None else ""),
                    Cell(ctx.words(f"major.severity.{row['severity']}")),
                    Cell(ctx.words("number.none") if hospital is None else _people(ctx, capacity), capacity),
                    Cell(_people(ctx, row["planned"]), row["planned"]),
                    Cell(ctx.numbers.text(delivered, TENTHS), delivered),
                )
            )
        )
    caption = ctx.words("major.patients.hospitals_caption", alternative=ctx.names.alternative(key))
    return Table(columns, tuple(rows), caption, source(ctx, "major_hospitals"), sortable=False)


def _people(ctx: ReportContext, mean: float) -> str:
    """Whole where it is the same at every hour."""
    return ctx.numbers.text(mean, form.COUNT if mean == int(mean) else TENTHS)
