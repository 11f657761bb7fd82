"""The chapter on major incidents: the events that the study names, each as on the page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from beredt.report.context import ReportContext
from beredt.report.major_incident.page import major_chapters, place_and_time
from beredt.report.page.blocks import Block, Chapter, Details, Heading, Paragraph
from beredt.report.results import Results
from beredt.report.run_facts import MAJOR


def major_incidents_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where the study names an event; else none."""
    table = ctx.results.find_table("major_incidents")
    if table is None:
        return ()
    events = [_of_event(ctx, one) for one in table["event"].unique(maintain_order=True)]
    chapters = [major_chapters(one) for one in events]
    is_one = len(events) == 1
    several = ctx.words("major.report.several", events=ctx.numbers.whole(len(events)))
    finding = chapters[0][0].finding if is_one else several
    blocks = tuple(
        block
        for one, parts in zip(events, chapters, strict=True)
        for block in (Heading(place_and_time(one)), *_blocks(parts, told=is_one))
    )
    return (Chapter("major-incidents", ctx.words("chapter.major_incidents"), finding, blocks),)


def _blocks(chapters: Sequence[Chapter], *, told: bool) -> Iterator[Block]:
    """An event: what arrives, where patients are taken, what is left; what is assumed behind a click.

    `told`: the finding of the first part stands at the head of the chapter.
    """
    *parts, method = chapters
    for number, part in enumerate(parts):
        yield Heading(part.title, level=4)
        if number or not told:
            yield Paragraph(part.finding, lead=True)
        yield from part.blocks
    yield Details(method.title, (Paragraph(method.finding), *method.blocks))


def _of_event(ctx: ReportContext, event: str) -> ReportContext:
    """The same run as if it had been asked about this event alone."""
    tables = {
        name: table.filter(pl.col("event") == event) if name.startswith("major_") else table
        for name, table in ctx.results.tables.items()
    }
    facts = {**ctx.results.facts, **ctx.results.fact(MAJOR, {}).get(event, {})}
    return replace(ctx, results=Results(facts, tables))
