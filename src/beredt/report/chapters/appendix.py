"""The appendix: every setting, the tables of the results and what their columns mean, and the whole calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.report.chapters.appendix_settings import description, settings_blocks, word_columns
from beredt.report.chapters.parts import source
from beredt.report.chapters.simultaneity import calendar_block
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Chapter, Details, Heading, Row, Table

DICTIONARY = "data_dictionary"
"""The table that describes the others."""


def appendix_chapter(ctx: ReportContext) -> Chapter:
    """Settings, files, data dictionary, calendar."""
    blocks: list[Block] = [Details(ctx.words("appendix.settings_title"), settings_blocks(ctx))]
    blocks.append(Details(ctx.words("appendix.dictionary_title"), tuple(_dictionary(ctx))))
    files = _files(ctx)
    if files:
        blocks.append(Details(ctx.words("appendix.files_title"), (files,)))
    calendar = calendar_block(ctx)
    if calendar:
        blocks += [Heading(ctx.words("appendix.calendar_title"), new_page=True), calendar]
    finding = ctx.words("appendix.finding", tables=ctx.numbers.whole(len(ctx.results.tables)))
    return Chapter("appendix", ctx.words("chapter.appendix"), finding, tuple(blocks))


def _dictionary(ctx: ReportContext) -> Iterator[Block]:
    for name, table in sorted(ctx.results.tables.items()):
        if name == DICTIONARY:
            continue  # it says of the others what stands here
        meaning = _meaning(name)
        rows = []
        for column in table.columns:
            field = meaning.get(column)
            unit = field.unit if field and field.unit else ctx.words("number.none")
            cells = (Cell(column), Cell(ctx.numbers.label(unit)), Cell(description(ctx, field), style="words"))
            rows.append(Row(cells))
        caption = ctx.words(
            "appendix.dictionary_caption", table=f"{name}.parquet", rows=ctx.numbers.whole(table.height)
        )
        columns = word_columns(ctx, "column", "unit", "meaning")
        yield Table(columns, tuple(rows), caption, source(ctx, name), dense=True, sortable=False)


def _meaning(name: str) -> dict[str, Field]:
    """The field dictionary of a results table; empty where it has none."""
    try:
        return {field.name: field for field in load_fields(f"results/{name}")}
    except FileNotFoundError:
        return {}


def _files(ctx: ReportContext) -> Table | None:
    files = ctx.results.fact("files")
    if not isinstance(files, Mapping):
        return None
    rows = tuple(Row((Cell(name), Cell(ctx.numbers.label(str(digest))))) for name, digest in sorted(files.items()))
    columns, caption = word_columns(ctx, "file", "digest"), ctx.words("appendix.files_caption")
    return Table(columns, rows, caption, ctx.words("source.facts"), dense=True, sortable=False)
