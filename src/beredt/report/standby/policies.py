"""Rules for free units beside one another: a chapter, in the report of a study and on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beredt.decision.moving.policies_table import TABLE
from beredt.report import form
from beredt.report.chapters.parts import difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.measures import Measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Paragraph, Row, Table
from beredt.report.standby.capacity import SHARE, estimate_of
from beredt.report.words import Words

PERCENT = Form("percent", 1.0, 1)
"""Of figures that are per cent already."""
MEAN = Measure("", form.MINUTES, Form("s", 1.0, 1), -1)
ONE_DIGIT, KM = Form("count", 1.0, 2), Form("km", 1.0, 1)
CHANGES = ("share", "share_change", "mean", "mean_change")
CREWS = ("worst", "moves", "night_moves", "km", "rest")

Rows = Sequence[Mapping[str, Any]]


def policies_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where a run has compared rules for free units; else none."""
    table = ctx.results.find_table(TABLE)
    if table is None:
        return ()
    compared = [rows.to_dicts() for rows in table.partition_by("alternative", maintain_order=True)]
    blocks = (Paragraph(ctx.words("policies.intro")), *(block for rows in compared for block in _blocks(ctx, rows)))
    finding = " ".join(policies_finding(ctx, rows) for rows in compared)
    return (Chapter("policies", ctx.words("chapter.policies"), finding, blocks),)


def policies_finding(ctx: ReportContext, rows: Rows) -> str:
    """The rule that clearly gains most in the share within the target, and what it asks of crews; or that none does."""
    first, *others = rows
    clear = [row for row in others if (row["share_change_pp_low"] or 0.0) > 0.0]
    if not clear:
        return ctx.words("policies.finding_none", first=rule_name(ctx.words, first["rule"]))
    best = max(clear, key=lambda row: float(row["share_change_pp"]))
    return ctx.words(
        "policies.finding",
        rule=rule_name(ctx.words, best["rule"]),
        first=rule_name(ctx.words, first["rule"]),
        change=ctx.numbers.estimate(estimate_of(best, "share_change_pp"), SHARE.difference, signed=True),
        moves=ctx.numbers.plain(best["moves_per_shift"], ONE_DIGIT),
        km=ctx.numbers.text(best["km_per_shift"], KM),
    )


def rule_name(words: Words, rule: str) -> str:
    """A rule in words, with its table or its busy fraction in brackets."""
    word, _, parameter = rule.partition(":")
    name = words(f"policies.rule.{word}") if words.has(f"policies.rule.{word}") else word
    return words("policies.with", rule=name, parameter=parameter) if parameter else name


def _blocks(ctx: ReportContext, rows: Rows) -> Iterator[Block]:
    yield Heading(ctx.names.alternative_called(rows[0]["alternative"]))
    for names, caption in ((CHANGES, "policies.changes_caption"), (CREWS, "policies.crews_caption")):
        columns = (
            Column(ctx.words("policies.column.rule"), figures=False),
            *(Column(ctx.words(f"policies.column.{one}"), one != "worst") for one in names),
        )
        lines = tuple(Row((Cell(rule_name(ctx.words, row["rule"])), *_cells(ctx, row, names))) for row in rows)
        yield Table(columns, lines, ctx.words(caption), source(ctx, TABLE))


def _cells(ctx: ReportContext, row: Mapping[str, Any], names: Sequence[str]) -> Iterator[Cell]:
    for name in names:
        yield _cell(ctx, row, name)


def _cell(ctx: ReportContext, row: Mapping[str, Any], name: str) -> Cell:
    if name == "worst":
        share = ctx.numbers.text(_known(row["worst_share_pp"]), PERCENT)
        place = row["worst"]
        return Cell(ctx.words("policies.worst", place=ctx.names.group(place), share=share) if place else "–")
    if name == "share_change":
        return difference_cell(ctx, SHARE, estimate_of(row, "share_change_pp"))
    if name == "mean_change":
        return difference_cell(ctx, MEAN, estimate_of(row, "mean_change_s"))
    field, how = {
        "share": ("share_pp", PERCENT),
        "mean": ("mean_s", form.MINUTES),
        "moves": ("moves_per_shift", ONE_DIGIT),
        "night_moves": ("night_moves_per_shift", ONE_DIGIT),
        "km": ("km_per_shift", KM),
        "rest": ("rest_share", form.PERCENT),
    }[name]
    found: Estimate = estimate_of(row, field)
    return Cell(ctx.numbers.estimate(found, how), found.value)


def _known(value: float | None) -> float:
    return float("nan") if value is None else value
