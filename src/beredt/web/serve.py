"""Run the server: listen first and say where, then bring in all the rest while the browser opens.

What takes time to import is imported when the address has been told.
"""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from beredt.errors import BeredtError
from beredt.web.library import Library, open_library
from beredt.web.listening import listen, url_of
from beredt.web.settings import ServeSettings

if TYPE_CHECKING:
    import socket

    from beredt.web.answers.engine import Engine
    from beredt.web.parts import Parts

Say = Callable[[str], None]
OnListening = Callable[[str, Library], None]


def serve(settings: ServeSettings, on_listening: OnListening, say: Say) -> None:
    """Serve until told to stop.

    Args:
        settings: what and where.
        on_listening: told the address as soon as it is taken, before anything is read.
        say: told what happens in the background.

    Raises:
        ServeError: the address cannot be taken, or would let strangers in.
        StudyNotFoundError: no such study.
    """
    library = open_library(settings.studies, settings.data_folder)
    with listen(settings.host, settings.port) as listening:
        url = settings.url or url_of(settings.host, listening)
        parts = _parts(settings, library) if settings.is_shared else None  # others are let in, or it is told why not
        on_listening(url, library)
        if settings.open_browser:
            Thread(target=webbrowser.open, args=(url,), daemon=True).start()  # some browsers keep who opens them
        _run(settings, parts or _parts(settings, library), listening, say)


def _parts(settings: ServeSettings, library: Library) -> Parts:
    from beredt.web.parts import make_parts

    return make_parts(settings, library)


def _run(settings: ServeSettings, parts: Parts, listening: socket.socket, say: Say) -> None:
    import uvicorn

    from beredt.web.app import create_app
    from beredt.web.ending import let_go_at_end
    from beredt.web.uvicorn_config import uvicorn_config
    from beredt.web.watch.watch_address import watched

    app = create_app(parts, lambda: read_ahead(parts.library, parts.engine, say))
    server = uvicorn.Server(uvicorn_config(app, settings, parts.watch))
    let_go_at_end(app, server)
    with watched(settings.watch, parts.watch, lambda at: say(f"health and metrics are told at http://{at}/metrics")):
        server.run(sockets=[listening])


def read_ahead(library: Library, engine: Engine, say: Say) -> None:
    """Read every study and its roads and simulate today before somebody asks. What is wrong is told there, not here."""
    for opened in library.list_studies():
        try:
            if opened.get_study().roads is None:
                engine.warm_up(opened)
        except BeredtError as error:
            say(f"{opened.id}: {str(error).partition(os.linesep)[0]}")
