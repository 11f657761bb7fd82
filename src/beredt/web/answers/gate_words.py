"""The gate over what has been simulated so far: judged by the gate's own code, told by the report's own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from beredt.decision.gate_measures import gate_measures
from beredt.decision.sensitivity import weigh
from beredt.decision.tables import gate_table, verdict_table
from beredt.decision.verdict import final_verdict
from beredt.indicators.runs import Runs
from beredt.model.settings_sections import GateSection
from beredt.report.chapters.summary import MARKS
from beredt.report.context import ReportContext
from beredt.report.findings.gate import Answer, GateLine, answers, gate_lines, other_incidents_line, where_line
from beredt.report.measures import TARGET_SHARE, measure
from beredt.web.answers.figures import told
from beredt.web.answers.forms import GateAnswer, GateRowOut
from beredt.web.answers.telling import Telling


def gate_tables(telling: Telling, runs: Mapping[str, Runs]) -> Mapping[str, pl.DataFrame]:
    """The tables `gate` and `verdicts` of the report, of the study's own assumptions; none without a gate."""
    rule, compared = telling.study.settings.gate, telling.compared
    if rule is None:
        return MappingProxyType({})
    measured = {
        name: gate_measures(runs[name].tallies, runs[name].frame.group_ids, rule)
        for name in dict.fromkeys((compared.baseline, *compared.of))
    }
    weighed = weigh(measured, rule)
    verdicts = [final_verdict(one.alternative, one.gate, {}, ()) for one in weighed if one.gate is not None]
    return MappingProxyType({"gate": gate_table(weighed, rule), "verdicts": verdict_table(verdicts)})


def gate_answers(ctx: ReportContext, replications: int, wanted: int) -> dict[str, GateAnswer]:
    """What the gate says of each alternative by name; the baseline itself has none."""
    rule = ctx.study.settings.gate
    if rule is None:
        return {}
    lines = gate_lines(ctx)
    return {
        one.alternative: _answer(ctx, rule, one, [row for row in lines if row.alternative == one.alternative],
                                 replications, wanted)
        for one in answers(ctx)
    }  # fmt: skip


def _answer(
    ctx: ReportContext, rule: GateSection, answer: Answer, rows: list[GateLine], replications: int, wanted: int
) -> GateAnswer:
    lines = [where_line(ctx, answer.deciding)] if answer.deciding else []
    lines.append(ctx.words("studio.answer.gate.baseline", baseline=ctx.names.alternatives((rule.baseline,))))
    if others := other_incidents_line(ctx, answer.alternative):
        lines.append(others)
    if ctx.study.sensitivities:
        lines.append(ctx.words("studio.answer.gate.main_only"))
    if replications < wanted:
        lines.append(_so_far(ctx, replications, wanted))
    return GateAnswer(
        outcome=answer.verdict,
        mark=MARKS[answer.verdict],
        title=ctx.names.alternative_title(answer.alternative),
        answer=verdict_words(ctx, answer.verdict),
        lines=lines,
        provisional=replications < wanted,
        rows=[_row(ctx, line) for line in rows],
    )


def verdict_words(ctx: ReportContext, outcome: str) -> str:
    """The verdict in the report's words; one that the report may take back says so wherever it stands."""
    verdict = ctx.words(f"verdict.{outcome}")
    if outcome == "undecided" or not any(one.decides for one in ctx.study.sensitivities):
        return verdict
    return ctx.words("studio.answer.gate.untried", verdict=verdict)


def _so_far(ctx: ReportContext, replications: int, wanted: int) -> str:
    return ctx.words(
        "studio.answer.gate.provisional",
        replications=ctx.numbers.whole(replications),
        wanted=ctx.numbers.whole(wanted),
    )


def _row(ctx: ReportContext, line: GateLine) -> GateRowOut:
    return GateRowOut(
        group=line.group,
        name=ctx.names.group(line.group),
        measure=line.measure,
        title=measure(line.measure).name(ctx.words, ctx.numbers),
        unit="share" if line.measure == TARGET_SHARE else "s",
        difference=told(line.difference),
        margin=line.margin,
        outcome=line.verdict,
    )
