"""Run the server: listen first and say where, then bring in all the rest while the browser opens.

What takes time to import is imported when the address has been told.
"""

from __future__ import annotations

import os
import ssl
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
GRACE_S = 3
"""How long requests under way may take after the server was told to stop."""


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
    from beredt.web.watch.uvicorn_log import uvicorn_log
    from beredt.web.watch.watch_address import watched

    config = uvicorn.Config(
        create_app(parts, lambda: read_ahead(parts.library, parts.engine, say)),
        log_level="warning",
        log_config=uvicorn_log(parts.watch.log),
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        # Who calls, and whether over TLS, is believed of the proxy that was named, and of nobody else.
        proxy_headers=settings.is_shared and settings.certificate is None,
        forwarded_allow_ips=settings.proxy,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        ssl_ca_certs=None if settings.client_ca is None else str(settings.client_ca),
        ssl_cert_reqs=ssl.CERT_NONE if settings.client_ca is None else ssl.CERT_REQUIRED,
    )
    with watched(settings.watch, parts.watch, lambda at: say(f"health and metrics are told at http://{at}/metrics")):
        uvicorn.Server(config).run(sockets=[listening])


def read_ahead(library: Library, engine: Engine, say: Say) -> None:
    """Read every study and its roads and simulate today before somebody asks. What is wrong is told there, not here."""
    for opened in library.list_studies():
        try:
            if opened.get_study().roads is None:
                engine.warm_up(opened)
        except BeredtError as error:
            say(f"{opened.id}: {str(error).partition(os.linesep)[0]}")
