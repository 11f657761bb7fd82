"""The workshop as it is shown: the tables that the report would have, and where everybody stands.

Medians, ranges, disagreement, agreement and roles come from `risk_tables`, which a run writes and the report reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from beredt.decision.risk.matrix import STEPS, matrix_of, step_of
from beredt.decision.risk.risk_tables import EVERYBODY, risk_tables
from beredt.decision.risk.scores import Question as Asked
from beredt.decision.risk.scores import answers_by_question
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.figures.risk_matrix import ink_on
from beredt.report.local_text import LANGUAGES
from beredt.report.risk_form.asked import asked_alternatives, asked_events
from beredt.report.risk_form.layout import KNOWLEDGE_CHOICES
from beredt.web.risk.state import SCORES, State
from beredt.web.risk.workshop import may_answer_for
from beredt.web.routes.risk_answers import (
    AgreementOut,
    AnswerIn,
    AssessorOut,
    CellCount,
    DimensionOut,
    MeasureOut,
    OwnAnswer,
    RiskEventOut,
    RiskFormOut,
    RiskLevelOut,
    RiskNamed,
    RiskPictureOut,
    SpreadOut,
)
from beredt.web.words import LocalText, in_all_languages

Row = Mapping[str, Any]
_STEP_KEYS = ("a", "b", "c", "d", "e")


def form_of(study: Study) -> RiskFormOut:
    """What a workshop of this study is asked, in every language."""
    tables, matrix = study.decision, matrix_of(study.decision)
    titles = {TODAY: study.settings.study.base_title} | {one.id: one.title for one in study.alternatives}
    return RiskFormOut(
        fingerprint=study.fingerprint,
        areas=_named(tables["risk_areas"]),
        events=[
            RiskEventOut(id=row["id"], number=number, area=row["area"], name=_texts(row), cause=_texts(row, "cause"))
            for number, row in enumerate(asked_events(study), start=1)
        ],
        roles=_named(tables["risk_roles"]),
        alternatives=[RiskNamed(id=one, name=dict(titles[one])) for one in asked_alternatives(study)],
        levels=[
            RiskLevelOut(level=one.level, name=dict(one.names), colour=one.colour, ink=ink_on(one.colour),
                         symbol=one.symbol)
            for one in matrix.levels
        ],
        matrix=[[matrix.cells[likelihood, consequence] for consequence in STEPS] for likelihood in STEPS],
        is_example=matrix.is_example,
        likelihood_steps=[in_all_languages(f"risk.form.likelihood_step.{key}") for key in _STEP_KEYS],
        consequence_steps=[in_all_languages(f"risk.form.consequence_step.{key}") for key in _STEP_KEYS],
        knowledge=[
            RiskNamed(id=one, name=in_all_languages(f"risk.form.knowledge_value.{one}")) for one in KNOWLEDGE_CHOICES
        ],
    )  # fmt: skip


def with_answers(study: Study, state: State) -> Study:
    """The study as it would be if all answers were taken into it."""
    return replace(study, decision={**study.decision, SCORES: state.frame(study)})


def picture_of(study: Study, state: State, version: str, account: str, *, names: bool) -> RiskPictureOut:
    """The workshop as an account sees it.

    Args:
        study: as it is saved.
        state: what was answered.
        version: of the picture.
        account: the caller's; "" for the person at their own machine.
        names: whether the caller is told who takes part by name.
    """
    filled = with_answers(study, state)
    alternatives = asked_alternatives(filled)
    baseline = study.settings.gate.baseline if study.settings.gate else TODAY
    tables = risk_tables(filled, (TODAY, *(one for one in alternatives if one != TODAY)), baseline, {})
    questions = study.decision["risk_events"].height * len(alternatives)
    return RiskPictureOut(
        version=version,
        fingerprint=study.fingerprint,
        assessors=list(_assessors(state, account, 2 * questions, names)),
        spreads=list(_spreads(filled, tables["risk_spread"])),
        agreement=[AgreementOut(**row) for row in tables["risk_agreement"].iter_rows(named=True)],
        measures=list(_measures(state)),
        own=list(_own(state, account)),
        answers=len(state.given),
        in_study=len(state.own),
        unlike=len(state.unlike()),
        taken_s=None if state.taken is None else state.taken.at_ms / 1000,
        taken_by="" if state.taken is None or not names else state.taken.deed.by,
    )


def _assessors(state: State, account: str, asked: int, names: bool) -> Iterator[AssessorOut]:
    answered: Counter[object] = Counter()
    for question, given in state.given.items():
        scores = given.answer.likelihood_before, given.answer.likelihood_after
        answered[question.who] += sum(score is not None for score in scores)
    for one in state.assessors.values():
        yield AssessorOut(
            role=one.who.role,
            number=one.who.number,
            name=(one.name or one.account) if names else "",
            mine=may_answer_for(one, account),
            is_own=bool(account) and one.account == account,
            answered=answered[one.who],
            asked=asked,
        )


def _spreads(filled: Study, spread: pl.DataFrame) -> Iterator[SpreadOut]:
    matrix = matrix_of(filled.decision)
    asked = answers_by_question(filled.decision[SCORES])
    rows = {
        (row["event"], row["alternative"], row["stage"], row["role"] or EVERYBODY, row["dimension"]): row
        for row in spread.iter_rows(named=True)
    }
    for (event, alternative, stage, role, dimension), likelihood in rows.items():
        if dimension != "likelihood":
            continue
        consequence = rows[event, alternative, stage, role, "consequence"]
        given = asked[Asked(event, alternative, stage)]
        places = Counter((one.likelihood, one.consequence) for one in given if role in (EVERYBODY, one.role))
        step = step_of(likelihood["median"]), step_of(consequence["median"])
        yield SpreadOut(
            event=event,
            alternative=alternative,
            stage=stage,
            role=role,
            assessors=likelihood["assessors"],
            likelihood=_dimension(likelihood),
            consequence=_dimension(consequence),
            likelihood_step=step[0],
            consequence_step=step[1],
            level=matrix.cells[step],
            weak=likelihood["knowledge_weak"],
            told=likelihood["knowledge_told"],
            counts=[
                CellCount(likelihood=place[0], consequence=place[1], assessors=count)
                for place, count in sorted(places.items())
            ],
        )


def _dimension(row: Row) -> DimensionOut:
    return DimensionOut(median=row["median"], low=row["low"], high=row["high"], disagreement=row["disagreement"])


def _measures(state: State) -> Iterator[MeasureOut]:
    """Sorted by their text, so that their order does not tell whose they are."""
    found = {(one.event, one.alternative, given.answer.measures) for one, given in state.given.items()}
    for event, alternative, text in sorted((one, two, text) for one, two, text in found if text):
        yield MeasureOut(event=event, alternative=alternative, text=text)


def _own(state: State, account: str) -> Iterator[OwnAnswer]:
    for question, given in state.given.items():
        if may_answer_for(state.assessors[question.who], account):
            yield OwnAnswer(
                role=question.who.role,
                number=question.who.number,
                event=question.event,
                alternative=question.alternative,
                answer=AnswerIn.model_validate(given.answer.values()),
                by=given.by,
                at_s=None if given.at_ms is None else given.at_ms / 1000,
            )


def _named(table: pl.DataFrame) -> list[RiskNamed]:
    return [RiskNamed(id=row["id"], name=_texts(row) or {"en": row["id"]}) for row in table.iter_rows(named=True)]


def _texts(row: Row, column: str = "name") -> LocalText:
    found = {language: row.get(f"{column}_{language}") for language in LANGUAGES}
    return {language: str(text) for language, text in found.items() if text}
