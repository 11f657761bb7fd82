"""Where incidents happen, then and now."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.model.urgency import URGENCIES
from beredt.report.figures.area_map import Scale
from beredt.report.figures.ground import Sheet
from beredt.report.figures.square_map import Squares, draw_square_maps
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import date_text, method, source, unanswered
from beredt.report.page.blocks import Block, Chapter, Figure, Heading, Notice, Paragraph
from beredt.report.theme import DIFFERENCE_COLOURS, RESPONSE_COLOURS

ALL = ""
MOST_PARTS = 4
EDGES = (10, 20, 50, 100, 200, 500)
DIFFERENCE_EDGES = (-50, -20, -10, 10, 20, 50)
DIFFERENCE_INKS = (*DIFFERENCE_COLOURS[1:4], DIFFERENCE_COLOURS[4], *DIFFERENCE_COLOURS[5:8])
RATE = Form("count", 1.0, 0)


def maps_chapter(ctx: LogContext) -> Chapter:
    """Squares by urgency now, by kind of unit, and the difference from then."""
    table = ctx.table("density")
    if table is None:
        return unanswered(ctx, "maps", ctx.why_not("maps") or ctx.words("log.reason.no_positions"))
    blocks: list[Block] = [*_now(ctx, table, "incident"), *_now(ctx, table, "mission")]
    why = ctx.why_not("then_and_now")
    blocks.append(Heading(ctx.words("log.maps.change_title")))
    if why:
        blocks.append(Notice(why))
    else:
        blocks += _change(ctx, table)
    blocks.append(method(ctx, "maps", metres=ctx.numbers.whole(int(ctx.results.fact("map_square_m", 0)))))
    return Chapter("maps", ctx.words("log.chapter.maps"), _finding(ctx, table), tuple(blocks))


def _whole(table: pl.DataFrame, counting: str, part: str) -> pl.DataFrame:
    return table.filter((pl.col("counting") == counting) & (pl.col("part") == part))


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    own = _whole(table, "incident", ALL).filter(pl.col("now") > 0).sort("now", descending=True)
    if own.is_empty():
        return ctx.words("log.maps.no_finding")
    tenth = max(1, own.height // 10)
    share = float(own["now"].head(tenth).sum()) / float(own["now"].sum())
    return ctx.words(
        "log.maps.finding",
        squares=ctx.numbers.whole(own.height),
        tenth=ctx.numbers.whole(tenth),
        share=ctx.numbers.text(share, Form("percent", 100.0, 0)),
    )


def _now(ctx: LogContext, table: pl.DataFrame, counting: str) -> list[Block]:
    """Rates a year by urgency of incidents or kind of unit of missions; only squares whose counts may be shown."""
    counts = table.filter((pl.col("counting") == counting) & pl.col("now").is_not_null())
    panels = []
    for part in parts_shown(counts):
        rows = counts.filter((pl.col("part") == part) & (pl.col("now") > 0))
        title = ctx.words("log.maps.all") if part == ALL else _part(ctx, counting, part)
        classes = np.searchsorted(EDGES, rows["now_per_year"].to_numpy()).tolist()
        panels.append(Squares(ctx.words.sentence(title), rows["lat"].to_numpy(), rows["lon"].to_numpy(), classes))
    if not any(len(panel.classes) for panel in panels):
        return []
    scale = Scale(EDGES, RESPONSE_COLOURS, [ctx.numbers.whole(one) for one in EDGES], ctx.words("log.maps.scale"))
    svg = draw_square_maps(panels, _size(ctx), scale, _sheet(ctx), f"log-density-{counting}", 2)
    caption = ctx.words(
        f"log.maps.{counting}_caption",
        first=date_text(ctx, ctx.fact("map_first")),
        last=date_text(ctx, ctx.fact("map_last")),
        threshold=ctx.numbers.whole(ctx.threshold),
    )
    return [Figure(svg, _finding(ctx, table), caption, source(ctx, "density"), style="map")]


def parts_shown(counts: pl.DataFrame) -> list[str]:
    """All together, then the commonest parts that are there: urgencies in their order, kinds the busiest first."""
    busy = counts.group_by("part").agg(pl.col("now").sum()).filter(pl.col("now") > 0)
    names = busy.sort("now", "part", descending=[True, False])["part"].to_list()[:MOST_PARTS]
    order = [ALL, *URGENCIES, *names]
    return sorted(names, key=order.index)


def _part(ctx: LogContext, counting: str, part: str) -> str:
    return ctx.urgency(part) if counting == "incident" else ctx.unit_kind(part)


def _change(ctx: LogContext, table: pl.DataFrame) -> list[Block]:
    own = _whole(table, "incident", ALL).filter(pl.col("difference").is_not_null())
    if own.is_empty():
        return [Paragraph(ctx.words("log.maps.no_difference"))]
    rows = own.filter(pl.col("change") != "unclear")
    panels = [
        Squares(
            ctx.words(f"log.maps.{key}"),
            part["lat"].to_numpy(),
            part["lon"].to_numpy(),
            np.searchsorted(DIFFERENCE_EDGES, part["difference"].to_numpy()).tolist(),
        )
        for key, part in (("every_difference", own), ("clear_difference", rows))
    ]
    texts = [ctx.numbers.plain(float(one), RATE, signed=True) for one in DIFFERENCE_EDGES]
    scale = Scale(DIFFERENCE_EDGES, DIFFERENCE_INKS, texts, ctx.words("log.maps.difference_scale"))
    svg = draw_square_maps(panels, _size(ctx), scale, _sheet(ctx), "log-density-change", 2)
    more, fewer = (own.filter(pl.col("change") == one).height for one in ("more", "fewer"))
    text = ctx.words(
        "log.maps.change",
        more=ctx.numbers.whole(more),
        fewer=ctx.numbers.whole(fewer),
        squares=ctx.numbers.whole(own.height),
    )
    caption = ctx.words(
        "log.maps.change_caption",
        first=date_text(ctx, ctx.fact("map_first")),
        last=date_text(ctx, ctx.fact("map_last")),
        then_first=date_text(ctx, ctx.fact("map_then_first")),
        then_last=date_text(ctx, ctx.fact("map_then_last")),
    )
    return [Paragraph(text, lead=True), Figure(svg, text, caption, source(ctx, "density"), style="map")]


def _size(ctx: LogContext) -> float:
    return float(ctx.results.fact("map_square_m", 0))


def _sheet(ctx: LogContext) -> Sheet | None:
    return ctx.atlas.whole if ctx.atlas else None
