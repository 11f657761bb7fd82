"""One question from beginning to end, as events: what is understood, what is waited for, answers that get surer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from beredt.errors import BeredtError
from beredt.report.number_format import NumberFormat
from beredt.report.words import load_words
from beredt.web.answers.asking import Asking
from beredt.web.answers.compare import compared_in
from beredt.web.answers.engine import Engine, Stage, SupersededError
from beredt.web.answers.forms import Answer, AnswersQuestion, Done, Prepared, Waiting
from beredt.web.answers.make_answer import make_answer
from beredt.web.answers.telling import Telling, telling_of
from beredt.web.errors import problem_of
from beredt.web.open_study import OpenStudy

PATIENCE_S = 1.0
"""After so long without an answer the page is told what is waited for."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event by its name."""

    name: str
    content: BaseModel

    def text(self) -> str:
        """As server-sent events are written."""
        return f"event: {self.name}\ndata: {self.content.model_dump_json()}\n\n"


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """A question that is understood: whatever is wrong with it has been said by now."""

    question: AnswersQuestion
    telling: Telling
    study_key: str
    wanted: int
    began: float


def understand(engine: Engine, opened: OpenStudy, question: AnswersQuestion) -> Understood:
    """Read the study and lay the drafts on it.

    Raises:
        StudyError: the study cannot be used.
        EditError: edits do not fit.
        NetworkError: the study's roads cannot be simulated here.
    """
    began = time.monotonic()
    study = opened.get_study()
    compared = compared_in(study, question)
    telling = telling_of(study, compared, question.urgency, question.lang)
    wanted = question.replications or study.settings.simulation.replications
    return Understood(question, telling, engine.open(opened), wanted, began)


async def events(engine: Engine, asked: Understood) -> AsyncIterator[Event]:
    """Answer until all replications are there, a later question comes, or nobody listens any more."""
    question, began = asked.question, asked.began
    if not engine.is_newest(question.page, question.ticket):
        yield _problem(SupersededError("a later question of the same page has taken its place"))
        return
    loop, change = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with suppress(RuntimeError):  # the server is going down, and its loop has gone first
            loop.call_soon_threadsafe(change.set)

    asking = await run_in_threadpool(engine.ask, asked.study_key, asked.telling.compared.proposals, asked.wanted, wake)
    engine.note(question.page, question.ticket, asking)
    try:
        yield Event("prepared", Prepared(seconds=_since(began), wanted=asked.wanted))
        async for event in _answers(engine, asked, asking, change):
            yield event
    finally:
        engine.drop(asking)


async def _answers(engine: Engine, asked: Understood, asking: Asking, change: asyncio.Event) -> AsyncIterator[Event]:
    while asking.answered < asked.wanted:
        change.clear()
        if asking.error is not None:
            yield _problem(asking.error)
            return
        due = asking.due()
        if due is not None:
            asking.answered = due
            answer = await run_in_threadpool(_answer, engine, asked, asking, due)
            yield Event("answer", answer.model_copy(update={"seconds": _since(asked.began)}))
            continue
        try:
            await asyncio.wait_for(change.wait(), PATIENCE_S)
        except TimeoutError:
            if not asking.answered:
                yield Event("waiting", _waiting(asked, engine.stage()))
    yield Event("done", Done(seconds=_since(asked.began)))


def _answer(engine: Engine, asked: Understood, asking: Asking, replications: int) -> Answer:
    """What these replications say. A whole answer is kept: whoever opens the same view asks the same again."""

    def make() -> Answer:
        calendar = asked.question.with_calendar
        return make_answer(asked.telling, asking.runs(replications), asked.wanted, with_calendar=calendar)

    return make() if replications < asked.wanted else engine.told.get(_key(asked), make)


def _key(asked: Understood) -> str:
    """Equal for equal answers: the study with all that is saved in it, and the question but for who asks."""
    question = asked.question.model_dump_json(exclude={"page", "ticket", "replications"})
    return f"{asked.telling.study.fingerprint} {asked.wanted} {question}"


def _waiting(asked: Understood, stage: Stage) -> Waiting:
    words = load_words(asked.question.lang)
    text = words(f"studio.answer.waiting.{stage.name}", seconds=NumberFormat(words).whole(round(stage.seconds)))
    return Waiting(stage=stage.name, text=text, seconds=_since(asked.began))


def _problem(error: BeredtError) -> Event:
    return Event("problem", problem_of(error))


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
