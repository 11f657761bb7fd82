"""The summary: one sentence from each chapter, and what the log cannot answer."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.report.missions.context import LogContext
from beredt.report.page.blocks import Block, Bullets, Chapter, Heading, Paragraph


def summary_chapter(ctx: LogContext, chapters: Sequence[Chapter]) -> Chapter:
    """What the other chapters found, in their order."""
    silent = ctx.words("log.not_answered")
    lines = tuple(
        ctx.words("log.summary.line", title=chapter.title, finding=chapter.finding)
        for chapter in chapters
        if chapter.finding != silent
    )
    blocks: list[Block] = [Bullets(lines)]
    reasons = ctx.results.fact("not_answered", {})
    if reasons:
        by_reason: dict[str, list[str]] = {}
        for question, reason in reasons.items():
            by_reason.setdefault(reason, []).append(ctx.words(f"log.question.{question}"))
        blocks.append(Heading(ctx.words("log.summary.not_answered")))
        blocks.append(
            Bullets(
                tuple(
                    ctx.words(
                        "log.summary.line",
                        title=ctx.words.sentence(ctx.words.listed(questions)),
                        finding=ctx.words(f"log.reason.{reason}"),
                    )
                    for reason, questions in by_reason.items()
                )
            )
        )
    if ctx.study is None:
        blocks.append(Paragraph(ctx.words("log.summary.no_study")))
    finding = ctx.words(
        "log.summary.finding",
        incidents=ctx.numbers.whole(int(ctx.results.fact("incidents", 0))),
        responses=ctx.numbers.whole(int(ctx.results.fact("unit_responses", 0))),
    )
    return Chapter("summary", ctx.words("chapter.summary"), finding, tuple(blocks))
