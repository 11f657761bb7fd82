"""Files beside a mission log, for its indicators: a roster, printed figures, indicators of one's own."""

from __future__ import annotations

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Query, Request

from beredt.web.access.kinds import TEXT
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.logs import beside
from beredt.web.logs.beside import Beside
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.file_body import FILE_BODY
from beredt.web.routes.log_answers import LogOut, log_out

LARGEST_BESIDE = 32 << 20
"""Bytes of such a file: some hundred thousand shifts."""


def log_beside_router(shelf: LogShelf) -> APIRouter:
    """`/studies/{study}/logs/{log}/beside/{kind}`."""
    router = APIRouter(tags=["logs"])

    @router.put("/studies/{study}/logs/{log}/beside/{kind}", openapi_extra=FILE_BODY, max_body_size=LARGEST_BESIDE)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=(TEXT,), largest=LARGEST_BESIDE)
    async def put_beside(
        study: str,
        log: str,
        kind: Beside,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=400)],
    ) -> LogOut:
        """Upload a file that indicators of a log are counted with: the body is the file. 422 with every issue."""
        found, content = shelf.get(study, log), await request.body()
        return await to_thread(lambda: log_out(shelf.folder_of(beside.set_beside(shelf, found, kind, name, content))))

    @router.delete("/studies/{study}/logs/{log}/beside/{kind}")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def drop_beside(study: str, log: str, kind: Beside) -> LogOut:
        """Throw away such a file. What was counted with it stays."""
        return log_out(shelf.folder_of(beside.drop_beside(shelf, shelf.get(study, log), kind)))

    return router
