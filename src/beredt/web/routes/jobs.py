"""Long work: what there is, how far it has come, and how to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from fastapi import APIRouter, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.ending import LOOKS_EVERY_S, ending_of
from beredt.web.jobs.job import ENDED
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.routes.job_answers import JobList, JobOut, job_out

LEAST_GAP_S = 0.2
"""Between two events of one stream: nobody reads faster."""


def jobs_router(queue: JobQueue) -> APIRouter:
    """`/jobs`."""
    router = APIRouter(tags=["jobs"])

    @router.get("/jobs")
    @needs(Role.READER)
    def list_jobs() -> JobList:
        """All jobs, the newest first."""
        return JobList(jobs=[job_out(job, queue) for job in queue.list_jobs()])

    @router.get("/jobs/{job}")
    @needs(Role.READER)
    def get_job(job: str) -> JobOut:
        """One job as it is now."""
        return job_out(queue.get(job), queue)

    def known(job: str) -> None:
        """Ask for the job before the stream begins, so that an unknown one is a problem and not a stream."""
        queue.get(job)

    @router.get("/jobs/{job}/events", response_class=EventSourceResponse, dependencies=[Depends(known)])
    @needs(Role.READER)
    async def follow_job(request: Request, job: str) -> AsyncIterator[ServerSentEvent]:
        """A stream of `job` events, each a whole JobOut, at every change until the job has ended."""
        with queue.listeners.listen() as changed:
            told, is_ending = "", ending_of(request.app)
            while not is_ending():
                changed.clear()
                now = job_out(queue.get(job), queue)
                text = now.model_dump_json(exclude={"left_s"})
                if text != told:
                    yield ServerSentEvent(event="job", data=now)
                    told = text
                if now.state in ENDED:
                    return
                while not (changed.is_set() or is_ending()):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), LOOKS_EVERY_S)
                await asyncio.sleep(LEAST_GAP_S)

    @router.post("/jobs/{job}/again", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def begin_again(job: str) -> JobOut:
        """Begin a job once more that was interrupted or cancelled, or failed: from the study as it was then."""
        return job_out(queue.ask_again(job), queue)

    @router.delete("/jobs/{job}")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def cancel_job(job: str) -> JobOut:
        """Stop a job, or take it out of the queue. One that has ended stays as it is, with what it made."""
        return job_out(queue.cancel(job), queue)

    @router.delete("/jobs/{job}/result", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def remove_job(job: str) -> Response:
        """Throw away a job with all that it made."""
        queue.remove(job)
        return Response(status_code=204)

    return router
