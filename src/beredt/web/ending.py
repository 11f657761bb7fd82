"""Whether a server has been told to stop: its streams then end by themselves, and nobody has to be cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI

if TYPE_CHECKING:
    import uvicorn

LOOKS_EVERY_S = 0.5
"""How often a stream that waits for something else looks whether its server is ending."""


def let_go_at_end(app: FastAPI, server: uvicorn.Server) -> None:
    """Have the streams of an application end when the server that runs it is told to stop."""
    app.state.is_ending = lambda: server.should_exit


def ending_of(app: FastAPI) -> Callable[[], bool]:
    """Tells whether the server of an application is ending; one that nobody has told of a server never does."""
    is_ending: Callable[[], bool] = getattr(app.state, "is_ending", lambda: False)
    return is_ending
