"""The workshop of a study: who takes part, what they answer, and how it gets into the study's own table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar
from zlib import crc32

import polars as pl

from beredt.errors import NotYoursError, OptionError, StaleVersionError, StudyError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.risk_form.layout import MOST_ASSESSORS
from beredt.report.risk_form.personal import holds_personal
from beredt.web.open_study import OpenStudy, stamp_of
from beredt.web.risk.answer import NOTHING, Answer, Question, Who, answer_of
from beredt.web.risk.log import Deed, Entry, RiskLog, StepTakenError
from beredt.web.risk.state import Assessor, State, state_of
from beredt.web.risk.study_scores import write_study_scores

TRIES = 200
"""How often something is tried anew because somebody else was quicker."""

Same = Literal["refuse", "replace", "renumber"]
"""What becomes of assessors of a workbook that have answered otherwise before."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a taking put into the study: `answers` in all by so many `assessors`, of which so many `changed`."""

    answers: int
    assessors: int
    changed: int


class Workshop:
    """Workshops of all studies of a data folder.

    `account` is everywhere the caller's, "" for the person at their own machine, who may answer for everybody.
    """

    def __init__(self, log: RiskLog, data_folder: Path | None) -> None:
        self._log, self._data_folder = log, data_folder

    def version(self, opened: OpenStudy) -> str:
        """What tells whether anything has changed: the last step, and what the study's files look like."""
        return f"{self._log.last_step(self._key(opened))}-{crc32(repr(stamp_of(opened.folder)).encode()):08x}"

    def state(self, opened: OpenStudy) -> State:
        """The workshop as it is now. Raises StudyError when the study cannot be used."""
        entries = self._log.entries(self._key(opened))  # before the study: a taking writes there first
        return state_of(opened.get_study(), entries)

    def history(self, opened: OpenStudy, question: Question, account: str) -> Sequence[Entry]:
        """Everything that was ever answered to a question, the oldest first. Raises NotYoursError."""
        _check_theirs(self.state(opened), question.who, account)
        return [
            entry
            for entry in self._log.entries(self._key(opened))
            if entry.deed.kind == "answer"
            and (entry.deed.who, entry.deed.event, entry.deed.alternative) == tuple(question)
        ]

    def join(self, opened: OpenStudy, role: str, name: str, account: str, *, by: str) -> Assessor:
        """Somebody takes part, with the next number of a role; who has joined with this role before stays who they are.

        Args:
            opened: the study.
            role: id of a role of the study.
            name: what the workshop calls them; it never gets into the study.
            account: the only one that may answer for them, "" for anybody.
            by: the caller's account.

        Raises:
            UnknownIdError: the study has no such role.
            OptionError: the name says more than a name, or the role has no number left.
        """
        roles = risk_study(opened).decision["risk_roles"]["id"].to_list()
        if role not in roles:
            raise UnknownIdError("role", role, roles)
        if holds_personal(name):
            raise OptionError("name", "", "holds an e-mail address or a national identity number", "give a name alone")

        def make(state: State) -> tuple[Assessor, list[Deed]]:
            for one in state.assessors.values():
                if account and (one.who.role, one.account) == (role, account):
                    return one, []
            made = Assessor(_next_number(state, role), name, account)
            return made, [Deed("join", by, made.who, name, account)]

        return self._do(opened, make)

    def leave(self, opened: OpenStudy, who: Who, account: str) -> None:
        """Somebody no longer takes part. Raises NotYoursError, UnknownIdError, and OptionError after an answer."""

        def make(state: State) -> tuple[None, list[Deed]]:
            _check_theirs(state, who, account)
            if any(question.who == who for question in state.given):
                raise OptionError("assessor", f"{who.role} {who.number}", "has answered", "take the answers back first")
            return None, [Deed("leave", account, who)]

        self._do(opened, make)

    def answer(self, opened: OpenStudy, question: Question, seen: Answer, answer: Answer, account: str) -> None:
        """Write an answer, if what is there is still what its writer has `seen`. Writing what is there is no change.

        Raises:
            StaleVersionError: somebody else has answered meanwhile; nothing was written.
            NotYoursError: the assessor is somebody else's.
            UnknownIdError: the study has no such event or alternative, or the workshop no such assessor.
            StudyError: the answer is faulty.
        """
        study = risk_study(opened)
        _check_ids(study, question)
        if faults := tuple(answer.faults()):
            raise StudyError(faults, "the answer cannot be kept")

        def make(state: State) -> tuple[None, list[Deed]]:
            _check_theirs(state, question.who, account)
            now = state.answer(question)
            if now == answer:
                return None, []
            if now != seen:
                raise StaleVersionError(
                    opened.folder, "somebody else has answered this since it was read here: look at both, and choose"
                )
            return None, [_answer_deed(account, question, answer)]

        self._do(opened, make)

    def bring_in(self, opened: OpenStudy, scores: pl.DataFrame, same: Same, account: str) -> int:
        """Take answers of workbooks in; what is not in them stays. Returns how many answers are new or other.

        Raises:
            StaleVersionError: an assessor has answered otherwise before, and `same` is `refuse`.
            NotYoursError: an assessor to be replaced is somebody else's.
        """

        def make(state: State) -> tuple[int, list[Deed]]:
            found = _by_assessor(scores)
            taken = {who for who, given in found.items() if _says_otherwise(state, given)}
            if taken and same == "refuse":
                listed = ", ".join(f"{who.role} {who.number}" for who in sorted(taken))
                raise StaleVersionError(
                    opened.folder, f"{listed} answered otherwise here: replace those answers, or give new numbers"
                )
            deeds: list[Deed] = []
            numbers = dict(state.numbers)
            for who, given in found.items():
                now = who
                if who in taken and same == "renumber":
                    now = Who(who.role, _free(who.role, max(numbers.get(who.role, 0), _largest(found, who.role)) + 1))
                    numbers[who.role] = now.number
                    deeds.append(Deed("join", account, now))
                elif who in state.assessors:
                    _check_theirs(state, who, account)
                deeds += [
                    _answer_deed(account, question._replace(who=now), answer)
                    for question, answer in given.items()
                    if state.answer(question._replace(who=now)) != answer
                ]
            return sum(deed.kind == "answer" for deed in deeds), deeds

        return self._do(opened, make)

    def take(self, opened: OpenStudy, account: str) -> Taken:
        """Put all answers into the study's table `risk_scores`, which `study run` and the report read.

        Raises StudyError with every issue that the study would then have, and OptionError when it cannot be written.
        """
        with opened.writing:
            study, state = risk_study(opened), self.state(opened)
            changed = len(state.unlike())
            if changed:
                write_study_scores(opened, state.frame(study))

        def note(now: State) -> tuple[None, list[Deed]]:
            del now
            return None, [Deed("take", account, until_step=state.step)] if changed else []

        self._do(opened, note)
        return Taken(len(state.given), len({question.who for question in state.given}), changed)

    def _do(self, opened: OpenStudy, make: Callable[[State], tuple[T, list[Deed]]]) -> T:
        """Do what follows from the state as it is; anew, from the newer state, when somebody else was quicker."""
        for _ in range(TRIES):
            state = self.state(opened)
            result, deeds = make(state)
            try:
                self._log.add(self._key(opened), state.step, deeds)
            except StepTakenError:
                continue
            return result
        raise StaleVersionError(opened.folder, "too many people write at once: try again in a moment")

    def _key(self, opened: OpenStudy) -> str:
        """By what the log knows a study: its folder, inside the data folder without what stands before it."""
        folder = opened.folder
        if self._data_folder is not None and folder.is_relative_to(inside := self._data_folder.resolve()):
            return folder.relative_to(inside).as_posix()
        return folder.as_posix()


def may_answer_for(assessor: Assessor, account: str) -> bool:
    """Whether an account may answer for somebody; the person at their own machine, "", may for everybody."""
    return account == "" or assessor.account in ("", account)


def risk_study(opened: OpenStudy) -> Study:
    """The study. Raises OptionError when it has no risk analysis."""
    study = opened.get_study()
    for name in ("risk_events", "risk_roles"):
        if study.decision[name].is_empty():
            raise OptionError("study", opened.id, f"has no {name}", f"give it the table {name}.csv")
    return study


def _check_ids(study: Study, question: Question) -> None:
    events = study.decision["risk_events"]["id"].to_list()
    if question.event not in events:
        raise UnknownIdError("event", question.event, events)
    if question.alternative != TODAY:
        study.get_alternative(question.alternative)


def _check_theirs(state: State, who: Who, account: str) -> None:
    if who not in state.assessors:
        known = [f"{one.role} {one.number}" for one in state.assessors]
        raise UnknownIdError("assessor", f"{who.role} {who.number}", known)
    if not may_answer_for(state.assessors[who], account):
        raise NotYoursError(f"{who.role} {who.number} answers from an account of their own: answer as yourself")


def _next_number(state: State, role: str) -> Who:
    return Who(role, _free(role, state.numbers.get(role, 0) + 1))


def _free(role: str, number: int) -> int:
    if number > MOST_ASSESSORS:
        raise OptionError("role", role, f"has {MOST_ASSESSORS} assessors already", "choose another role")
    return number


def _answer_deed(by: str, question: Question, answer: Answer) -> Deed:
    deed = Deed("answer", by, question.who, event=question.event, alternative=question.alternative)
    return replace(deed, answer=answer)


def _by_assessor(scores: pl.DataFrame) -> dict[Who, dict[Question, Answer]]:
    found: dict[Who, dict[Question, Answer]] = defaultdict(dict)
    for row in scores.iter_rows(named=True):
        who = Who(row["role"], row["assessor"])
        answer = answer_of(row)
        if not answer.is_empty:
            found[who][Question(who, row["event"], row["alternative"])] = answer
    return found


def _says_otherwise(state: State, given: dict[Question, Answer]) -> bool:
    return any(state.answer(question) not in (NOTHING, answer) for question, answer in given.items())


def _largest(found: dict[Who, dict[Question, Answer]], role: str) -> int:
    return max((who.number for who in found if who.role == role), default=0)
