"""Links from a mission log to others: chosen column by column, kept, and taken along as a link file."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from beredt.errors import UploadError
from beredt.web.access.kinds import TABLES
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.access.upload import LARGEST_LOG
from beredt.web.logs.linked import THIS, LinkedLog, link_file, path_of, read_links, receive_linked, write_links
from beredt.web.logs.log_folder import LogFolder
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.file_body import FILE_BODY


class LinkedFile(BaseModel):
    """A file of other records as it is kept, with the columns of its header."""

    name: str
    columns: list[str]


class LinkList(BaseModel):
    """Links from a log to others, in the order in which they hang on each other."""

    links: Annotated[list[LinkedLog], Field(max_length=12)]


def log_links_router(shelf: LogShelf, largest: int = LARGEST_LOG) -> APIRouter:
    """`/studies/{study}/logs/{log}/links`."""
    router = APIRouter(tags=["logs"])

    @router.get("/studies/{study}/logs/{log}/links")
    @needs(Role.ANALYST)
    def get_links(study: str, log: str) -> LinkList:
        """The links that indicators of a log are counted with."""
        return LinkList(links=list(read_links(shelf.folder_of(shelf.get(study, log)).path)))

    @router.put("/studies/{study}/logs/{log}/links")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_links(study: str, log: str, asked: LinkList) -> LinkList:
        """Keep links in the place of those before. 422 where they do not hang together; nothing is kept then."""
        own = shelf.folder_of(shelf.get(study, log))
        if asked.links:
            _check(own, shelf, study, asked.links)
        write_links(own.path, asked.links)
        return asked

    @router.put("/studies/{study}/logs/{log}/links/file", openapi_extra=FILE_BODY, max_body_size=largest)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=TABLES, largest=largest)
    async def send_linked_file(
        study: str,
        log: str,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=400)],
        size: Annotated[int | None, Query(ge=0)] = None,
    ) -> LinkedFile:
        """Upload a file of other records, such as a hospital's: the body is the file. Its columns are answered."""
        found = shelf.get(study, log)
        try:
            plain, header = await receive_linked(shelf, found, name, request.stream(), size, largest)
        except ClientDisconnect:
            raise UploadError(400, "the connection was cut off", "send it again; nothing was kept") from None
        return LinkedFile(name=plain, columns=list(header.columns))

    @router.get("/studies/{study}/logs/{log}/links.toml")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def take_links(study: str, log: str) -> Response:
        """The same links as `beredt missions link` reads them; stores and files stand by name, in the same folder."""
        own = shelf.folder_of(shelf.get(study, log))
        text = link_file(
            read_links(own.path),
            own.get_store().info.zone,
            PurePath(own.log.name).stem,
            lambda one: PurePath(shelf.get(study, one.log).name).stem if one.log else one.file,
        )
        headers = {"content-disposition": 'attachment; filename="links.toml"'}
        return Response(text, media_type="application/toml", headers=headers)

    return router


def _check(own: LogFolder, shelf: LogShelf, study: str, links: list[LinkedLog]) -> None:
    """Read the links as the command line would. Raises DefinitionError with every issue."""
    from beredt.indicators.pathway.link_file import read_link_file

    store = own.get_store()
    places = {one.name: str(path_of(one, own, shelf, study)) for one in links}
    with tempfile.TemporaryDirectory(prefix="beredt-") as folder:
        path = Path(folder) / "links.toml"
        path.write_text(link_file(links, store.info.zone, THIS, lambda one: places[one.name]), encoding="utf-8")
        read_link_file(path)
