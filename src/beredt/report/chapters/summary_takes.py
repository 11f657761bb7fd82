"""What alternatives take of people and money, for the page that a board reads: known, partly known, or asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.cost import cost_finding
from beredt.report.chapters.cost_parts import ALL, ONE_OFF, RUNNING, missing_files, money_cell
from beredt.report.chapters.staff import fte_change, fte_level
from beredt.report.chapters.staff_served import unstated
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Cell, Row

Line = Mapping[str, Any]


def takes_rows(ctx: ReportContext) -> list[Row]:
    """Full-time equivalents and money: the baseline's level first; no row for what nothing is known of."""
    rows = []
    level = fte_level(ctx)
    if level is not None:
        found = Cell(ctx.numbers.plain(level, form.FTE), level)
        rows.append(_row(ctx, "fte", found, [_staff_cell(ctx, one) for one in ctx.compared]))
    lines = _money_lines(ctx)
    if lines:
        nothing = Cell(ctx.words("number.none"), style="quiet")
        for item in (RUNNING, ONE_OFF):
            rows.append(_row(ctx, item, nothing, [money_cell(ctx, lines.get((one, item))) for one in ctx.compared]))
    return rows


def cost_sentence(ctx: ReportContext) -> str:
    """What is known of cost, and which files would tell more; "" where the study tells no money."""
    lines = _money_lines(ctx)
    if not lines:
        return ""
    table = ctx.results.tables["cost"]
    files = missing_files(table.iter_rows(named=True))
    if not files:
        return ctx.words("summary.cost", finding=cost_finding(ctx, table))
    listed = ctx.words.listed(files)
    return ctx.words("summary.cost_asked", finding=cost_finding(ctx, table), files=listed)


def _row(ctx: ReportContext, key: str, level: Cell, cells: Sequence[Cell]) -> Row:
    return Row((Cell(ctx.words(f"summary.takes.{key}")), level, *cells))


def _staff_cell(ctx: ReportContext, alternative: str) -> Cell:
    """The change in all; where somebody's staff is not stated, that it is more than that."""
    change = fte_change(ctx, alternative)
    open_ = bool(unstated(ctx).get(alternative))
    if ctx.numbers.rounds_to_zero(change, form.FTE):
        key = "staff.not_stated" if open_ else "change.none_short"
        return Cell(ctx.words(key), 0.0, "quiet")
    amount = ctx.numbers.plain(change, form.FTE, signed=True)
    return Cell(ctx.words("cost.partly", amount=amount) if open_ else amount, change)


def _money_lines(ctx: ReportContext) -> dict[tuple[str, str], Line]:
    """Lines of both sums over all organisations, by alternative and item."""
    table = ctx.results.find_table("cost") if ctx.study.settings.report.money else None
    if table is None:
        return {}
    own = table.filter((pl.col("organisation") == ALL) & pl.col("item").is_in([RUNNING, ONE_OFF]))
    return {(row["alternative"], row["item"]): row for row in own.iter_rows(named=True)}
