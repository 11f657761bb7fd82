"""The built front end: its files, and its first page for every address that is a view of it."""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from beredt.web.access.need import needs
from beredt.web.access.roles import Role

FIRST_PAGE = "index.html"
NAMED_BY_CONTENT = "assets/"
"""Files below have a hash of their content in their names, so a browser never needs to ask for them again."""

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".woff2": "font/woff2",
         ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}  # fmt: skip
"""Said outright: some machines take them for something else, and a browser then refuses to run them."""

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


def install_screen(app: FastAPI, folder: Path) -> None:
    """Serve the built front end on every address that no other route has taken."""
    for ending, kind in TYPES.items():
        mimetypes.add_type(kind, ending)
    app.mount("/", Screen(folder), name="screen")


@needs(Role.READER)
class Screen(StaticFiles):
    """Files of a folder, and its first page for any other address that is not one of a file or of the interface."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder = folder

    async def check_config(self) -> None:
        """A folder that is missing is told by a page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, the first page, or why there is neither."""
        name = path.replace("\\", "/")
        asked = scope["path"]
        if asked == "/api" or asked.startswith("/api/"):
            raise HTTPException(404, f"there is nothing at {asked}; /api/openapi.json lists what there is")
        if not (self._folder / FIRST_PAGE).is_file():
            return HTMLResponse(NOT_BUILT, 503)
        try:
            response = await super().get_response(FIRST_PAGE if name == "." else path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in name.rpartition("/")[2]:
                raise
            response = await super().get_response(FIRST_PAGE, scope)
        response.headers["cache-control"] = FOREVER if name.startswith(NAMED_BY_CONTENT) else ASK_AGAIN
        return response
