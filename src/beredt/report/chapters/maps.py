"""Maps of response and of differences, with their captions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form, theme
from beredt.report.chapters.parts import FEWEST, missing, source
from beredt.report.context import ReportContext
from beredt.report.figures.area_map import Mark, Panel, Scale, draw_area_maps, map_values
from beredt.report.figures.atlas import Atlas
from beredt.report.figures.ground import Sheet
from beredt.report.page.blocks import Block, Figure

ACUTE = "A"


def response_maps(
    ctx: ReportContext, atlas: Atlas, sheet: Sheet, alternatives: Sequence[str], name: str, *, columns: int
) -> list[Block]:
    """Areas coloured by mean response to acute incidents, with the stations, one map per alternative."""
    table = ctx.results.find_table("areas")
    if table is None:
        return [missing(ctx, "areas")]
    values = {one: area_values(table, one, "mean_s") for one in alternatives}
    titles = [ctx.names.alternative_title(one) if len(alternatives) > 1 else "" for one in alternatives]
    panels = [
        Panel(title, {area: value / 60.0 for area, value in values[one].items()}, station_marks(ctx, one))
        for one, title in zip(alternatives, titles, strict=True)
    ]
    svg = draw_area_maps(atlas, sheet, panels, _response_scale(ctx), f"response-{name}", columns)
    alt = " ".join(_response_alt(ctx, one, values[one]) for one in alternatives)
    style = "map first" if len(alternatives) == 1 else "map"
    told = map_values(
        atlas, sheet, panels, columns, _places(ctx), lambda minutes: ctx.numbers.text(minutes * 60.0, form.MINUTES)
    )
    return [Figure(svg, alt, ctx.words("map.response_caption"), source(ctx, "areas"), style, told)]


def difference_maps(ctx: ReportContext, atlas: Atlas, sheet: Sheet, *, columns: int) -> list[Block]:
    """Areas coloured by how much sooner or later acute help comes than under the baseline."""
    table = ctx.results.find_table("areas")
    if table is None or not ctx.compared:
        return [missing(ctx, "areas")] if table is None else []
    base, often = (area_values(table, ctx.baseline, column) for column in ("mean_s", "incidents"))
    changes: dict[str, Mapping[str, float]] = {}
    for one in ctx.compared:
        own = area_values(table, one, "mean_s")
        changes[one] = {area: own[area] - base[area] for area in own if area in base and often.get(area, 0.0) >= FEWEST}
    panels = [Panel(ctx.names.alternative(one), changes[one], _local_marks(ctx, one)) for one in ctx.compared]
    texts = [ctx.numbers.plain(edge, form.SECONDS, signed=True) for edge in theme.DIFFERENCE_SECONDS]
    scale = Scale(theme.DIFFERENCE_SECONDS, theme.DIFFERENCE_COLOURS, texts, ctx.words("map.difference_legend"))
    svg = draw_area_maps(atlas, sheet, panels, scale, "difference", columns)
    alt = " ".join(_difference_alt(ctx, one, changes[one]) for one in ctx.compared)
    caption = ctx.words(
        "map.difference_caption", baseline=ctx.names.alternatives((ctx.baseline,)), few=ctx.numbers.whole(FEWEST)
    )
    told = map_values(
        atlas,
        sheet,
        panels,
        columns,
        _places(ctx),
        lambda seconds: ctx.numbers.text(seconds, form.SECONDS, signed=True),
    )
    return [Figure(svg, alt, caption, source(ctx, "areas"), "map", told)]


def _places(ctx: ReportContext) -> dict[str, str]:
    """Municipality of every area, with its district where it has one."""
    names = ctx.names
    return {
        area.id: names.get("districts", area.district)
        if area.district
        else names.get("municipalities", area.municipality)
        for area in ctx.study.service.areas
    }


def area_values(table: pl.DataFrame, alternative: str, column: str) -> dict[str, float]:
    """A column of the areas' table for acute incidents of one alternative, by area; areas without a value left out."""
    own = table.filter((pl.col("alternative") == alternative) & (pl.col("urgency") == ACUTE))
    return {area: float(value) for area, value in own.select("area", column).iter_rows() if value is not None}


def station_marks(ctx: ReportContext, alternative: str) -> list[Mark]:
    """The stations of an alternative that have units; those that today does not have are new."""
    service = ctx.names.services[alternative]
    today = {(one.id, one.lat, one.lon) for one in ctx.names.services[TODAY].stations}
    staffed = {unit.station for unit in service.units}
    return [
        Mark(one.name, one.lat, one.lon, new=(one.id, one.lat, one.lon) not in today)
        for one in service.stations
        if one.id in staffed
    ]


def _local_marks(ctx: ReportContext, alternative: str) -> list[Mark]:
    """All stations, but names only for new ones and those whose group the study asks about: the maps are small."""
    section = ctx.study.settings.simultaneity
    local = {ctx.names.get("stations", one) for one in section.local_stations} if section else set()
    return [replace(mark, named=mark.new or mark.name in local) for mark in station_marks(ctx, alternative)]


def _response_scale(ctx: ReportContext) -> Scale:
    target = next((t for t in ctx.study.settings.targets if t.urgency == ACUTE and t.where == "urban"), None)
    mark = theme.RESPONSE_MINUTES.index(int(target.minutes)) if target and _is_edge(target.minutes) else None
    text = ctx.words("map.target", minutes=ctx.numbers.text(target.minutes, form.WHOLE_MINUTES)) if target else ""
    texts = [ctx.numbers.plain(edge, form.WHOLE_MINUTES) for edge in theme.RESPONSE_MINUTES]
    title = ctx.words("map.response_legend")
    return Scale(theme.RESPONSE_MINUTES, theme.RESPONSE_COLOURS, texts, title, mark, text)


def _is_edge(minutes: float) -> bool:
    return minutes in theme.RESPONSE_MINUTES


def _response_alt(ctx: ReportContext, alternative: str, values: Mapping[str, float]) -> str:
    """How many people live where the mean is within the urban target."""
    target = next((t.minutes for t in ctx.study.settings.targets if t.urgency == ACUTE and t.where == "urban"), None)
    people = people_by_area(ctx)
    total = sum(people.get(area, 0.0) for area in values)
    if target is None or not total:
        return ctx.words("map.response_alt_plain", alternative=ctx.names.alternatives((alternative,)))
    within = sum(people.get(area, 0.0) for area, value in values.items() if value <= target * 60.0)
    return ctx.words(
        "map.response_alt",
        alternative=ctx.names.alternatives((alternative,)),
        share=ctx.numbers.text(within / total, form.WHOLE_PERCENT),
        minutes=ctx.numbers.text(target, form.WHOLE_MINUTES),
    )


def _difference_alt(ctx: ReportContext, alternative: str, changes: Mapping[str, float]) -> str:
    """How many people live where help comes noticeably sooner, and where later."""
    people = people_by_area(ctx)
    edge = min(step for step in theme.DIFFERENCE_SECONDS if step > 0)
    amounts = np.array([changes[area] for area in changes])
    weights = np.array([people.get(area, 0.0) for area in changes])
    return ctx.words(
        "map.difference_alt",
        alternative=ctx.names.alternatives((alternative,)),
        sooner=ctx.numbers.text(float(weights[amounts < -edge].sum()), form.PEOPLE),
        later=ctx.numbers.text(float(weights[amounts > edge].sum()), form.PEOPLE),
        edge=ctx.numbers.text(edge, form.SECONDS),
    )


def people_by_area(ctx: ReportContext) -> dict[str, float]:
    """People of every area in the study's year."""
    table = ctx.study.population.filter(pl.col("year") == ctx.study.settings.study.year)
    return {area: float(people) for area, people in table.select("area", "people").iter_rows()}
