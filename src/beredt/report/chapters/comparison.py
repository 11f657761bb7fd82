"""The comparison: who may be chosen, all criteria beside one another, and what it would take for each to win."""

from __future__ import annotations

from beredt.report import form
from beredt.report.chapters.comparison_effects import effects_blocks
from beredt.report.chapters.comparison_ranks import RankTable, rank_blocks, rank_tables
from beredt.report.chapters.comparison_regret import regret_blocks
from beredt.report.chapters.comparison_uncertain import uncertain_blocks
from beredt.report.chapters.comparison_wins import wins_blocks
from beredt.report.chapters.consequences import consequences_blocks
from beredt.report.chapters.parts import missing
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Chapter, Heading, Paragraph


def comparison_chapter(ctx: ReportContext) -> Chapter:
    """Effects, regret, ranks under all weights, the uncertain numbers together, and what would have to be true."""
    title = ctx.words("chapter.comparison")
    if ctx.results.find_table("effects") is None:
        there = (missing(ctx, "effects"), *consequences_blocks(ctx))
        return Chapter("comparison", title, ctx.words("comparison.no_finding"), there)
    ranked = rank_tables(ctx)
    blocks: list[Block] = [
        Paragraph(ctx.words("comparison.gate_first")),
        Heading(ctx.words("comparison.effects.title")),
        *effects_blocks(ctx),
        *consequences_blocks(ctx),
        Heading(ctx.words("comparison.regret.title")),
        *regret_blocks(ctx),
        Heading(ctx.words("comparison.ranks.title")),
        *rank_blocks(ctx, ranked),
        Heading(ctx.words("comparison.uncertain.title")),
        *uncertain_blocks(ctx),
        Heading(ctx.words("comparison.wins.title")),
        *wins_blocks(ctx, ranked),
    ]
    return Chapter("comparison", title, _finding(ctx, ranked), tuple(blocks))


def _finding(ctx: ReportContext, ranked: tuple[RankTable, ...]) -> str:
    """Who may be chosen, and which of them comes first under most weights."""
    if not ranked:
        return ctx.words("comparison.nothing_ranked")
    sentences = []
    for one in ranked:
        first = one.first_shares()
        best = max(first.values())
        winners = [alternative for alternative, share in first.items() if share == best]
        sentences.append(
            ctx.words(
                f"comparison.first.{one.pool}",
                pool=ctx.names.alternatives(one.alternatives),
                winner=ctx.names.alternatives(winners),
                share=ctx.numbers.text(best, form.WHOLE_PERCENT),
            )
        )
    return " ".join(ctx.words.sentence(one) for one in sentences)
