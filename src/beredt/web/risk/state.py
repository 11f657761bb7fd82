"""Who assesses, and what they answer: the study's own table with what was done since laid on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.risk_form.scores_frame import scores_frame
from beredt.web.risk.answer import NOTHING, Answer, Question, Who, answer_of
from beredt.web.risk.log import Deed, Entry

SCORES = "risk_scores"


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who assesses. `name` is what the workshop calls them, "" for somebody of the study's table.

    `account` alone may answer for them; "" for anybody who may answer at all.
    """

    who: Who
    name: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with who wrote it and when (ms since 1970); None for one of the study's table."""

    answer: Answer
    by: str = ""
    at_ms: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A workshop at one step of its log.

    `taken` is the last taking into the study, None before the first. `own` are the answers of the study's table;
    `given` those with everything that was answered since on top, without the empty ones.
    """

    step: int
    taken: Entry | None
    assessors: Mapping[Who, Assessor]
    own: Mapping[Question, Answer]
    given: Mapping[Question, Given]
    numbers: Mapping[str, int]
    """The largest number that a role ever had: none is given twice."""

    def answer(self, question: Question) -> Answer:
        """The answer to a question; empty where there is none."""
        found = self.given.get(question)
        return NOTHING if found is None else found.answer

    def unlike(self) -> tuple[Question, ...]:
        """Questions to which the answer differs from that in the study's table."""
        every = dict.fromkeys((*self.own, *self.given))
        return tuple(one for one in every if self.answer(one) != self.own.get(one, NOTHING))

    def frame(self, study: Study) -> pl.DataFrame:
        """All answers as the study's table `risk_scores`."""
        rows = [
            {"event": one.event, "alternative": one.alternative, "role": one.who.role, "assessor": one.who.number}
            | given.answer.values()
            for one, given in self.given.items()
        ]
        return scores_frame(study, rows)


def state_of(study: Study, entries: Sequence[Entry]) -> State:
    """The workshop of a study after all entries of its log.

    What is about an event, an alternative or a role that the study no longer has stays in the log and counts for
    nothing.
    """
    knows = _Known(study)
    own = {question: answer for question, answer in _own(study) if not answer.is_empty}
    assessors = {question.who: Assessor(question.who) for question in own}
    taken = next((entry for entry in reversed(entries) if entry.deed.kind == "take"), None)
    begins = 0 if taken is None else taken.deed.until_step or 0
    given = {question: Given(answer) for question, answer in own.items()}
    numbers: dict[str, int] = {}
    for who in assessors:
        numbers[who.role] = max(numbers.get(who.role, 0), who.number)
    for entry in entries:
        deed = entry.deed
        numbers[deed.who.role] = max(numbers.get(deed.who.role, 0), deed.who.number)
        if deed.kind == "join" and deed.who.role in knows.roles:
            assessors[deed.who] = Assessor(deed.who, deed.name, deed.account)
        elif deed.kind == "leave":
            assessors.pop(deed.who, None)
        elif deed.kind == "answer" and entry.step > begins and knows.has(deed):
            given[_question(deed)] = Given(deed.answer, deed.by, entry.at_ms)
            assessors.setdefault(deed.who, Assessor(deed.who))
    given = {question: one for question, one in given.items() if not one.answer.is_empty}
    for question in given:
        assessors.setdefault(question.who, Assessor(question.who))
    step = entries[-1].step if entries else 0
    return State(step, taken, _in_order(study, assessors), own, given, numbers)


class _Known:
    """Ids that the study has."""

    def __init__(self, study: Study) -> None:
        self.events = frozenset(study.decision["risk_events"]["id"])
        self.roles = frozenset(study.decision["risk_roles"]["id"])
        self.alternatives = frozenset((TODAY, *(one.id for one in study.alternatives)))

    def has(self, deed: Deed) -> bool:
        return deed.event in self.events and deed.alternative in self.alternatives and deed.who.role in self.roles


def _own(study: Study) -> Iterator[tuple[Question, Answer]]:
    for row in study.decision[SCORES].iter_rows(named=True):
        yield Question(Who(row["role"], row["assessor"]), row["event"], row["alternative"]), answer_of(row)


def _question(deed: Deed) -> Question:
    return Question(deed.who, deed.event, deed.alternative)


def _in_order(study: Study, assessors: Mapping[Who, Assessor]) -> dict[Who, Assessor]:
    roles = study.decision["risk_roles"]["id"].to_list()
    return {who: assessors[who] for who in sorted(assessors, key=lambda who: (roles.index(who.role), who.number))}
