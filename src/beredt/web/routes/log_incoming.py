"""Files and stores that lie beside the server, taken as mission logs of a study."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.library import Library
from beredt.web.logs.reviewing import who_is
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.log_answers import LogOut, log_out


class IncomingOut(BaseModel):
    """A file or a store that lies beside the server, and can be taken."""

    name: str
    is_store: bool
    size_bytes: int


class IncomingList(BaseModel):
    """What lies in `folder`."""

    folder: str
    found: list[IncomingOut]


class Taken(BaseModel):
    """What to take from the folder `incoming`."""

    name: Annotated[str, Field(min_length=1, max_length=200)]


def log_incoming_router(library: Library, shelf: LogShelf) -> APIRouter:
    """`/studies/{study}/logs/incoming`."""
    router = APIRouter(tags=["logs"])

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

    return router
