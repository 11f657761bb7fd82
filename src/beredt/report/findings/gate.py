"""What the gate answered, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beredt.decision.gate import Verdict, verdict_of
from beredt.model.triage import triage_matrix
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.measures import TARGET_SHARE, measure

OUTCOMES: tuple[Verdict, ...] = ("meets", "undecided", "fails")

MOST_NAMED = 3
"""Assumptions that an answer names; the chapter on sensitivities has all."""


@dataclass(frozen=True, slots=True)
class GateLine:
    """One row of the gate's table; shares and their margin are from 0 to 1, times in seconds."""

    sensitivity: str
    alternative: str
    group: str
    measure: str
    difference: Estimate
    margin: float
    verdict: Verdict

    @property
    def form(self) -> Form:
        """How the difference and the margin are written."""
        return form.POINTS if self.measure == TARGET_SHARE else form.SECONDS

    @property
    def edge(self) -> float:
        """The difference that is just no worse: below zero for shares, above for times."""
        return -self.margin if self.measure == TARGET_SHARE else self.margin


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on an alternative: what it rests on, and the sensitivities under which it would be another.

    Those in `turned_by` were declared to decide and took the answer back, those in `otherwise_in` were not.
    """

    alternative: str
    verdict: Verdict
    deciding: GateLine | None
    turned_by: tuple[str, ...]
    otherwise_in: tuple[str, ...]


def gate_lines(ctx: ReportContext) -> tuple[GateLine, ...]:
    """All rows of the gate, in the order of its table."""
    table = ctx.results.find_table("gate")
    if table is None:
        return ()
    lines = []
    for row in table.iter_rows(named=True):
        # The gate weighs shares in percentage points.
        scale = 0.01 if row["measure"] == TARGET_SHARE else 1.0
        difference = Estimate(*(_number(row[key]) * scale for key in ("difference", "low", "high")))
        lines.append(
            GateLine(
                row["sensitivity"] or "", row["alternative"], row["group"], row["measure"], difference,
                float(row["margin"]) * scale, row["verdict"],
            )
        )  # fmt: skip
    return tuple(lines)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def answers(ctx: ReportContext) -> tuple[Answer, ...]:
    """The verdicts, in the order of the alternatives."""
    table = ctx.results.find_table("verdicts")
    if table is None:
        return ()
    lines = gate_lines(ctx)
    found: dict[str, Answer] = {}
    for row in table.iter_rows(named=True):
        wanted = (row["alternative"], row["deciding_group"], row["deciding_measure"])
        under = row.get("deciding_sensitivity") or ""
        deciding = [
            line for line in lines
            if (line.alternative, line.group, line.measure) == wanted and line.sensitivity == under
        ]  # fmt: skip
        found[row["alternative"]] = Answer(
            row["alternative"], row["verdict"], next(iter(deciding), None), _ids(row["turned_by"]),
            _ids(row.get("otherwise_in")),
        )  # fmt: skip
    return tuple(found[one] for one in ctx.alternatives if one in found)


def _ids(value: object) -> tuple[str, ...]:
    """Ids from a list, or from text with semicolons between."""
    if value is None:
        return ()
    parts = value.split(";") if isinstance(value, str) else value
    return tuple(str(part) for part in parts if part) if isinstance(parts, list | tuple) else ()


def verdicts_under(lines: tuple[GateLine, ...]) -> Mapping[tuple[str, str], Verdict]:
    """The gate's own answer for every sensitivity and alternative."""
    keys = dict.fromkeys((line.sensitivity, line.alternative) for line in lines)
    return {
        key: verdict_of(line.verdict for line in lines if (line.sensitivity, line.alternative) == key) for key in keys
    }


def gate_finding(ctx: ReportContext) -> str:
    """Which alternatives meet premise 1, which do not, and which are undecided."""
    given = answers(ctx)
    clauses = []
    for outcome in OUTCOMES:
        who = [one.alternative for one in given if one.verdict == outcome]
        if who:
            clauses.append(ctx.words.counted(f"gate.clause.{outcome}", len(who), who=ctx.names.alternatives(who)))
    if not clauses:
        return ctx.words("gate.none")
    found = ctx.words.sentence(ctx.words("gate.finding", clauses=ctx.words("gate.between").join(clauses)))
    rule = ctx.study.settings.gate
    others = [one.alternative for one in given if other_incidents_line(ctx, one.alternative)]
    if rule is None or not others:
        return found
    names = {"who": ctx.names.alternatives(others), "baseline": ctx.names.alternatives((rule.baseline,))}
    return f"{found} {ctx.words('gate.finding_others', **names)}"


def other_incidents_line(ctx: ReportContext, alternative: str) -> str:
    """That premise 1 compares other incidents with one another, where triage is not the baseline's; else empty."""
    rule = ctx.study.settings.gate
    if rule is None or not _retriaged(ctx, alternative, rule.baseline):
        return ""
    return ctx.words(
        "gate.other_incidents",
        who=ctx.names.alternatives((alternative,)),
        baseline=ctx.names.alternatives((rule.baseline,)),
        urgency=ctx.names.urgency(rule.urgency),
    )


def _retriaged(ctx: ReportContext, alternative: str, baseline: str) -> bool:
    now = [
        triage_matrix(one.triage_now or one.triage)
        for one in map(ctx.names.services.__getitem__, (alternative, baseline))
    ]
    return now[0] != now[1]


def where_line(ctx: ReportContext, line: GateLine) -> str:
    """Where, by how much, against which margin, and under which assumption if not the study's own."""
    if not line.difference.known:
        text = ctx.words("gate.where.unknown", group=ctx.names.group(line.group))
    else:
        text = _where_known(ctx, line)
    if not line.sensitivity:
        return text
    return ctx.words("gate.where.under", sensitivity=ctx.names.sensitivity(line.sensitivity), text=text)


def _where_known(ctx: ReportContext, line: GateLine) -> str:
    if line.difference.is_exactly_zero:
        return ctx.words("gate.where.same", group=ctx.names.group(line.group))
    form_ = line.form
    return ctx.words(
        "gate.where.share" if line.measure == TARGET_SHARE else "gate.where.mean",
        group=ctx.names.group(line.group),
        measure=measure(line.measure).name(ctx.words, ctx.numbers),
        difference=ctx.numbers.estimate(line.difference, form_, signed=True),
        margin=ctx.numbers.text(line.margin, form_),
    )


def turned_line(ctx: ReportContext, answer: Answer) -> str:
    """Which assumptions take the answer back, or that none of those tried does."""
    if answer.turned_by:
        return ctx.words("gate.turned", by=assumptions_text(ctx, answer.turned_by))
    if answer.otherwise_in:
        return ctx.words("gate.otherwise", by=assumptions_text(ctx, answer.otherwise_in))
    if any(line.sensitivity for line in gate_lines(ctx)):
        return ctx.words("gate.not_turned")
    return ctx.words("gate.not_tried")


def assumptions_text(ctx: ReportContext, keys: Sequence[str]) -> str:
    """Names of sensitivities, the first few; names may hold commas, so semicolons stand between."""
    names = [ctx.names.sensitivity(one) for one in keys[:MOST_NAMED]]
    if len(keys) > MOST_NAMED:
        names.append(ctx.words("gate.more", count=ctx.numbers.whole(len(keys) - MOST_NAMED)))
    return ctx.words("gate.between").join(names)
