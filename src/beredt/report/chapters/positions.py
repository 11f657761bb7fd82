"""What the parties say, side by side, worded by what each statement rests on: nothing unverified reads as fact."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.local_text import local_names, local_text
from beredt.report.measures import measure
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table

Line = Mapping[str, Any]


def positions_blocks(ctx: ReportContext) -> list[Block]:
    """A table by topic, one line per statement with its party, its wording and its evidence status."""
    table = ctx.results.find_table("positions")
    if table is None:
        return []
    texts = {row["id"]: row for row in ctx.study.decision["positions"].iter_rows(named=True)}
    topics = local_names(ctx.words, ctx.study.decision["position_topics"])
    parties = local_names(ctx.words, ctx.study.decision["counterparts"])
    sources = local_names(ctx.words, ctx.study.decision["evidence_sources"])
    keys = ("party", "statement", "status", "source")
    columns = tuple(Column(ctx.words(f"interfaces.column.{key}"), figures=False) for key in keys)
    rows = []
    lines = [line for line in table.iter_rows(named=True) if line["id"] in texts]
    for topic, name in topics.items():
        inside = [line for line in lines if line["topic"] == topic]
        if inside:
            rows.append(Row((Cell(name),), "group"))
        for line in inside:
            party = parties.get(line["party"], line["party"])
            said = local_text(ctx.words, texts[line["id"]], "statement")
            rows.append(
                Row(
                    (
                        Cell(ctx.words.sentence(party), style="words"),
                        Cell(statement_text(ctx, line, party, said), style="words"),
                        Cell(ctx.words(f"interfaces.status.{line['status']}")),
                        Cell(sources.get(line["source"], line["source"]), style="words"),
                    )
                )
            )
    caption, where = ctx.words("interfaces.positions_caption"), ctx.words("source.study", tables="positions")
    blocks: list[Block] = [
        Heading(ctx.words("interfaces.positions_title")),
        Paragraph(ctx.words("interfaces.statuses")),
    ]
    return [*blocks, Table(columns, tuple(rows), caption, where, sortable=False)]


def statement_text(ctx: ReportContext, line: Line, party: str, said: str) -> str:
    """A statement as its evidence allows: counted, simulated with its interval, or somebody's view."""
    if line["status"] == "simulated" and line["value"] is not None:
        figures = Estimate(*(nan if line[key] is None else float(line[key]) for key in ("value", "low", "high")))
        written = ctx.numbers.estimate(figures, measure(line["measure"]).level)
        return ctx.words("interfaces.says.simulated", said=ctx.words.sentence(said), figure=written)
    if line["status"] == "measured":
        return ctx.words("interfaces.says.measured", said=said)
    return ctx.words("interfaces.says.input", party=party, said=said)
