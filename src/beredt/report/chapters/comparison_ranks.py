"""Ranks under every weight, for those that may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.page.blocks import Block, Figure, Notice, Paragraph
from beredt.report.theme import RANK_COLOURS

POOLS = ("meets", "meets_or_undecided")


@dataclass(frozen=True, slots=True)
class RankTable:
    """Ranks of one pool. `shares`: by alternative, the share of draws with rank 1, 2 and so on."""

    pool: str
    alternatives: tuple[str, ...]
    shares: Mapping[str, Sequence[float]]

    def first_shares(self) -> dict[str, float]:
        """How often each comes first."""
        return {one: self.shares[one][0] for one in self.alternatives}


def rank_tables(ctx: ReportContext) -> tuple[RankTable, ...]:
    """The pools that were ranked; the second is left out where it is the first, because nobody is undecided."""
    table = ctx.results.find_table("ranks")
    if table is None:
        return ()
    found: list[RankTable] = []
    for pool in POOLS:
        own = table.filter(pl.col("pool") == pool).sort("rank")
        ranked = set(own["alternative"].to_list())
        alternatives = tuple(one for one in ctx.alternatives if one in ranked)
        shares = {one: own.filter(pl.col("alternative") == one)["share"].to_list() for one in alternatives}
        if alternatives and (not found or alternatives != found[-1].alternatives):
            found.append(RankTable(pool, alternatives, shares))
    return tuple(found)


def rank_blocks(ctx: ReportContext, ranked: tuple[RankTable, ...]) -> list[Block]:
    """How it was done, and one figure for each pool."""
    if not ranked:
        return [Notice(ctx.words("comparison.nothing_ranked"))]
    return [Paragraph(ctx.words("comparison.ranks.intro")), *(_figure(ctx, one) for one in ranked)]


def _figure(ctx: ReportContext, one: RankTable) -> Figure:
    names = [ctx.names.alternative(alternative) for alternative in one.alternatives]
    ranks = range(len(one.alternatives))
    parts = [
        Part(
            ctx.words("comparison.ranks.rank", number=ctx.numbers.whole(rank + 1)),
            RANK_COLOURS[min(rank, len(RANK_COLOURS) - 1)],
            [one.shares[alternative][rank] for alternative in one.alternatives],
        )
        for rank in ranks
    ]
    texts = [ctx.numbers.text(one.shares[alternative][0], form.WHOLE_PERCENT) for alternative in one.alternatives]
    scale = Scale(ctx.words("axis.share_of_draws"), form.WHOLE_PERCENT)
    svg = draw_lying_bars(names, parts, scale, ctx.numbers, f"ranks-{one.pool}", texts)
    firsts = ctx.words.listed(
        ctx.words("comparison.ranks.first", alternative=name, share=text)
        for name, text in zip(names, texts, strict=True)
    )
    alt = ctx.words("comparison.ranks.alt", firsts=firsts)
    caption = ctx.words(f"comparison.ranks.caption.{one.pool}")
    return Figure(svg, alt, caption, source(ctx, "ranks"))
