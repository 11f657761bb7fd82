"""The effects table: criteria and their figures down, alternatives across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Column, Paragraph, Row, Table
from beredt.report.study_names import local_name

FORMS: Mapping[str, tuple[Form, Form]] = {
    "number": (form.COUNT, form.COUNT),
    "percent": (form.PERCENT, form.POINTS),
    "seconds": (form.MINUTES, form.SECONDS),
    "hours": (form.HOURS, form.HOURS),
    "kilometres": (form.THOUSAND_KM, form.THOUSAND_KM),
}
"""How a level and a difference are written, by the form that the study gives its measure."""

STYLES = {"better": "good", "worse": "bad"}

EffectRow = Mapping[str, Any]


def effects_blocks(ctx: ReportContext) -> list[Block]:
    """The table, and a sentence on criteria that no figure speaks for."""
    criteria = list(ctx.study.decision["criteria"].sort("position", "id").iter_rows(named=True))
    table = ctx.results.tables["effects"]
    measures = {row["id"]: row for row in ctx.study.decision["criterion_measures"].iter_rows(named=True)}
    shown = [one for one in (ctx.baseline, *ctx.compared) if one in set(table["alternative"].to_list())]
    columns = [Column(ctx.words("comparison.column.measure"), figures=False)]
    columns += [Column(ctx.names.alternative(one)) for one in shown]
    rows: list[Row] = []
    silent = []
    for criterion in criteria:
        own = table.filter(pl.col("criterion") == criterion["id"])
        name = local_name(ctx.words, criterion)
        if own.is_empty():
            silent.append(name)
            continue
        key = "comparison.gate_criterion" if criterion["gate"] else "comparison.criterion"
        rows.append(Row((Cell(ctx.words(key, name=name)),), "group"))
        for measure in dict.fromkeys(own["measure"].to_list()):
            cells = {row["alternative"]: row for row in own.filter(pl.col("measure") == measure).iter_rows(named=True)}
            written = FORMS[measures[measure]["form"]]
            found = [_cell(ctx, cells[one], written) for one in shown]
            rows.append(Row((Cell(local_name(ctx.words, measures[measure])), *found)))
    caption = ctx.words("comparison.effects.caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    blocks: list[Block] = [
        Table(tuple(columns), tuple(rows), caption, source(ctx, "effects"), dense=True, sortable=False)
    ]
    if silent:
        blocks.append(Paragraph(ctx.words("comparison.effects.silent", names=ctx.words.listed(silent))))
    return blocks


def _cell(ctx: ReportContext, row: EffectRow, written: tuple[Form, Form]) -> Cell:
    level, difference = written
    if row["effect"] == "baseline":
        value = _number(row["value"])
        return Cell(ctx.numbers.text(value, level), value)
    if row["effect"] == "unknown":
        return Cell(ctx.words("number.none"), style="quiet")
    if row["effect"] == "same":
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    found = Estimate(*(_number(row[key]) for key in ("difference", "difference_low", "difference_high")))
    text = ctx.numbers.estimate(found, difference, signed=True)
    return Cell(text, found.value, STYLES.get(row["effect"], "quiet"))


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
