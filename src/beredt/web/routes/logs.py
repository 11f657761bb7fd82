"""Mission logs of a study: what there is, uploaded, and thrown away."""

from __future__ import annotations

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.requests import ClientDisconnect

from beredt.errors import OptionError, UploadError
from beredt.web.access.caller import get_caller
from beredt.web.access.kinds import TABLES, TEXT
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.access.upload import LARGEST_LOG
from beredt.web.jobs.job import ENDED
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library
from beredt.web.logs.reviewing import who_is
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.file_body import FILE_BODY
from beredt.web.routes.log_answers import LogList, LogOut, log_out
from beredt.web.routes.log_forms import LogForms, log_forms

LARGEST_PROFILE = 1 << 20
"""Bytes of a profile of one's own."""


def logs_router(library: Library, shelf: LogShelf, queue: JobQueue, largest: int = LARGEST_LOG) -> APIRouter:
    """`/log-forms` and `/studies/{study}/logs`."""
    router = APIRouter(tags=["logs"])

    @router.get("/log-forms")
    @needs(Role.READER)
    def get_log_forms() -> LogForms:
        """Profiles, rules and statuses: what there is to choose from."""
        return log_forms(largest)

    @router.get("/studies/{study}/logs")
    @needs(Role.READER)
    def list_logs(study: str) -> LogList:
        """The mission logs of a study, the newest first. They tell of no single mission."""
        library.get(study)
        return LogList(logs=[log_out(shelf.folder_of(log)) for log in shelf.list_logs(study)])

    @router.post("/studies/{study}/logs", status_code=201, openapi_extra=FILE_BODY, max_body_size=largest)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=TABLES, largest=largest)
    async def upload_log(
        study: str,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=400)],
        size: Annotated[int | None, Query(ge=0)] = None,
    ) -> LogOut:
        """Upload a log: the body is the file, `name` its name and `size` how many bytes were sent.

        It is written to the disk as it arrives. Nothing is kept of what does not arrive whole, or is no log.
        """
        library.get(study)
        who = who_is(get_caller(request).name)
        try:
            log = await shelf.upload(study, name, who, request.stream(), size, largest)
        except ClientDisconnect:
            raise UploadError(400, "the connection was cut off", "send it again; nothing was kept") from None
        return await to_thread(log_out, shelf.folder_of(log))

    @router.get("/studies/{study}/logs/{log}")
    @needs(Role.READER)
    def get_log(study: str, log: str) -> LogOut:
        """One log."""
        return log_out(shelf.folder_of(shelf.get(study, log)))

    @router.put("/studies/{study}/logs/{log}/profile", openapi_extra=FILE_BODY, max_body_size=LARGEST_PROFILE)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=(TEXT,), largest=LARGEST_PROFILE)
    async def put_profile(study: str, log: str, request: Request) -> LogOut:
        """Upload a profile of one's own beside a log: the body is its TOML. 422 with every issue."""
        found, content = shelf.get(study, log), await request.body()
        return await to_thread(lambda: log_out(shelf.folder_of(shelf.set_profile(found, content))))

    @router.delete("/studies/{study}/logs/{log}/file")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def drop_file(study: str, log: str) -> LogOut:
        """Throw away the uploaded file of an imported log, which holds more than its store."""
        found = shelf.get(study, log)
        if _is_busy(queue, log):
            raise OptionError("log", found.name, "work on it is under way", "wait for it, or stop it first")
        shelf.drop_file(found)
        return log_out(shelf.folder_of(found))

    @router.delete("/studies/{study}/logs/{log}", status_code=204)
    @needs(Role.ADMIN, noted=Noted.CHANGE)
    def delete_log(study: str, log: str) -> Response:
        """Throw away a log with everything of it: file, store, queue with its history, reports. Work on it is stopped.

        What lies in the folder `incoming` stays there.
        """
        found = shelf.get(study, log)
        for job in queue.list_jobs():
            if job.options.get("log") == log:
                queue.remove(job.id)
        shelf.remove(found)
        return Response(status_code=204)

    return router


def _is_busy(queue: JobQueue, log: str) -> bool:
    return any(job.options.get("log") == log and job.state not in ENDED for job in queue.list_jobs())
