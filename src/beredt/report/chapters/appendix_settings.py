"""Every setting of the study: the keys of its settings, its groups, its changes of assumptions and its small tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from beredt.model.alternative import TODAY
from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.report.context import ReportContext
from beredt.report.edit_lines import edit_line
from beredt.report.page.blocks import Block, Cell, Column, Row, Table

APART = ("groups", "sensitivities")
"""Sections that have tables of their own."""

SERVICE_TABLES = ("rates", "age_rates", "needs", "intervals", "speeds", "rosters", "units", "stations")
"""Tables of today's service that are small enough to show."""

_REFERS = {"station": "stations", "organisation": "organisations", "centre": "centres", "kind": "unit_kinds"}


def settings_blocks(ctx: ReportContext) -> tuple[Block, ...]:
    """All settings as they were run."""
    blocks: list[Block] = [_settings(ctx), _groups(ctx)]
    if ctx.study.sensitivities:
        blocks.append(_sensitivities(ctx))
    return (*blocks, *(_service_table(ctx, name) for name in SERVICE_TABLES))


def word_columns(ctx: ReportContext, *keys: str) -> tuple[Column, ...]:
    """Columns of words, with titles from the language file."""
    return tuple(Column(ctx.words(f"appendix.column.{key}"), figures=False) for key in keys)


def description(ctx: ReportContext, field: Field | None) -> str:
    """What a field means, in the report's language where the dictionary has it."""
    return ctx.words.local(field.description) if field else ""


def _settings(ctx: ReportContext) -> Table:
    """`study.toml` as it was run, key by key, with what each means."""
    settings = ctx.results.fact("settings") or ctx.study.settings.model_dump(mode="json")
    meaning = {field.name: field for field in load_fields("settings")}
    rows = []
    for key, value in _flat({name: one for name, one in settings.items() if name not in APART}, ""):
        field = meaning.get(_plain_key(key))
        rows.append(
            Row((Cell(ctx.numbers.label(key)), Cell(_value(ctx, value)), Cell(description(ctx, field), style="words")))
        )
    return Table(
        word_columns(ctx, "setting", "value", "meaning"), tuple(rows), ctx.words("appendix.settings_caption"),
        ctx.words("source.facts"), dense=True, sortable=False,
    )  # fmt: skip


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
    if value is None or value in ([], (), ""):
        return ctx.words("number.none")
    if isinstance(value, bool):
        return ctx.words("appendix.yes" if value else "appendix.no")
    if isinstance(value, list | tuple):
        return ctx.numbers.label(", ".join(str(one) for one in value))
    return ctx.numbers.label(value)


def _groups(ctx: ReportContext) -> Table:
    """The study's groups and what belongs to each."""
    rows = []
    for group in ctx.study.settings.groups:
        places = [ctx.names.get("municipalities", one) for one in group.municipalities]
        places += [ctx.names.get("districts", one) for one in group.districts]
        rows.append(Row((Cell(ctx.numbers.label(group.id)), Cell(ctx.names.group(group.id)), Cell(", ".join(places)))))
    return Table(
        word_columns(ctx, "group", "name", "places"), tuple(rows), ctx.words("appendix.groups_caption"),
        ctx.words("source.facts"), dense=True, sortable=False,
    )  # fmt: skip


def _sensitivities(ctx: ReportContext) -> Table:
    """Every change of assumptions with its edits in words."""
    rows = []
    for one in ctx.study.sensitivities:
        lines = [edit_line(edit, ctx.words, ctx.numbers, ctx.names) for edit in one.edits]
        decides = ctx.words("appendix.yes" if one.decides else "appendix.no")
        rows.append(Row((Cell(ctx.names.sensitivity(one.id)), Cell(decides), Cell("; ".join(lines), style="words"))))
    return Table(
        word_columns(ctx, "assumption", "decides", "changes"), tuple(rows), ctx.words("appendix.assumptions_caption"),
        ctx.words("source.facts"), dense=True, sortable=False,
    )  # fmt: skip


def _service_table(ctx: ReportContext, name: str) -> Table:
    """A table of today's service as it stands in the study, ids written as names where there are any."""
    objects = getattr(ctx.names.services[TODAY], name)
    keys = [field.name for field in fields(objects[0])] if objects else []
    if name == "rosters":
        ids = dict.fromkeys(row.id for row in objects)
        rows = [Row((Cell(ctx.numbers.label(one)), Cell(ctx.names.get("rosters", one)))) for one in ids]
        columns = word_columns(ctx, "roster", "hours")
    else:
        rows = [Row(tuple(_field_cell(ctx, key, getattr(one, key)) for key in keys)) for one in objects]
        columns = tuple(Column(key, figures=False) for key in keys)
    caption = ctx.words("appendix.table_caption", table=f"{name}.csv")
    return Table(columns, tuple(rows), caption, ctx.words("source.study", tables=name), dense=True, sortable=False)


def _field_cell(ctx: ReportContext, key: str, value: Any) -> Cell:
    if isinstance(value, str) and key in _REFERS:
        return Cell(ctx.names.get(_REFERS[key], value))
    return Cell(_value(ctx, value))
