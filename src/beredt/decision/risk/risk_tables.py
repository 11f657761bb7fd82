"""Result tables of the risk analysis. Every row is about one event; nothing is added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.risk.agreement import ordinal_alpha
from beredt.decision.risk.evidence import evidence_table
from beredt.decision.risk.matrix import STEPS
from beredt.decision.risk.scores import DIMENSIONS, STAGES, Answer, Question, answers_by_question
from beredt.decision.risk.spread import spread_of
from beredt.model.study import Study

FEWEST_OF_ROLE = 3
"""A role with fewer assessors is not told by itself: its figures would be somebody's own."""

EVERYBODY = ""


def risk_tables(
    study: Study, alternatives: Sequence[str], baseline: str, results: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables `risk_spread`, `risk_agreement` and `risk_evidence`; without rows where the study has no risk analysis.

    Single assessors' scores are in none of them.

    Args:
        study: its decision tables of the risk analysis.
        alternatives: ids that were run, today first.
        baseline: that differences are taken from.
        results: of the run so far, for the evidence.
    """
    order = {event: number for number, event in enumerate(_ids(study.decision["risk_events"]))}
    place = {alternative: number for number, alternative in enumerate(alternatives)}
    asked = answers_by_question(study.decision["risk_scores"])
    run = [question for question in asked if question.alternative in place]
    run.sort(key=lambda one: (order[one.event], place[one.alternative], STAGES.index(one.stage)))
    answers = {question: asked[question] for question in run}
    return {
        "risk_spread": result_frame("risk_spread", _spread_rows(answers)),
        "risk_agreement": result_frame("risk_agreement", _agreement_rows(answers, alternatives)),
        "risk_evidence": evidence_table(study.decision["risk_evidence"], alternatives, baseline, results),
    }


def _ids(table: pl.DataFrame) -> list[str]:
    found: list[str] = table["id"].to_list()
    return found


def _spread_rows(answers: Mapping[Question, tuple[Answer, ...]]) -> Iterator[Mapping[str, Cell]]:
    for question, given in answers.items():
        for role, of_role in _by_role(given).items():
            told = [one.knowledge for one in of_role if one.knowledge is not None]
            for dimension in DIMENSIONS:
                spread = spread_of([one.score(dimension) for one in of_role])
                yield {
                    "event": question.event,
                    "alternative": question.alternative,
                    "stage": question.stage,
                    "role": role,
                    "dimension": dimension,
                    "assessors": spread.assessors,
                    "median": spread.median,
                    "low": spread.low,
                    "high": spread.high,
                    "disagreement": spread.disagreement,
                    "knowledge_weak": told.count("weak"),
                    "knowledge_told": len(told),
                }


def _by_role(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Everybody first, then every role that has enough assessors, by its id."""
    roles = sorted({one.role for one in answers})
    found = {role: [one for one in answers if one.role == role] for role in roles}
    return {EVERYBODY: list(answers)} | {role: own for role, own in found.items() if len(own) >= FEWEST_OF_ROLE}


def _agreement_rows(
    answers: Mapping[Question, tuple[Answer, ...]], alternatives: Sequence[str]
) -> Iterator[Mapping[str, Cell]]:
    """Agreement over the events of one alternative: about assessors, not about how grave the alternative is."""
    for alternative in alternatives:
        for stage in STAGES:
            asked = [given for q, given in answers.items() if (q.alternative, q.stage) == (alternative, stage)]
            several = [given for given in asked if len(given) > 1]
            for dimension in DIMENSIONS if asked else ():
                scores = [[one.score(dimension) for one in given] for given in several]
                yield {
                    "alternative": alternative,
                    "stage": stage,
                    "dimension": dimension,
                    "alpha": ordinal_alpha(scores, STEPS),
                    "events": len(several),
                    "scores": sum(len(given) for given in several),
                }
