"""The gate's answer in words: all three outcomes, where, by how much, and what takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from beredt.report.context import ReportContext, make_context
from beredt.report.findings.gate import answers, gate_finding, turned_line, where_line
from beredt.report.results import Results
from beredt.report.words import load_words


def judged(ctx: ReportContext, verdicts: Sequence[dict[str, Any]], language: str = "en") -> ReportContext:
    """The context with these verdicts, each resting on the same row."""
    base = {"deciding_group": "west", "deciding_measure": "response_mean_s", "turned_by": "", "otherwise_in": ""}
    gate = pl.DataFrame(
        [
            {"sensitivity": sensitivity, "alternative": one["alternative"], "baseline": "0+", "group": "west",
             "measure": "response_mean_s", "difference": 38.0, "low": 21.0, "high": 55.0, "margin": 15.0,
             "verdict": one["verdict"]}
            for one in verdicts
            for sensitivity in ("", "busier")
        ]
    )  # fmt: skip
    tables = {**ctx.results.tables, "gate": gate, "verdicts": pl.DataFrame([{**base, **one} for one in verdicts])}
    return make_context(ctx.study, Results(ctx.results.facts, tables), load_words(language))


def test_each_outcome_has_its_clause(english: ReportContext) -> None:
    both = [{"alternative": "0+", "verdict": "meets"}, {"alternative": "2", "verdict": "fails"}]
    expected = "Alternative\u00a00+ meets premise 1; alternative\u00a02 does not meet premise 1."
    assert gate_finding(judged(english, both)) == expected
    same = [{**one, "verdict": "undecided"} for one in both]
    assert gate_finding(judged(english, same)) == "Alternatives\u00a00+ and 2 are undecided."
    assert gate_finding(judged(english, same, "nb")) == "Alternativ\u00a00+ og 2 er uavklart."


def test_where_by_how_much_and_against_which_margin(english: ReportContext) -> None:
    ctx = judged(english, [{"alternative": "2", "verdict": "fails"}])
    (answer,) = answers(ctx)
    assert answer.deciding is not None
    expected = "The west: the mean response time changes by +38\u00a0s (21–55); the margin is 15\u00a0s."
    assert where_line(ctx, answer.deciding) == expected
    assert turned_line(ctx, answer) == "No deciding sensitivity that was run takes this back."


def test_what_takes_an_answer_back_is_named(english: ReportContext) -> None:
    row = {"alternative": "2", "verdict": "undecided", "turned_by": "busier", "deciding_sensitivity": "busier"}
    ctx = judged(english, [row])
    (answer,) = answers(ctx)
    assert answer.turned_by == ("busier",)
    assert turned_line(ctx, answer) == "Taken back by: More need."
    assert answer.deciding is not None
    assert where_line(ctx, answer.deciding).endswith("So it is under this assumption: More need.")


def test_without_a_gate_it_says_so(english: ReportContext) -> None:
    tables = {key: table for key, table in english.results.tables.items() if key not in ("gate", "verdicts")}
    ctx = make_context(english.study, Results(english.results.facts, tables), english.words)
    assert gate_finding(ctx) == "No alternative was put through the gate."
