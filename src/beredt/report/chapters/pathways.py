"""The chapter on pathways, triage and closed departments: who goes which way, what it changes, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.model.alternative import TODAY
from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.chapters.consequences import consequence_rows
from beredt.report.chapters.parts import count_cell, difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.edit_lines import edit_line
from beredt.report.estimate import Estimate
from beredt.report.estimates import ALL
from beredt.report.measures import Measure, measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Notice, Paragraph, Row, Table

ACUTE = "A"
COUNT = Measure("", form.COUNT, form.COUNT, 0)
FEWER = Measure("", form.COUNT, form.COUNT, -1)
OPERATOR = Measure("", form.HOURS, form.HOURS, 0)
RESPONSE = Measure("", form.MINUTES, form.SECONDS, -1)
SHARE = Measure("", form.PERCENT, form.POINTS, 1)
OVERALL = (
    ("patients", COUNT), ("sent", COUNT), ("second_calls", FEWER), ("operator_h", OPERATOR),
)  # fmt: skip
FLEET = ("missions", "active_h", "km", "co2_t")
"""What ways ask of units, of the table that all chapters read it from."""

NEEDS = (
    ("over_triaged", "", FEWER), ("under_triaged", "", FEWER), ("need_response_s", "A>*", RESPONSE),
    ("need_in_target", "A>*", SHARE), ("need_without_unit", "A>*", FEWER), ("need", "A>H", FEWER),
    ("need_response_s", "A>H", RESPONSE), ("need", "A>V", FEWER), ("need_response_s", "A>V", RESPONSE),
    ("need", "H>A", FEWER), ("need_response_s", "H>*", RESPONSE),
)  # fmt: skip

Line = Mapping[str, Any]
Lines = Mapping[tuple[str, str, str, str], Line]
"""By alternative, measure, what it is of, and group."""


def pathways_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where a run has pathways, triage or closed departments; else none."""
    table = ctx.results.find_table("pathways")
    if table is None:
        return ()
    lines: Lines = {
        (row["alternative"], row["measure"], row["of"], row["group"]): row for row in table.iter_rows(named=True)
    }
    finding = ctx.words("pathways.finding", clauses=ctx.words.listed(_clauses(ctx, lines)))
    return (Chapter("pathways", ctx.words("chapter.pathways"), finding, tuple(_blocks(ctx, lines))),)


def _others(ctx: ReportContext) -> tuple[str, ...]:
    return tuple(one for one in ctx.alternatives if one != TODAY)


def _clauses(ctx: ReportContext, lines: Lines) -> Iterator[str]:
    for one in ctx.alternatives:
        line = lines[one, "sent", "", ALL]
        sent = ctx.numbers.text(line["value"], form.COUNT)
        yield ctx.words("pathways.clause", alternative=ctx.names.alternatives([one]), sent=sent)


def _blocks(ctx: ReportContext, lines: Lines) -> Iterator[Block]:
    yield Paragraph(ctx.words("pathways.intro"))
    yield from _edits(ctx)
    yield Heading(ctx.words("pathways.changes_title"))
    yield _overall(ctx, lines)
    if any(key[1] == "taken" for key in lines):
        yield Heading(ctx.words("pathways.taken_title"))
        yield _taken(ctx, lines)
    delivered = consequence_rows(ctx, "delivered")
    if delivered:
        yield Heading(ctx.words("pathways.delivered_title"))
        caption = ctx.words("pathways.delivered_caption")
        yield Table(_columns(ctx, "delivered"), delivered, caption, source(ctx, "consequences"), dense=True)
    yield Heading(ctx.words("pathways.places_title"))
    yield Paragraph(ctx.words("pathways.places"))
    yield places_table(ctx)
    if ctx.study.service.triage:
        yield Heading(ctx.words("pathways.triage_title"))
        yield Notice(ctx.words("pathways.triage_assumed"))
        yield _matrix(ctx)
        yield Paragraph(ctx.words("pathways.triage"))
        yield _needs(ctx, lines)


def _edits(ctx: ReportContext) -> Iterator[Block]:
    """What each alternative says of it, in words."""
    kinds = ("pathway", "department", "hospital", "triage")
    columns = (
        Column(ctx.words("pathways.column.alternative"), figures=False),
        Column(ctx.words("pathways.column.change"), figures=False),
    )
    rows = [
        Row((Cell(ctx.names.alternative(one)), Cell(edit_line(edit, ctx.words, ctx.numbers, ctx.names))))
        for one in _others(ctx)
        for edit in ctx.study.get_alternative(one).edits
        if edit.kind.endswith(kinds)
    ]
    if rows:
        yield Table(columns, tuple(rows), ctx.words("pathways.edits_caption"), source(ctx, "pathways"))


def _columns(ctx: ReportContext, first: str) -> tuple[Column, ...]:
    names = [ctx.words("pathways.column.level", alternative=ctx.names.alternative_tag(TODAY))]
    names += [ctx.words("pathways.column.difference", alternative=ctx.names.alternative_tag(o)) for o in _others(ctx)]
    return (Column(ctx.words(f"pathways.column.{first}"), figures=False), *map(Column, names))


def _estimate(line: Line | None, begin: str) -> Estimate | None:
    if line is None or line[begin] is None:
        return None
    prefix = "" if begin == "value" else "difference_"
    low, high = line[f"{prefix}low"], line[f"{prefix}high"]
    nan = float("nan")
    return Estimate(line[begin], nan if low is None else low, nan if high is None else high)


def _level(ctx: ReportContext, how: Measure, line: Line | None) -> Cell:
    found = _estimate(line, "value")
    if found is None:
        return Cell(ctx.words("number.none"), style="quiet")
    if how.level in (form.COUNT,):
        return count_cell(ctx, found.value)
    return Cell(ctx.numbers.text(found.value, how.level), found.value)


def _row(ctx: ReportContext, name: str, how: Measure, key: tuple[str, str, str], lines: Lines) -> Row:
    cells = [_level(ctx, how, lines.get((TODAY, *key)))]
    cells += [difference_cell(ctx, how, _estimate(lines.get((one, *key)), "difference")) for one in _others(ctx)]
    return Row((Cell(name), *cells))


def _overall(ctx: ReportContext, lines: Lines) -> Table:
    rows = [_row(ctx, ctx.words(f"pathways.measure.{name}"), how, (name, "", ALL), lines) for name, how in OVERALL]
    rows += consequence_rows(ctx, *FLEET)
    caption = ctx.words("pathways.changes_caption")
    return Table(_columns(ctx, "measure"), tuple(rows), caption, source(ctx, "pathways", "consequences"), dense=True)


def _since_today(
    ctx: ReportContext, alternative: str, name: str, urgency: str = "", group: str = ALL
) -> Estimate | None:
    """A paired difference from today, whatever the report's baseline is."""
    table = ctx.results.find_table("differences")
    if table is None:
        return None
    wanted = {"baseline": TODAY, "alternative": alternative, "measure": name, "group": group, "hour": -1}
    same = [table[key] == value for key, value in wanted.items()]
    same.append(table["urgency"].fill_null("") == urgency)
    at = same[0]
    for one in same[1:]:
        at = at & one
    found = table.filter(at)
    if found.is_empty():
        return None
    return _plain(found.row(0, named=True))


def _plain(row: Line) -> Estimate:
    figures = [float("nan") if row[key] is None else float(row[key]) for key in ("value", "low", "high")]
    return Estimate(*figures)


def _taken(ctx: ReportContext, lines: Lines) -> Table:
    ids = list(dict.fromkeys(key[2] for key in lines if key[1] == "taken" and key[3] == ALL))
    rows = [_row(ctx, ctx.names.get("pathways", one), COUNT, ("taken", one, ALL), lines) for one in ids]
    caption = ctx.words("pathways.taken_caption")
    return Table(_columns(ctx, "taken"), tuple(rows), caption, source(ctx, "pathways"), dense=True)


def places_table(ctx: ReportContext) -> Table:
    """Response to acute incidents by municipality: today's level, and what each alternative changes."""
    how, rows = measure("response_mean_s"), []
    for group in (ALL, *(one.id for one in ctx.study.service.municipalities)):
        level = ctx.levels.find(TODAY, how.id, ACUTE, group)
        if level is None:
            continue
        cells = [Cell(ctx.numbers.text(level.value, how.level), level.value)]
        cells += [difference_cell(ctx, how, _since_today(ctx, one, how.id, ACUTE, group)) for one in _others(ctx)]
        rows.append(Row((Cell(ctx.names.group(group)), *cells), "total" if group == ALL else ""))
    caption = ctx.words("pathways.places_caption")
    return Table(_columns(ctx, "place"), tuple(rows), caption, source(ctx, "indicators", "differences"), dense=True)


def _matrix(ctx: ReportContext) -> Table:
    """The triage of today as the study says it, and that of every alternative which changes it."""
    columns = [Column(ctx.words("pathways.column.alternative"), figures=False)]
    columns += [Column(ctx.words("pathways.column.true"), figures=False)]
    columns += [Column(ctx.words("pathways.column.given", urgency=urgency)) for urgency in URGENCIES]
    rows = []
    for one in ctx.alternatives:
        service = ctx.names.services[one]
        if one != TODAY and not service.triage_now:
            continue
        shares = {(row.true_urgency, row.given_urgency): row.share for row in service.triage_now or service.triage}
        for true in URGENCIES:
            found = [shares.get((true, given), 0.0) for given in URGENCIES]
            cells = [Cell(ctx.numbers.text(share, form.PERCENT), share) for share in found]
            rows.append(Row((Cell(ctx.names.alternative(one)), Cell(ctx.names.urgency(true)), *cells)))
    return Table(tuple(columns), tuple(rows), ctx.words("pathways.matrix_caption"), source(ctx, "pathways"))


def _needs(ctx: ReportContext, lines: Lines) -> Table:
    rows = []
    for name, of, how in NEEDS:
        if all(not lines[one, name, of, ALL]["value"] for one in ctx.alternatives):
            continue  # nobody is given that urgency
        true, _, given = of.partition(">")
        key = f"pathways.measure.{name}" if not of else f"pathways.measure.{name}_{'any' if given == '*' else 'given'}"
        text = ctx.words(key, true=true, given=given) if of else ctx.words(key)
        rows.append(_row(ctx, text, how, (name, of, ALL), lines))
    caption = ctx.words("pathways.needs_caption")
    return Table(_columns(ctx, "measure"), tuple(rows), caption, source(ctx, "pathways"), dense=True)
