"""Patient travel: which office, which calls are handed over, and who rides buses or shares taxis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.decision.patient_travel.figures import PRICE_FIGURES
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.chapters.travel_buses import lines_blocks
from beredt.report.chapters.travel_offices import handed_total, known_case, office_blocks
from beredt.report.context import ReportContext
from beredt.report.figures.atlas import Atlas
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.form import Form
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
from beredt.report.theme import AWAY, BUSY, READY

EVERY = ""
"""Municipality of the rows about all trips."""
TONNES = Form("tonnes", 1e-3)
"""Of kilograms."""
MINUTES = Form("min", 1.0, 1)
"""Of minutes."""
MODES = ("bus", "pooled", "alone")
INKS = (READY.light, AWAY.light, BUSY.light)
FILES = ("travel_figures.csv", "travel_destinations.csv")
Line = Mapping[str, Any]


def patient_travel_chapter(ctx: ReportContext, atlas: Atlas) -> Chapter:
    """Everything about patient travel; what the study does not bring is asked for by name."""
    title = ctx.words("chapter.patient_travel")
    offices = ctx.results.find_table("travel_offices")
    table = ctx.results.find_table("travel_trips")
    if offices is None and table is None:
        asked = ctx.words("travel.bring", files=ctx.words.listed(FILES))
        return Chapter("patient-travel", title, ctx.words("travel.no_finding"), (Notice(asked),))
    blocks: list[Block] = [Paragraph(ctx.words("travel.intro")), *office_blocks(ctx)]
    trips = {} if table is None else {(r["alternative"], r["municipality"]): r for r in table.iter_rows(named=True)}
    if trips:
        blocks += _trip_blocks(ctx, trips)
        blocks += lines_blocks(ctx, atlas.focus)
    else:
        blocks.append(Notice(ctx.words("travel.bring", files=ctx.words.listed((*FILES, "patient_trips.csv")))))
    return Chapter("patient-travel", title, _finding(ctx, trips), tuple(blocks))


def _finding(ctx: ReportContext, trips: Mapping[tuple[str, str], Line]) -> str:
    now, sentences = handed_total(ctx, ctx.baseline), []
    if now is not None:
        others = [
            ctx.words("travel.finding_other", calls=calls, alternative=ctx.names.alternatives([other]))
            for other in ctx.compared
            if (calls := handed_total(ctx, other)) is not None
        ]
        known = ctx.names.alternatives([ctx.baseline])
        sentences.append(ctx.words("travel.finding_calls", calls=now, baseline=known, others=ctx.words.listed(others)))
        gone = [one for one in ctx.compared if known_case(ctx, ctx.baseline) and not known_case(ctx, one)]
        if gone:
            sentences.append(ctx.words("travel.finding_gone", alternatives=ctx.names.alternatives(gone)))
    clauses = []
    for one in ctx.compared:
        line, base = trips.get((one, EVERY)), trips.get((ctx.baseline, EVERY))
        if line and base and line["bus"] != base["bus"]:
            change = line["taxi_km"] + line["bus_km"] - base["taxi_km"] - base["bus_km"]
            same = ctx.numbers.rounds_to_zero(change, form.THOUSAND_KM)
            clauses.append(
                ctx.words(
                    f"travel.finding_{'as_many' if same else 'more' if change > 0 else 'fewer'}",
                    alternative=ctx.names.alternatives([one]),
                    share=ctx.numbers.text(line["bus"] / line["trips"], form.WHOLE_PERCENT),
                    km=ctx.numbers.text(abs(change), form.THOUSAND_KM),
                )
            )
    if clauses:
        sentences.append(ctx.words("travel.finding_buses", clauses=ctx.words("staff.between").join(clauses)))
    return " ".join(sentences) or ctx.words("travel.no_finding")


def _trip_blocks(ctx: ReportContext, trips: Mapping[tuple[str, str], Line]) -> list[Block]:
    first = trips[ctx.baseline, EVERY]
    made = ctx.words(
        f"travel.{first['origin']}", trips=ctx.numbers.plain(first["trips"]), days=ctx.numbers.plain(first["days"])
    )
    blocks: list[Block] = [
        Heading(ctx.words("travel.trips_title")),
        Paragraph(made),
        _table(ctx, trips),
        _bars(ctx, trips),
    ]
    blocks.append(Paragraph(ctx.words("travel.rules")))
    if ctx.study.settings.report.money and first["nok"] is None:
        asked = ctx.words("travel.no_price", file="travel_figures.csv", figures=ctx.words.listed(PRICE_FIGURES))
        blocks.append(Notice(asked))
    places = list(dict.fromkeys(place for _, place in trips if place != EVERY))
    if places:
        blocks.append(Details(ctx.words("travel.places_title"), (_places(ctx, trips, places),)))
    return blocks


def _table(ctx: ReportContext, trips: Mapping[tuple[str, str], Line]) -> Table:
    priced = ctx.study.settings.report.money and trips[ctx.baseline, EVERY]["nok"] is not None
    heads = ["alternative", *MODES, "taxi_km", "bus_km", "change", "wait", "co2", *(["nok"] if priced else [])]
    columns = [Column(ctx.words(f"travel.column.{one}"), figures=one != "alternative") for one in heads]
    rows = []
    for one in ctx.alternatives:
        line = trips[one, EVERY]
        cells = [Cell(ctx.names.alternative(one)), *(_share(ctx, line, mode) for mode in MODES)]
        cells += [_km(ctx, line["taxi_km"]), _km(ctx, line["bus_km"]), _change(ctx, trips, one)]
        cells.append(Cell(ctx.numbers.text(line["wait_min"], MINUTES), line["wait_min"]))
        cells.append(_range(ctx, line, "co2_kg", TONNES))
        if priced:
            cells.append(_range(ctx, line, "nok", form.MILLION_NOK))
        rows.append(Row(tuple(cells)))
    caption = ctx.words("travel.trips_caption", baseline=ctx.names.alternatives([ctx.baseline]))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "travel_trips"), sortable=False)


def _change(ctx: ReportContext, trips: Mapping[tuple[str, str], Line], one: str) -> Cell:
    """Kilometres of taxis and buses together, against the baseline."""
    if one in (TODAY, ctx.baseline):
        return Cell(ctx.words("number.none"), style="quiet")
    line, base = trips[one, EVERY], trips[ctx.baseline, EVERY]
    change = line["taxi_km"] + line["bus_km"] - base["taxi_km"] - base["bus_km"]
    if ctx.numbers.rounds_to_zero(change, form.THOUSAND_KM):
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(ctx.numbers.text(change, form.THOUSAND_KM, signed=True), change)


def _places(ctx: ReportContext, trips: Mapping[tuple[str, str], Line], places: list[str]) -> Table:
    heads = ("municipality", "alternative", "trips", *MODES, "taxi_km", "wait")
    columns = tuple(
        Column(ctx.words(f"travel.column.{one}"), figures=one not in ("municipality", "alternative")) for one in heads
    )
    rows = []
    for place in places:
        for one in ctx.alternatives:
            line = trips[one, place]
            cells = [Cell(ctx.names.get("municipalities", place)), Cell(ctx.names.alternative(one))]
            cells.append(Cell(ctx.numbers.plain(line["trips"]), line["trips"]))
            cells += [_share(ctx, line, mode) for mode in MODES]
            cells += [_km(ctx, line["taxi_km"]), Cell(ctx.numbers.text(line["wait_min"], MINUTES), line["wait_min"])]
            rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows), ctx.words("travel.places_caption"), source(ctx, "travel_trips"))


def _bars(ctx: ReportContext, trips: Mapping[tuple[str, str], Line]) -> Figure:
    names = [ctx.names.alternative(one) for one in ctx.alternatives]
    lines = [trips[one, EVERY] for one in ctx.alternatives]
    parts = [
        Part(ctx.words(f"travel.column.{mode}"), ink, [float(line[mode]) for line in lines])
        for mode, ink in zip(MODES, INKS, strict=True)
    ]
    texts = [ctx.numbers.text(line["bus"] / line["trips"], form.PERCENT) for line in lines]
    scale = Scale(ctx.words("travel.column.trips"), form.COUNT)
    svg = draw_lying_bars(names, parts, scale, ctx.numbers, "travel", texts)
    clauses = ctx.words.listed(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    alt, caption = ctx.words("travel.bars_alt", clauses=clauses), ctx.words("travel.bars_caption")
    return Figure(svg, alt, caption, source(ctx, "travel_trips"))


def _share(ctx: ReportContext, line: Line, mode: str) -> Cell:
    if not line[mode]:
        return Cell(ctx.words("number.nothing"), 0.0, "quiet")
    return Cell(ctx.numbers.text(line[mode] / line["trips"], form.PERCENT), line[mode] / line["trips"])


def _km(ctx: ReportContext, km: float | None) -> Cell:
    if km is None:
        return Cell(ctx.words("number.none"), style="quiet")
    return Cell(ctx.numbers.text(km, form.THOUSAND_KM), km)


def _range(ctx: ReportContext, line: Line, name: str, how: Form) -> Cell:
    if line[name] is None:
        return Cell(ctx.words("number.none"), style="quiet")
    span = ctx.numbers.span(line[f"{name}_low"], line[f"{name}_high"], how)
    return Cell(f"{ctx.numbers.text(line[name], how)} {ctx.words('number.brackets', inside=span)}", line[name])
