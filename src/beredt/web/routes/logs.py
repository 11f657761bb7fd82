"""Mission logs of a study: what there is, uploaded, taken from beside the server, and thrown away."""

from __future__ import annotations

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
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
from beredt.web.routes.log_answers import IncomingList, IncomingOut, LogForms, LogList, LogOut, log_forms, log_out

LARGEST_PROFILE = 1 << 20
"""Bytes of a profile of one's own."""

LARGEST_ROSTER = 32 << 20
"""Bytes of a roster file: some hundred thousand shifts."""


class Taken(BaseModel):
    """What to take from the folder `incoming`."""

    name: Annotated[str, Field(min_length=1, max_length=200)]


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

    @router.get("/studies/{study}/logs/incoming")
    @needs(Role.ANALYST)
    def list_incoming(study: str) -> IncomingList:
        """Files and stores that lie beside the server."""
        library.get(study)
        found = [
            IncomingOut(name=path.name, is_store=path.is_dir(), size_bytes=0 if path.is_dir() else path.stat().st_size)
            for path in shelf.list_incoming()
        ]
        return IncomingList(folder=shelf.incoming_folder, found=found)

    @router.post("/studies/{study}/logs/incoming", status_code=201)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def take_incoming(study: str, taken: Taken, request: Request) -> LogOut:
        """Take a file or a store that lies beside the server; it is read where it lies."""
        library.get(study)
        log = shelf.take_incoming(study, taken.name, who_is(get_caller(request).name))
        return log_out(shelf.folder_of(log))

    @router.post("/studies/{study}/logs", status_code=201, openapi_extra=_BODY, max_body_size=largest)
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

    @router.put("/studies/{study}/logs/{log}/profile", openapi_extra=_BODY, max_body_size=LARGEST_PROFILE)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=(TEXT,), largest=LARGEST_PROFILE)
    async def put_profile(study: str, log: str, request: Request) -> LogOut:
        """Upload a profile of one's own beside a log: the body is its TOML. 422 with every issue."""
        found, content = shelf.get(study, log), await request.body()
        return await to_thread(lambda: log_out(shelf.folder_of(shelf.set_profile(found, content))))

    @router.put("/studies/{study}/logs/{log}/roster", openapi_extra=_BODY, max_body_size=LARGEST_ROSTER)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=(TEXT,), largest=LARGEST_ROSTER)
    async def put_roster(
        study: str, log: str, request: Request, name: Annotated[str, Query(min_length=1, max_length=400)]
    ) -> LogOut:
        """Upload a roster that indicators of a log are counted with: the body is its CSV. 422 with every issue."""
        found, content = shelf.get(study, log), await request.body()
        return await to_thread(lambda: log_out(shelf.folder_of(shelf.set_roster(found, name, content))))

    @router.delete("/studies/{study}/logs/{log}/roster")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def drop_roster(study: str, log: str) -> LogOut:
        """Throw away the roster beside a log. What was counted with it stays."""
        return log_out(shelf.folder_of(shelf.drop_roster(shelf.get(study, log))))

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


_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How a body that is a file is told of in the OpenAPI document."""
