"""The appendix: every setting, the tables of the results and what their columns mean, and the whole calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.report.chapters.parts import source
from beredt.report.chapters.simultaneity import calendar_block
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Row, Table

_LIST_ROWS = ("edits",)


def appendix_chapter(ctx: ReportContext) -> Chapter:
    """Settings, files, data dictionary, calendar."""
    blocks: list[Block] = [Details(ctx.words("appendix.settings_title"), (_settings(ctx),))]
    blocks.append(Details(ctx.words("appendix.dictionary_title"), tuple(_dictionary(ctx))))
    files = _files(ctx)
    if files:
        blocks.append(Details(ctx.words("appendix.files_title"), (files,)))
    calendar = calendar_block(ctx)
    if calendar:
        blocks += [Heading(ctx.words("appendix.calendar_title"), new_page=True), calendar]
    finding = ctx.words("appendix.finding", tables=ctx.numbers.whole(len(ctx.results.tables)))
    return Chapter("appendix", ctx.words("chapter.appendix"), finding, tuple(blocks))


def _settings(ctx: ReportContext) -> Table:
    """`study.toml` as it was run, key by key, with what each means."""
    settings = ctx.results.fact("settings") or ctx.study.settings.model_dump(mode="json")
    meaning = {field.name: field for field in load_fields("settings")}
    rows = []
    for key, value in _flat(settings, ""):
        field = meaning.get(_plain_key(key))
        rows.append(
            Row((Cell(ctx.numbers.label(key)), Cell(_value(ctx, value)), Cell(_description(ctx, field), style="words")))
        )
    return Table(_columns(ctx, "setting", "value", "meaning"), tuple(rows), ctx.words("appendix.settings_caption"),
                 ctx.words("source.facts"), dense=True, sortable=False)  # fmt: skip


def _columns(ctx: ReportContext, *keys: str) -> tuple[Column, ...]:
    return tuple(Column(ctx.words(f"appendix.column.{key}"), figures=False) for key in keys)


def _flat(value: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Dotted keys and values; rows of a list are numbered."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{prefix}[{number}]")
    else:
        yield prefix, value


def _plain_key(key: str) -> str:
    """The key in the field dictionary: without the numbers of rows."""
    return "".join(part.partition("]")[2] if number else part for number, part in enumerate(key.split("[")))


def _value(ctx: ReportContext, value: Any) -> str:
    if value is None or value in ([], ()):
        return ctx.words("number.none")
    if isinstance(value, bool):
        return ctx.words("appendix.yes" if value else "appendix.no")
    if isinstance(value, list | tuple):
        return ctx.numbers.label(", ".join(str(one) for one in value))
    return ctx.numbers.label(value)


def _description(ctx: ReportContext, field: Field | None) -> str:
    return ctx.words.local(field.description) if field else ""


def _dictionary(ctx: ReportContext) -> Iterator[Block]:
    for name, table in sorted(ctx.results.tables.items()):
        meaning = _meaning(name)
        rows = []
        for column in table.columns:
            field = meaning.get(column)
            unit = field.unit if field and field.unit else ctx.words("number.none")
            cells = (Cell(column), Cell(ctx.numbers.label(unit)), Cell(_description(ctx, field), style="words"))
            rows.append(Row(cells))
        caption = ctx.words(
            "appendix.dictionary_caption", table=f"{name}.parquet", rows=ctx.numbers.whole(table.height)
        )
        yield Table(_columns(ctx, "column", "unit", "meaning"), tuple(rows), caption, source(ctx, name), dense=True,
                    sortable=False)  # fmt: skip


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
    return Table(_columns(ctx, "file", "digest"), rows, ctx.words("appendix.files_caption"), ctx.words("source.facts"),
                 dense=True, sortable=False)  # fmt: skip
