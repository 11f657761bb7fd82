"""The chapter on roads: where they come from, how fast they are driven, what stations reach, and what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.edit_lines import edit_line
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Paragraph, Row, Table

SHOWN_MINUTES = 15.0
KMH = Form("kmh")
KM2 = Form("count", 1.0, 0)


def roads_chapter(ctx: ReportContext) -> Chapter:
    """Roads and reach."""
    return Chapter("roads", ctx.words("roads.title"), _finding(ctx), tuple(_blocks(ctx)))


def _finding(ctx: ReportContext) -> str:
    reach, projects = ctx.results.find_table("roads_reach"), ctx.results.find_table("road_projects")
    if reach is None:
        return ctx.words("roads.no_finding")
    row = _of_all(reach, TODAY, SHOWN_MINUTES)
    share = float("nan") if row is None or row["share"] is None else float(row["share"])
    reached = ctx.words(
        "roads.finding",
        share=ctx.numbers.text(share, form.PERCENT),
        minutes=ctx.numbers.text(SHOWN_MINUTES, form.WHOLE_MINUTES),
    )
    return f"{reached} {_planned(ctx, projects)}"


def _planned(ctx: ReportContext, projects: pl.DataFrame | None) -> str:
    if projects is None or projects.is_empty():
        return ctx.words("roads.none_planned")
    return ctx.words(
        "roads.planned",
        count=ctx.numbers.whole(projects.height),
        holding=ctx.numbers.whole(int(projects["holds"].sum())),
        year=ctx.numbers.label(ctx.study.settings.study.year),
    )


def _of_all(reach: pl.DataFrame, alternative: str, minutes: float) -> dict[str, Any] | None:
    """The row of all stations together."""
    found = reach.filter(
        (pl.col("alternative") == alternative) & (pl.col("station") == "") & (pl.col("minutes") == minutes)
    )
    return found.row(0, named=True) if found.height else None


def _blocks(ctx: ReportContext) -> Iterator[Block]:
    yield Heading(ctx.words("roads.source_title"))
    yield from _source_blocks(ctx)
    yield Heading(ctx.words("roads.speeds_title"))
    yield from _table_of(ctx, "roads_speeds", _speeds)
    yield Heading(ctx.words("roads.reach_title"))
    yield from _table_of(ctx, "roads_reach", _reach)
    yield Heading(ctx.words("roads.projects_title"))
    projects = ctx.results.find_table("road_projects")
    if projects is None or projects.is_empty():
        yield Paragraph(ctx.words("roads.none_planned"))
    else:
        yield from _projects(ctx, projects)


def _table_of(ctx: ReportContext, name: str, make: Any) -> Iterator[Block]:
    table = ctx.results.find_table(name)
    if table is None:
        yield missing(ctx, name)
    else:
        yield from make(ctx, table)


def _source_blocks(ctx: ReportContext) -> Iterator[Block]:
    table = ctx.results.find_table("roads_source")
    if table is None:
        yield missing(ctx, "roads_source")
        return
    texts = {str(item): str(text) for item, text in table.select("item", "text").iter_rows() if text is not None}
    values = {(str(item), str(name)): float(v) for item, name, v, _ in table.iter_rows() if v is not None}
    numbers, km = ctx.numbers, ctx.numbers.text(values.get(("roads", "km"), float("nan")), form.KM)
    if texts.get("form") != "map":
        links = numbers.whole(int(values.get(("roads", "links"), 0.0)))
        yield Paragraph(ctx.words("roads.own", links=links, km=km))
        yield _judged(ctx)
        return
    read, used = (int(values["segments", name]) for name in ("read", "used"))
    yield Paragraph(
        ctx.words(
            "roads.map",
            km=km,
            file=texts["file"],
            licence=texts["licence"],
            profile=texts["profile"],
            country=texts["country"],
            share=numbers.text(values["roads", "share_of_limits_guessed"], form.PERCENT),
        )
    )
    yield _judged(ctx)
    reasons = sorted(
        ((name, int(v)) for (item, name), v in values.items() if item == "reason"), key=lambda one: (-one[1], one[0])
    )
    rows = [
        Row((Cell(ctx.words("roads.read")), Cell(""), Cell(numbers.whole(read), float(read))), "total"),
        Row((Cell(ctx.words("roads.used")), Cell(""), Cell(numbers.whole(used), float(used)))),
    ]
    for name, count in reasons:
        what, _, reason = name.partition(":")
        cells = Cell(ctx.words(f"studio.roads.reason.{reason}")), Cell(ctx.words(f"roads.{what}"))
        rows.append(Row((*cells, Cell(numbers.whole(count), float(count)))))
    columns = (
        Column(ctx.words("roads.column.segments"), figures=False),
        Column(ctx.words("roads.column.what"), figures=False),
        Column(ctx.words("roads.column.count")),
    )  # fmt: skip
    yield Table(columns, tuple(rows), ctx.words("roads.faults_caption"), source(ctx, "roads_source"))


def _judged(ctx: ReportContext) -> Paragraph:
    """What the roads were held against: printed reach, where the study has some."""
    facts = ctx.results.find_table("reach_facts")
    if facts is None or facts.is_empty():
        return Paragraph(ctx.words("roads.not_judged"))
    count = {key: int((facts["verdict"] == key).sum()) for key in ("reproduced", "touched", "not_reproduced")}
    whole = {key: ctx.numbers.whole(value) for key, value in count.items()}
    return Paragraph(ctx.words("roads.judged", all=ctx.numbers.whole(facts.height), **whole))


def _road_name(ctx: ReportContext, line: dict[str, Any]) -> str:
    road = str(line["road"])
    if road == "main":
        return ctx.words("studio.roads.main")
    if not road.startswith("local"):
        return ctx.words(f"edit.value.{road}")
    low, high = line["people_from"], line["people_to"]
    key = "below" if low is None else "above" if high is None else "between"
    ends = {name: "" if v is None else ctx.numbers.whole(round(v)) for name, v in (("low", low), ("high", high))}
    return ctx.words(f"studio.roads.local_{key}", **ends)


def _speeds(ctx: ReportContext, table: pl.DataFrame) -> Iterator[Block]:
    purposes = list(dict.fromkeys(table["purpose"].to_list()))
    kmh = {(road, purpose): float(v) for road, purpose, v in table.select("road", "purpose", "kmh").iter_rows()}
    columns = [Column(ctx.words("roads.column.road"), figures=False), Column(ctx.words("roads.column.km"))]
    columns += [Column(ctx.words("roads.column.limit"))]
    columns += [Column(ctx.words(f"studio.roads.drive.{one}")) for one in purposes]
    rows = []
    for line in table.unique("road", maintain_order=True, keep="first").iter_rows(named=True):
        length = float("nan") if line["km"] is None else float(line["km"])
        cells = [Cell(_road_name(ctx, line)), Cell(ctx.numbers.text(length, form.KM), length)]
        for value in (float(line["limit_kmh"]), *(kmh[line["road"], one] for one in purposes)):
            cells.append(Cell(ctx.numbers.plain(value, KMH), value))
        rows.append(Row(tuple(cells)))
    yield Table(tuple(columns), tuple(rows), ctx.words("roads.speeds_caption"), source(ctx, "roads_speeds"), dense=True)


def _reach(ctx: ReportContext, table: pl.DataFrame) -> Iterator[Block]:
    for alternative in dict.fromkeys(table["alternative"].to_list()):
        yield _reach_table(ctx, table.filter(pl.col("alternative") == alternative), str(alternative))


def _reach_table(ctx: ReportContext, table: pl.DataFrame, alternative: str) -> Table:
    steps = sorted(set(table["minutes"].to_list()))
    found = {(s, m): (float(p), float(k)) for s, m, p, k in table.select("station", "minutes", "people", "km2").rows()}
    stations = list(dict.fromkeys(table["station"].to_list()))
    columns = [Column(ctx.words("roads.column.station"), figures=False)]
    for what in ("people", "km2"):
        columns += [
            Column(ctx.words(f"roads.column.{what}", minutes=ctx.numbers.text(step, form.WHOLE_MINUTES)))
            for step in steps
        ]
    rows = []
    for station in stations:
        name = ctx.names.get("stations", station) if station else ctx.words("roads.all_stations")
        people = [Cell(ctx.numbers.text(v, form.PEOPLE), v) for v in (found[station, step][0] for step in steps)]
        size = [Cell(ctx.numbers.text(v, KM2), v) for v in (found[station, step][1] for step in steps)]
        rows.append(Row((Cell(name), *people, *size), "" if station else "total"))
    caption = ctx.words("roads.reach_caption", alternative=ctx.names.alternative(alternative))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "roads_reach"), dense=True)


def _projects(ctx: ReportContext, table: pl.DataFrame) -> Iterator[Block]:
    columns = (
        Column(ctx.words("roads.column.alternative"), figures=False),
        Column(ctx.words("roads.column.change"), figures=False),
        Column(ctx.words("roads.column.holds", year=ctx.numbers.label(ctx.study.settings.study.year)), figures=False),
    )
    rows = []
    for line in table.iter_rows(named=True):
        edit = ctx.study.get_alternative(str(line["alternative"])).edits[int(line["number"]) - 1]
        text = edit_line(edit, ctx.words, ctx.numbers, ctx.names)
        holds = ctx.words("studio.roads.holds" if line["holds"] else "studio.roads.not_yet")
        rows.append(Row((Cell(ctx.names.alternative(str(line["alternative"]))), Cell(text), Cell(holds))))
    yield Table(columns, tuple(rows), ctx.words("roads.projects_caption"), source(ctx, "road_projects"))
    yield Paragraph(ctx.words("roads.paired"))
