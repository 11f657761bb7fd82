"""Who meets whom: the interface register, how far borders agree, and the parties' positions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report.chapters.parts import source
from beredt.report.chapters.positions import positions_blocks
from beredt.report.context import ReportContext
from beredt.report.local_text import local_names
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Paragraph, Row, Table

Line = Mapping[str, Any]


def interfaces_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter on interfaces; none where the study has neither a register nor positions."""
    tables = ctx.study.decision
    if tables.get("interface_roles", pl.DataFrame()).is_empty() and tables.get("positions", pl.DataFrame()).is_empty():
        return ()
    blocks: list[Block] = [Paragraph(ctx.words("interfaces.intro"))]
    register = ctx.results.find_table("interfaces")
    if register is not None:
        lines = list(register.iter_rows(named=True))
        blocks += [Heading(ctx.words("interfaces.today_title")), _matrix(ctx, lines, TODAY)]
        blocks += _changes(ctx, lines)
        blocks += [Heading(ctx.words("interfaces.congruence_title")), Paragraph(ctx.words("interfaces.congruence"))]
        blocks.append(_congruence(ctx))
        blocks.append(Details(ctx.words("interfaces.sources_title"), (_sources(ctx, lines),)))
    blocks += positions_blocks(ctx)
    return (Chapter("interfaces", ctx.words("interfaces.chapter"), _finding(ctx), tuple(blocks)),)


def _finding(ctx: ReportContext) -> str:
    table = ctx.results.find_table("interface_congruence")
    if table is None:
        return ctx.words("interfaces.no_finding")
    lines = list(table.iter_rows(named=True))
    today = [line for line in lines if line["alternative"] == TODAY and line["pairs"]]
    if not today:
        return ctx.words("interfaces.no_finding")
    most = max(today, key=lambda line: line["counterparts"])
    changes = []
    for one in ctx.compared:
        other = next(
            (line for line in lines if (line["alternative"], line["municipality"]) == (one, most["municipality"])), most
        )
        changes.append(
            ctx.words(
                "interfaces.clause",
                alternative=ctx.names.alternatives((one,)),
                counterparts=ctx.numbers.whole(other["counterparts"]),
                agreeing=ctx.numbers.whole(other["agreeing"]),
            )
        )
    return ctx.words(
        "interfaces.finding",
        municipality=ctx.names.get("municipalities", most["municipality"]),
        counterparts=ctx.numbers.whole(most["counterparts"]),
        roles=ctx.numbers.whole(most["roles"]),
        agreeing=ctx.numbers.whole(most["agreeing"]),
        clauses=ctx.words("gate.between").join(changes) or ctx.words("list.none"),
    )


def _changes(ctx: ReportContext, lines: Sequence[Line]) -> list[Block]:
    """What every alternative changes: the whole matrix behind a click, or that it changes nothing."""
    blocks: list[Block] = [Heading(ctx.words("interfaces.changes_title"))]
    for one in ctx.alternatives:
        if one == TODAY:
            continue
        changed = [line for line in lines if line["alternative"] == one and line["changed"]]
        title = ctx.names.alternative_title(one)
        if not changed:
            blocks.append(Paragraph(ctx.words("interfaces.unchanged", alternative=title)))
            continue
        blocks.append(_change_table(ctx, lines, one, title))
        blocks.append(Details(ctx.words("interfaces.whole", alternative=title), (_matrix(ctx, lines, one),)))
    return blocks


def _matrix(ctx: ReportContext, lines: Sequence[Line], alternative: str) -> Table:
    """Roles down, places across; what differs from today is marked with a sign and told in words."""
    places = list(dict.fromkeys(line["place"] for line in lines))
    columns = [Column(ctx.words("interfaces.column.role"), figures=False)]
    columns += [Column(ctx.names.zone(place), figures=False) for place in places]
    roles = local_names(ctx.words, ctx.study.decision["interface_roles"])
    rows = []
    for role, name in roles.items():
        cells = [Cell(name)]
        for place in places:
            met = [line for line in lines if (line["role"], line["place"]) == (role, place)]
            now = [line for line in met if line["alternative"] == alternative]
            text = _who(ctx, now)
            changed = any(line["changed"] for line in now)
            cells.append(Cell(ctx.words("interfaces.changed", text=text) if changed else text, style="words"))
        rows.append(Row(tuple(cells)))
    caption = ctx.words("interfaces.matrix_caption", alternative=ctx.names.alternatives((alternative,)))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "interfaces"), dense=True, sortable=False)


def _change_table(ctx: ReportContext, lines: Sequence[Line], alternative: str, title: str) -> Table:
    """One line per role whose counterparts change: where, from whom, to whom."""
    keys = ("role", "where", "today", "then")
    columns = tuple(Column(ctx.words(f"interfaces.column.{key}"), figures=False) for key in keys)
    roles = local_names(ctx.words, ctx.study.decision["interface_roles"])
    rows = []
    for role, name in roles.items():
        moved: dict[tuple[str, str], list[str]] = {}
        own = [line for line in lines if line["role"] == role]
        for place in dict.fromkeys(line["place"] for line in own):
            here = [line for line in own if line["place"] == place]
            now = [line for line in here if line["alternative"] == alternative]
            if any(line["changed"] for line in now):
                before = _who(ctx, [line for line in here if line["alternative"] == TODAY])
                moved.setdefault((before, _who(ctx, now)), []).append(ctx.names.zone(place))
        for (before, after), places in moved.items():
            cells = (Cell(name), Cell(ctx.words.listed(places), style="words"), Cell(before), Cell(after))
            rows.append(Row(cells))
    caption = ctx.words("interfaces.changes_caption", alternative=title)
    return Table(columns, tuple(rows), caption, source(ctx, "interfaces"), sortable=False)


def _who(ctx: ReportContext, met: Sequence[Line]) -> str:
    """Counterparts, one after the other; a word where nobody has stated any."""
    if not met:
        return ctx.words("interfaces.unknown")
    names = counterpart_names(ctx)
    return ctx.words("interfaces.and").join(names.get(line["counterpart"], line["counterpart"]) for line in met)


def counterpart_names(ctx: ReportContext) -> Mapping[str, str]:
    """Names of counterparts: the study's organisations and centres, under its own names for counterparts."""
    found = {**ctx.names.by_table.get("centres", {}), **ctx.names.by_table.get("organisations", {})}
    return {**found, **local_names(ctx.words, ctx.study.decision["counterparts"])}


def source_text(ctx: ReportContext, source: str) -> str:
    """A source of the study's in words; what has none follows from the study's own areas and edits."""
    if not source:
        return ctx.words("interfaces.own_tables")
    return local_names(ctx.words, ctx.study.decision["evidence_sources"]).get(source, source)


def _congruence(ctx: ReportContext) -> Table:
    """Municipalities down; for every alternative counterparts and agreeing roles."""
    columns = [Column(ctx.words("interfaces.column.municipality"), figures=False)]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.alternatives]
    table = ctx.results.find_table("interface_congruence")
    lines = [] if table is None else list(table.iter_rows(named=True))
    found = {(line["municipality"], line["alternative"]): line for line in lines}
    rows = []
    for key in ("counterparts", "agreeing", "pairs_agreeing", "split"):
        rows.append(Row((Cell(ctx.words(f"interfaces.count.{key}")),), "group"))
        for municipality in dict.fromkeys(key[0] for key in found):
            cells = [Cell(ctx.names.get("municipalities", municipality))]
            cells += [_count(ctx, found.get((municipality, one)), key) for one in ctx.alternatives]
            rows.append(Row(tuple(cells), "inner"))
    caption = ctx.words("interfaces.congruence_caption")
    where = source(ctx, "interface_congruence")
    return Table(tuple(columns), tuple(rows), caption, where, sortable=False)


def _count(ctx: ReportContext, line: Line | None, key: str) -> Cell:
    if line is None:
        return Cell(ctx.words("number.none"), style="quiet")
    whole = ctx.numbers.whole(line[key])
    beside = {"agreeing": "roles", "pairs_agreeing": "pairs", "split": "roles"}.get(key)
    if beside is None:
        return Cell(whole, line[key])
    return Cell(ctx.words("interfaces.of", part=whole, whole=ctx.numbers.whole(line[beside])), line[key])


def _sources(ctx: ReportContext, lines: Sequence[Line]) -> Table:
    """Where every row of the register comes from, and what it rests on."""
    keys = ("role", "where", "counterpart", "status", "source")
    columns = tuple(Column(ctx.words(f"interfaces.column.{key}"), figures=False) for key in keys)
    roles, names = local_names(ctx.words, ctx.study.decision["interface_roles"]), counterpart_names(ctx)
    rows, seen = [], set()
    for line in lines:
        key = (line["role"], line["place"], line["counterpart"], line["source"])
        if key not in seen:
            seen.add(key)
            rows.append(
                Row(
                    (
                        Cell(roles.get(line["role"], line["role"])),
                        Cell(ctx.names.zone(line["place"])),
                        Cell(names.get(line["counterpart"], line["counterpart"])),
                        Cell(ctx.words(f"interfaces.status.{line['status']}")),
                        Cell(source_text(ctx, line["source"]), style="words"),
                    )
                )
            )
    return Table(columns, tuple(rows), ctx.words("interfaces.sources_caption"), source(ctx, "interfaces"), dense=True)
