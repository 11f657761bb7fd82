"""What would become of the year: asked with drafts, answered again and again while it is simulated."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.answers.engine import Engine
from beredt.web.answers.forms import AnswerEvents, AnswersQuestion
from beredt.web.answers.stream import Understood, events, understand
from beredt.web.library import Library

UNBUFFERED = {"cache-control": "no-store", "x-accel-buffering": "no"}


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


def answers_router(library: Library, engine: Engine) -> APIRouter:
    """`/studies/{study}/answers`."""
    router = APIRouter(tags=["answers"])

    @router.post(
        "/studies/{study}/answers",
        response_class=EventStream,
        responses={200: {"description": "Server-sent events, each named as in AnswerEvents", "model": AnswerEvents}},
    )
    @needs(Role.READER, noted=Noted.LOOK, heavy=True)
    async def post_answers(study: str, question: AnswersQuestion) -> EventStream:
        """Simulate drafts and compare them, on the same incidents: answers come as server-sent events.

        Edits that do not fit are told before anything runs. Whoever closes the stream stops the work.
        """
        opened = library.get(study)
        asked = await run_in_threadpool(understand, engine, opened, question)
        return EventStream(_written(engine, asked), headers=UNBUFFERED)

    return router


async def _written(engine: Engine, asked: Understood) -> AsyncIterator[str]:
    async for event in events(engine, asked):
        yield event.text()
