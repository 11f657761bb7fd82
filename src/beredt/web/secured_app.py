"""An application of FastAPI as every server of Beredt has it: errors as problems, limits of size, headers on top."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from beredt import __version__
from beredt.web.access.lost_database import install_lost_database
from beredt.web.errors import PROBLEMS, install_errors
from beredt.web.faults import PROBLEM_TYPE
from beredt.web.security import Security
from beredt.web.too_large import TooLarge
from beredt.web.watch.health_routes import health_router
from beredt.web.watch.watch import Watch, Watching

API = "/api"
LARGEST_BODY = 8_000_000
"""Bytes of a request."""

STREAM_TYPE = "text/event-stream"
ONE_EVENT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
"""A server-sent event; what its `data` holds, as JSON, stands in the description of the stream."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def secured_app(
    title: str, host_names: Collection[str] | None, secure: bool, lifespan: Lifespan, watch: Watch
) -> FastAPI:
    """An application without routes.

    Args:
        title: its name in the OpenAPI document.
        host_names: names by which it may be addressed; None for any.
        secure: browsers are to come over TLS from now on.
        lifespan: what begins and ends with it.
        watch: what counts and writes down its requests.
    """
    settings = {**_SETTINGS, "openapi_url": f"{API}/openapi.json"}
    app = _Secured(host_names, secure, watch, title=title, lifespan=lifespan, **settings)
    _tell_errors(app, watch)
    app.include_router(health_router(watch.health))
    return app


def bare_app(title: str, watch: Watch) -> FastAPI:
    """An application without routes that stands behind all that such a one has before it; see `secured_app`."""
    app = FastAPI(title=title, openapi_url=None, **_SETTINGS)
    _tell_errors(app, watch)
    return app


def _tell_errors(app: FastAPI, watch: Watch) -> None:
    app.state.faults_are_logged = watch.log is not None
    install_errors(app)
    install_lost_database(app)


def _operation_id(route: APIRoute) -> str:
    """What the client calls a route: the name of its function."""
    return route.name


_SETTINGS: dict[str, Any] = {
    "version": __version__,
    "docs_url": None,  # its pages come from another server
    "redoc_url": None,
    "responses": PROBLEMS,
    "generate_unique_id_function": _operation_id,
    "max_body_size": LARGEST_BODY,
    "telemetry": {"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
}
"""What every application has, whatever stands before it."""


class _Secured(FastAPI):
    """An application whose every response passes through `Security`, those to faults of the program as well."""

    def __init__(self, host_names: Collection[str] | None, secure: bool, watch: Watch, **settings: Any) -> None:
        self._host_names, self._secure, self._watch = host_names, secure, watch
        super().__init__(**settings)

    def openapi(self) -> dict[str, Any]:
        """The document, with what FastAPI does not write down.

        What may go wrong is told of its own media type; of a stream, what one event is, and not the whole.
        """
        document = super().openapi()
        for operation in (one for path in document["paths"].values() for one in path.values()):
            told = operation["responses"].get("default", {})
            if told.get("content"):
                told["content"] = {PROBLEM_TYPE: next(iter(told["content"].values()))}
            stream = operation["responses"].get("200", {}).get("content", {}).get(STREAM_TYPE, {})
            if stream.pop("schema", None):
                stream["itemSchema"] = ONE_EVENT
        return document

    def build_middleware_stack(self) -> ASGIApp:
        """All layers, security round them, and outside of it all what counts."""
        inner = TooLarge(super().build_middleware_stack())
        secured = Security(inner, host_names=self._host_names, secure=self._secure)
        return Watching(secured, self._watch, self)
