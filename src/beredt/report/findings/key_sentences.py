"""The sentences of the summary: the greatest gain, the greatest loss, and what the answers rest on."""

from __future__ import annotations

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.change import change_text, is_better
from beredt.report.findings.gate import answers
from beredt.report.measures import TARGET_SHARE, measure

ACUTE = "A"


def key_sentences(ctx: ReportContext) -> tuple[str, ...]:
    """Three sentences: where help comes sooner, where later, and how sure that is."""
    return (_extreme(ctx, gain=True), _extreme(ctx, gain=False), _certainty(ctx))


def _changes(ctx: ReportContext) -> list[tuple[str, str, Estimate]]:
    """Differences in the share within target, for every alternative and group of the gate."""
    gate = ctx.study.settings.gate
    found = []
    for alternative in ctx.compared:
        for group in gate.groups if gate else ():
            difference = ctx.changes.find(alternative, TARGET_SHARE, ACUTE, group)
            if difference is not None and difference.known:
                found.append((alternative, group, difference))
    return found


def _extreme(ctx: ReportContext, *, gain: bool) -> str:
    what = measure(TARGET_SHARE)
    clear = [entry for entry in _changes(ctx) if is_better(what, entry[2]) is gain]
    way = "gain" if gain else "loss"
    if not clear:
        return ctx.words(f"summary.no_{way}", baseline=ctx.names.alternatives((ctx.baseline,)))
    alternative, group, difference = (max if gain else min)(clear, key=lambda entry: entry[2].value)
    return ctx.words(
        f"summary.{way}",
        alternative=ctx.names.alternatives((alternative,)),
        group=ctx.names.group(group),
        change=change_text(ctx, what, difference),
        baseline=ctx.names.alternatives((ctx.baseline,)),
    )


def _certainty(ctx: ReportContext) -> str:
    turned = [one for one in answers(ctx) if one.turned_by]
    replications = ctx.numbers.whole(int(ctx.results.fact("replications", 0)))
    if not turned:
        return ctx.words("summary.steady", replications=replications)
    who = ctx.names.alternatives([one.alternative for one in turned])
    return ctx.words.counted("summary.turned", len(turned), who=who, replications=replications)
