"""The built front end: its files, and its first page for every address that is a view of it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from beredt.web.access.need import needs
from beredt.web.access.roles import Role

FIRST_PAGE, LIVE_PAGE = "index.html", "live.html"
"""Of Studio, and of the live server."""
NAMED_BY_CONTENT = "assets/"
"""Files below have a hash of their content in their names, so a browser never needs to ask for them again."""

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".woff2": "font/woff2",
         ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}  # fmt: skip
"""Said outright: some machines take them for something else, and a browser then refuses to run them."""

FORMS = (("br", ".br"), ("gzip", ".gz"))
"""Compressed forms that the build puts beside a file: what a browser calls them, what they end in. Best first."""

VIEW_OF_STUDY = "s/"

NOT_BUILT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Beredt Studio</title></head>
<body><h1>The screen of Studio is not built yet</h1>
<p>The server runs, but its pages are missing. In a checkout of Beredt, run:</p>
<pre>./dev web</pre>
<p>and load this page again. An installed Beredt brings them along.</p></body></html>
"""


def built_screen() -> Path:
    """The folder of the built front end; it may be missing in a checkout."""
    return Path(str(files("beredt.web"))) / "static"


def install_screen(
    app: FastAPI, folder: Path, only_study: Callable[[], str | None] = lambda: None, first_page: str = FIRST_PAGE
) -> None:
    """Serve the built front end on every address that no other route has taken.

    Args:
        app: what serves.
        folder: of the built front end.
        only_study: names the study that the bare address leads to, None where there is a choice.
        first_page: file of the page that the bare address shows; no other page has views of studies.
    """
    for ending, kind in TYPES.items():
        mimetypes.add_type(kind, ending)
    app.mount("/", Screen(folder, only_study, first_page), name="screen")


@needs(Role.READER)
class Screen(StaticFiles):
    """Files of a folder, and its first page for any other address that is not one of a file or of the interface."""

    def __init__(self, folder: Path, only_study: Callable[[], str | None], first_page: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder, self._only_study, self._first_page = folder, only_study, first_page

    async def check_config(self) -> None:
        """A folder that is missing is told by a page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, the first page, or why there is neither."""
        name = path.replace("\\", "/")
        asked = scope["path"]
        if asked == "/api" or asked.startswith("/api/"):
            raise HTTPException(404, f"there is nothing at {asked}; /api/openapi.json lists what there is")
        if not (self._folder / self._first_page).is_file():
            return HTMLResponse(NOT_BUILT, 503)
        if name.startswith(NAMED_BY_CONTENT):
            response = await self._named_by_content(name, scope)
            response.headers["cache-control"] = FOREVER
            return response
        try:
            response = await super().get_response(self._first_page if name == "." else path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in name.rpartition("/")[2]:
                raise
            response = await super().get_response(self._first_page, scope)
        response.headers["cache-control"] = ASK_AGAIN
        study = self._study_of(name)
        if study:
            response.headers["link"] = preloads_of(study)
        return response

    async def _named_by_content(self, name: str, scope: Scope) -> Response:
        """A file in the smallest form that the browser takes, as the build has left it."""
        taken = {one.partition(";")[0].strip() for one in Headers(scope=scope).get("accept-encoding", "").split(",")}
        for form, ending in FORMS:
            beside = self._folder / f"{name}{ending}"
            if form in taken and beside.is_file():
                response = await super().get_response(f"{name}{ending}", scope)
                response.headers["content-type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
                response.headers["content-encoding"] = form
                response.headers["vary"] = "accept-encoding"
                return response
        return await super().get_response(name, scope)

    def _study_of(self, name: str) -> str | None:
        """The study whose map a view begins with."""
        if self._first_page != FIRST_PAGE:
            return None
        if name == ".":
            return self._only_study()
        study = name.removeprefix(VIEW_OF_STUDY).rstrip("/")
        return study if name.startswith(VIEW_OF_STUDY) and "/" not in study else None


def preloads_of(study: str) -> str:
    """What the map of a study asks for first, for a browser to fetch while it still reads the program."""
    base = f"/api/studies/{quote(study, safe='')}"
    return ", ".join(f"<{address}>; rel=preload; as=fetch; crossorigin" for address in (base, f"{base}/map"))
