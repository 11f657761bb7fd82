"""The risk analysis filled in together: what is asked, the picture, who takes part, and answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.ending import ending_of
from beredt.web.library import Library
from beredt.web.risk.answer import Answer, Question, Who, answer_of
from beredt.web.risk.picture import form_of, picture_of
from beredt.web.risk.workshop import Workshop
from beredt.web.routes.risk_answers import (
    AnswerIn,
    AssessorOut,
    NewAssessor,
    RiskDeed,
    RiskFormOut,
    RiskHistory,
    RiskPictureOut,
    RiskTaken,
    RiskVersion,
    WrittenAnswer,
)

LOOKS_EVERY_S = 0.5
"""How often a stream looks whether anything has changed."""
BEATS_EVERY_S = 4.0
"""How often it says so although nothing has: whoever hears nothing for longer has lost the connection."""
STREAM_S = 600.0
"""A stream ends after so long, and whoever listens comes again: with a session that is still good."""

Number = Annotated[int, Path(ge=1, le=999)]


def risk_router(library: Library, workshop: Workshop) -> APIRouter:
    """`/studies/{study}/risk`."""
    router = APIRouter(tags=["risk"])
    _add_looks(router, library, workshop)
    _add_changes(router, library, workshop)
    return router


def _add_looks(router: APIRouter, library: Library, workshop: Workshop) -> None:
    @router.get("/studies/{study}/risk/form")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_risk_form(study: str) -> RiskFormOut:
        """What is asked: events by area, alternatives, roles, the matrix and its words. No events: no risk analysis."""
        return form_of(library.get(study).get_study())

    @router.get("/studies/{study}/risk")
    @needs(Role.READER)
    def get_risk(request: Request, study: str) -> RiskPictureOut:
        """The workshop as it is now: who takes part, where they stand, how far they lie apart."""
        opened, caller = library.get(study), get_caller(request)
        version = workshop.version(opened)
        state = workshop.state(opened)
        names = caller.role >= Role.ANALYST or not caller.name
        return picture_of(opened.get_study(), state, version, caller.name, names=names)

    def known(study: str) -> None:
        """Ask for the study before the stream begins, so that an unknown one is a problem and not a stream."""
        library.get(study).get_study()

    @router.get("/studies/{study}/risk/events", response_class=EventSourceResponse, dependencies=[Depends(known)])
    @needs(Role.READER)
    async def follow_risk(request: Request, study: str) -> AsyncIterator[ServerSentEvent]:
        """A stream of `risk` events, each a RiskVersion: at first, after every change, and every few seconds."""
        opened, is_ending = library.get(study), ending_of(request.app)
        told, told_at, ends = "", 0.0, time.monotonic() + STREAM_S
        while (now := time.monotonic()) < ends and not is_ending():
            version = await asyncio.to_thread(workshop.version, opened)
            if version != told or now - told_at >= BEATS_EVERY_S:
                yield ServerSentEvent(event="risk", data=RiskVersion(version=version))
                told, told_at = version, now
            await asyncio.sleep(LOOKS_EVERY_S)

    @router.get("/studies/{study}/risk/assessors/{role}/{number}/answers/{event}/{alternative}")
    @needs(Role.ANALYST)
    def get_risk_history(
        request: Request, study: str, role: str, number: Number, event: str, alternative: str
    ) -> RiskHistory:
        """Everything that one assessor ever answered to a question, who wrote it and when. 403 for somebody else's."""
        question = Question(Who(role, number), event, alternative)
        found = workshop.history(library.get(study), question, get_caller(request).name)
        return RiskHistory(
            deeds=[
                RiskDeed(at_s=one.at_ms / 1000, by=one.deed.by, answer=AnswerIn(**one.deed.answer.values()))  # type: ignore[arg-type]
                for one in found
            ]
        )


def _add_changes(router: APIRouter, library: Library, workshop: Workshop) -> None:
    @router.post("/studies/{study}/risk/assessors", status_code=201)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def join_risk(request: Request, study: str, new: NewAssessor) -> AssessorOut:
        """Somebody takes part, with the next number of a role. An account that has joined with it stays who it is."""
        caller = get_caller(request).name
        account = caller if new.own else ""
        made = workshop.join(library.get(study), new.role, new.name.strip(), account, by=caller)
        name = made.name or made.account
        return AssessorOut(
            role=made.who.role,
            number=made.who.number,
            name=name,
            mine=True,
            is_own=bool(account),
            answered=0,
            asked=0,
        )

    @router.delete("/studies/{study}/risk/assessors/{role}/{number}", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def leave_risk(request: Request, study: str, role: str, number: Number) -> Response:
        """Somebody who has answered nothing no longer takes part. 422 after an answer, 403 for somebody else's."""
        workshop.leave(library.get(study), Who(role, number), get_caller(request).name)
        return Response(status_code=204)

    @router.put("/studies/{study}/risk/assessors/{role}/{number}/answers/{event}/{alternative}", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_risk_answer(
        request: Request, study: str, role: str, number: Number, event: str, alternative: str, written: WrittenAnswer
    ) -> Response:
        """Write an answer. 409 when there is another than its writer has seen, 422 for half a pair or names."""
        question = Question(Who(role, number), event, alternative)
        seen, answer = _answer(written.seen), _answer(written.answer)
        workshop.answer(library.get(study), question, seen, answer, get_caller(request).name)
        return Response(status_code=204)

    @router.post("/studies/{study}/risk/take")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def take_risk(request: Request, study: str) -> RiskTaken:
        """Put all answers into the study's own table, which runs and reports read. 422 if it made the study unfit."""
        taken = workshop.take(library.get(study), get_caller(request).name)
        return RiskTaken(answers=taken.answers, assessors=taken.assessors, changed=taken.changed)


def _answer(given: AnswerIn) -> Answer:
    return answer_of(given.model_dump())
