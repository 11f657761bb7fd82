"""Run the server: listen first, say where, and get ready while people look at the first page."""

from __future__ import annotations

import errno
import os
import socket
import webbrowser
from collections.abc import Callable

import uvicorn

from beredt.errors import BeredtError, ServeError
from beredt.web.answers.engine import Engine
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts, make_parts
from beredt.web.settings import ServeSettings

Say = Callable[[str], None]
OnListening = Callable[[str, Parts], None]
WAITING = 64
"""Connections that may wait to be taken."""
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
    parts = make_parts(settings)
    with listen(settings.host, settings.port) as listening:
        url = settings.url or url_of(settings.host, listening)
        on_listening(url, parts)

        def get_ready() -> None:
            if settings.open_browser:
                webbrowser.open(url)
            read_ahead(parts.library, parts.engine, say)

        config = uvicorn.Config(
            create_app(parts, get_ready),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
            # Who calls, and whether over TLS, is believed of the proxy that was named, and of nobody else.
            proxy_headers=settings.is_shared and settings.certificate is None,
            forwarded_allow_ips=settings.proxy,
            ssl_certfile=settings.certificate,
            ssl_keyfile=settings.key,
        )
        uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ServeError that says why it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would let two servers share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise ServeError(_why_not(host, port, error)) from error
    return listening


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program: give another with --port, or --port 0 for any that is free"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by an ordinary user: give one above 1024 with --port"
    return f"nobody can listen at {host}, port {port} ({error.strerror or error}): check --host and --port"


def url_of(host: str, listening: socket.socket) -> str:
    """The address to open in a browser."""
    port = listening.getsockname()[1]
    shown = "localhost" if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def read_ahead(library: Library, engine: Engine, say: Say) -> None:
    """Read every study and its roads and simulate today before somebody asks. What is wrong is told there, not here."""
    for opened in library.list_studies():
        try:
            if opened.get_study().roads is None:
                engine.warm_up(opened)
        except BeredtError as error:
            say(f"{opened.id}: {str(error).partition(os.linesep)[0]}")
