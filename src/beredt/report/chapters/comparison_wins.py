"""What would have to be true for each alternative to win: premise 1 first, then what the criteria are worth."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.chapters.comparison_ranks import RankTable
from beredt.report.chapters.comparison_uncertain import number_names, number_text
from beredt.report.context import ReportContext
from beredt.report.findings.gate import Answer, answers, assumptions_text
from beredt.report.page.blocks import Block, Bullets, Heading
from beredt.report.study_names import local_name

HARDLY = 0.005
"""An alternative that comes first in a smaller share of draws does so by accident, if at all."""


def wins_blocks(ctx: ReportContext, ranked: tuple[RankTable, ...]) -> list[Block]:
    """For each alternative, the baseline among them, what premise 1 asks and under which weights it comes first."""
    given = {one.alternative: one for one in answers(ctx)}
    blocks: list[Block] = []
    for alternative in (ctx.baseline, *ctx.compared):
        lines = [*_premise(ctx, alternative, given.get(alternative)), *_weights(ctx, alternative, ranked)]
        blocks += [Heading(ctx.names.alternative_title(alternative), 4), Bullets(tuple(lines))]
    return blocks


def _premise(ctx: ReportContext, alternative: str, answer: Answer | None) -> list[str]:
    """What has to hold for premise 1 to be met."""
    if alternative == ctx.baseline:
        return [ctx.words("comparison.wins.baseline")]
    if answer is None:
        return [ctx.words("comparison.wins.no_answer")]
    lines = [ctx.words(f"comparison.wins.{answer.verdict}")]
    if answer.turned_by:
        lines.append(ctx.words("comparison.wins.turned", names=assumptions_text(ctx, answer.turned_by)))
    lines += _break_evens(ctx, alternative)
    return lines


def _break_evens(ctx: ReportContext, alternative: str) -> list[str]:
    """Values of uncertain numbers at which a margin would be met exactly; the nearest to the mode for each number."""
    table = ctx.results.find_table("uncertain_effects")
    if table is None:
        return []
    own = table.filter(pl.col("alternative") == alternative).drop_nulls("break_even")
    names, modes = number_names(ctx), {one.id: one.mode for one in ctx.study.uncertain}
    nearest: dict[str, dict[str, float | str | None]] = {}
    for row in own.iter_rows(named=True):
        before = nearest.get(row["number"])
        mode = modes[row["number"]]
        if before is None or abs(row["break_even"] - mode) < abs(float(before["break_even"] or 0.0) - mode):
            nearest[row["number"]] = row
    lines = []
    for number, row in nearest.items():
        value, low, high = (row[key] for key in ("break_even", "break_even_low", "break_even_high"))
        way = "above" if float(value or 0.0) >= modes[number] else "below"
        lines.append(
            ctx.words(
                f"comparison.wins.number_{way}",
                number=names[number],
                value=number_text(ctx, float(value or 0.0)),
                span=_span(ctx, low, high),
                row=ctx.words(f"comparison.row.{row['measure']}", group=ctx.names.group(str(row["group"]))),
            )
        )
    return lines


def _span(ctx: ReportContext, low: float | str | None, high: float | str | None) -> str:
    if low is None or high is None:
        return ctx.words("number.no_interval")
    ends = {"low": number_text(ctx, float(low)), "high": number_text(ctx, float(high))}
    return ctx.words("number.brackets", inside=ctx.words("number.span", **ends))


def _weights(ctx: ReportContext, alternative: str, ranked: tuple[RankTable, ...]) -> list[str]:
    """Under which weights it comes first, in each pool that it is in."""
    lines = []
    for one in ranked:
        if alternative not in one.alternatives:
            lines.append(ctx.words(f"comparison.wins.not_in.{one.pool}"))
            continue
        share = one.first_shares()[alternative]
        if share < HARDLY:
            lines.append(ctx.words(f"comparison.wins.never.{one.pool}"))
            continue
        lines.append(
            ctx.words(
                f"comparison.wins.weights.{one.pool}",
                share=ctx.numbers.text(share, form.WHOLE_PERCENT),
                weights=_weights_text(ctx, one.pool, alternative),
            )
        )
    return lines


def _weights_text(ctx: ReportContext, pool: str, alternative: str) -> str:
    table = ctx.results.tables["central_weights"]
    own = table.filter(pl.col("pool") == pool, pl.col("alternative") == alternative).drop_nulls("weight")
    names = {row["id"]: local_name(ctx.words, row) for row in ctx.study.decision["criteria"].iter_rows(named=True)}
    return ctx.words.listed(
        ctx.words(
            "comparison.wins.weight", name=names[row["criterion"]],
            weight=ctx.numbers.text(row["weight"], form.WHOLE_PERCENT),
        )
        for row in own.sort("weight", descending=True).iter_rows(named=True)
    )  # fmt: skip
