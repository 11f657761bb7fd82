"""What arrives by when, and from whom."""

from __future__ import annotations

import polars as pl

from beredt.decision.major_incident.arrival_tables import BAND
from beredt.decision.major_incident.measure_tables import MINUTE_MEASURES
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look, alternative_looks
from beredt.report.major_incident.figures_read import (
    MINUTES,
    TENTHS,
    MeasureRow,
    alternatives_of,
    change_cell,
    curve_of,
    drawing_name,
    form_of,
    measures_of,
    rows_of,
    samples_of,
)
from beredt.report.major_incident.needed import needed_blocks, needed_name
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Details, Figure, Row, Table


def mobilisation_chapter(ctx: ReportContext, chapter_id: str) -> Chapter:
    """The curve, the times that matter, and the stations."""
    keys = alternatives_of(ctx)
    blocks: list[Block] = [_curves(ctx, keys), _times(ctx, keys)]
    if len(keys) > 1:
        blocks += [Bullets(_in_words(ctx, keys)), _changes(ctx, keys)]
    blocks += [*needed_blocks(ctx), _stations(ctx, TODAY)]
    if len(keys) > 1:
        blocks.append(Details(ctx.words("major.mobilisation.more"), tuple(_stations(ctx, key) for key in keys[1:])))
    return Chapter(chapter_id, ctx.words("major.title.mobilisation"), mobilisation_finding(ctx), tuple(blocks))


def mobilisation_finding(ctx: ReportContext) -> str:
    """What arrives by when today, in one sentence."""
    found = measures_of(ctx)
    return ctx.words(
        "major.mobilisation.finding",
        samples=ctx.numbers.whole(samples_of(ctx)),
        first=_minutes(ctx, found[TODAY, "first_min"]),
        many=_minutes(ctx, found[TODAY, "many_min"]),
        reds=_minutes(ctx, found[TODAY, "reds_min"]),
    )


def _minutes(ctx: ReportContext, row: MeasureRow) -> str:
    return ctx.numbers.text(row.median, form.WHOLE_MINUTES)


def _curves(ctx: ReportContext, keys: tuple[str, ...]) -> Figure:
    """Today in every panel, the alternative with the band of its samples."""
    known = alternative_looks(ctx)
    today = _curve(ctx, TODAY, band=len(keys) == 1)
    panels = [
        CurvePanel(ctx.names.alternative(key), {TODAY: today} | ({} if key == TODAY else {key: _curve(ctx, key)}))
        for key in (keys[1:] or keys)
    ]
    table = ctx.results.tables["major_mobilisation"]
    end, top = float(table["minute"].to_numpy().max()), float(table["band_high"].to_numpy().max())
    x = Scale(ctx.words("major.axis.minutes"), form.COUNT)
    y = Scale(ctx.words("major.axis.units"), form.COUNT)
    frame = CurveFrame(x, y, (0.0, end), (0.0, max(top, 1.0) * 1.05), _ticks(end))
    looks: dict[str, Look] = {key: known[key] for key in keys}
    svg = draw_curves(panels, frame, looks, ctx.numbers, drawing_name(ctx, "major-mobilisation"))
    low, high = (ctx.numbers.text(part, form.WHOLE_PERCENT) for part in BAND)
    return Figure(
        svg,
        ctx.words("major.mobilisation.alt", minutes=ctx.numbers.whole(int(end))),
        ctx.words("major.mobilisation.figure_caption", low=low, high=high),
        source(ctx, "major_mobilisation"),
    )


def _ticks(end: float) -> list[float]:
    step = 30.0 if end <= 240 else 120.0
    return [step * number for number in range(int(end // step) + 1)]


def _curve(ctx: ReportContext, key: str, *, band: bool = True) -> Curve:
    rows = curve_of(ctx, key)
    x, y = rows["minute"].cast(pl.Float64).to_list(), rows["median"].to_list()
    return Curve(x, y, rows["band_low"].to_list(), rows["band_high"].to_list()) if band else Curve(x, y)


def _times(ctx: ReportContext, keys: tuple[str, ...]) -> Table:
    """Medians, and in how many samples it came at all where that is not in all."""
    found = measures_of(ctx)
    names = [name for name in (*MINUTE_MEASURES, "units") if found[TODAY, name].samples]
    rows = []
    for key in keys:
        cells = [Cell(ctx.names.alternative(key))]
        for name in names:
            row = found[key, name]
            text = ctx.numbers.text(row.median, form_of(name)[0])
            if row.reached < row.samples:
                reached, samples = ctx.numbers.whole(row.reached), ctx.numbers.whole(row.samples)
                text += " " + ctx.words("number.brackets", inside=ctx.words("major.of", part=reached, whole=samples))
            cells.append(Cell(text, row.median))
        rows.append(Row(tuple(cells)))
    return Table(
        _columns(ctx, names), tuple(rows), ctx.words("major.mobilisation.times_caption"),
        source(ctx, "major_measures"), sortable=False,
    )  # fmt: skip


def _changes(ctx: ReportContext, keys: tuple[str, ...]) -> Table:
    found = measures_of(ctx)
    names = [name for name in (*MINUTE_MEASURES, "units") if found[TODAY, name].samples]
    rows = [
        Row((Cell(ctx.names.alternative(key)), *(change_cell(ctx, name, found[key, name].change) for name in names)))
        for key in keys[1:]
    ]
    return Table(
        _columns(ctx, names), tuple(rows), ctx.words("major.mobilisation.changes_caption"),
        source(ctx, "major_measures"), sortable=False,
    )  # fmt: skip


def _columns(ctx: ReportContext, names: list[str]) -> tuple[Column, ...]:
    first = Column(ctx.words("major.column.alternative"), figures=False)
    return (first, *(Column(ctx.words(f"major.measure.{name}")) for name in names))


def _in_words(ctx: ReportContext, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Each alternative in one line: what is clearly different from today, or that nothing is."""
    found = measures_of(ctx)
    lines = []
    for key in keys[1:]:
        clear = [
            ctx.words(
                "major.clear",
                what=ctx.words(f"major.measure.{name}"),
                change=ctx.numbers.estimate(found[key, name].change, form_of(name)[1], signed=True),
            )
            for name in (*MINUTE_MEASURES, "units")
            if found[key, name].samples and not found[key, name].change.holds_zero
        ]
        said = ctx.words.listed(clear) if clear else ctx.words("major.nothing_clear")
        lines.append(ctx.words("major.line", alternative=ctx.names.alternative(key), said=said))
    return tuple(lines)


def _stations(ctx: ReportContext, key: str) -> Table:
    samples = samples_of(ctx)
    names = ("station", "organisation", "units", "first", "share")
    columns = tuple(Column(ctx.words(f"major.column.{one}"), figures=one not in names[:2]) for one in names)
    rows = []
    for row in rows_of(ctx, "major_sources", key).iter_rows(named=True):
        station = ctx.names.get("stations", row["station"])
        if row["called_in"]:
            station = ctx.words("major.called_in", station=station)
        if row["needed"] is not None:
            station += " " + ctx.words("number.brackets", inside=needed_name(ctx, row["needed"]))
        share = row["samples_with"] / samples
        rows.append(
            Row(
                (
                    Cell(station),
                    Cell(ctx.names.get("organisations", row["organisation"])),
                    Cell(ctx.numbers.text(row["units"], TENTHS), row["units"]),
                    Cell(ctx.numbers.text(row["first_min"], MINUTES), row["first_min"]),
                    Cell(ctx.numbers.text(share, form.WHOLE_PERCENT), share),
                )
            )
        )
    caption = ctx.words("major.mobilisation.stations_caption", alternative=ctx.names.alternative(key))
    return Table(columns, tuple(rows), caption, source(ctx, "major_sources"))
