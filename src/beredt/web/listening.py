"""The socket at which the server listens, and the address that people open."""

from __future__ import annotations

import errno
import os
import socket

from beredt.errors import ServeError

WAITING = 64
"""Connections that may wait to be taken."""


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
