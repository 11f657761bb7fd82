"""The outermost layer of a server: every request is counted, timed and, if wanted, written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beredt.web.access.route_table import KnownRoute, find_route, list_routes
from beredt.web.watch.health import Health
from beredt.web.watch.metrics import METHODS, OTHER, Metrics
from beredt.web.watch.request_log import RequestLog, request_id

ID_HEADER = "x-request-id"
NO_ROUTE = "none"
GONE = 499
"""Status under which a request is counted whose caller went away before it was answered."""
BROKEN = 500


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """What is counted and asked about a server, and where lines about requests go; None for nowhere."""

    metrics: Metrics = field(default_factory=Metrics)
    health: Health = field(default_factory=lambda: Health({}))
    log: RequestLog | None = None


class Watching:
    """ASGI middleware round a whole application."""

    def __init__(
        self, app: ASGIApp, watch: Watch, routes_of: FastAPI, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._app, self._watch, self._routes_of, self._clock = app, watch, routes_of, clock
        self._routes: Sequence[KnownRoute] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name, begun, told = request_id(Headers(scope=scope).get(ID_HEADER, "")), self._clock(), False

        async def send_on(message: Message) -> None:
            nonlocal told
            if message["type"] == "http.response.start" and not told:
                told = True
                MutableHeaders(scope=message)[ID_HEADER] = name
                self._note(name, scope, message["status"], self._clock() - begun)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:
            if not told:
                self._note(name, scope, BROKEN, self._clock() - begun)
            if self._watch.log is not None:
                self._watch.log.fault(name, self._route(scope), error)
            raise
        if not told:
            self._note(name, scope, GONE, self._clock() - begun)

    def _note(self, name: str, scope: Scope, status: int, seconds: float) -> None:
        asked = scope["method"].upper()
        route, method = self._route(scope), asked if asked in METHODS else OTHER
        self._watch.metrics.note_request(route, method, status, seconds)
        if self._watch.log is not None:
            self._watch.log.request(name, method, route, status, seconds)

    def _route(self, scope: Scope) -> str:
        """The path of the route with its {placeholders}: never what a caller wrote into the address."""
        if self._routes is None:  # at the first request, when all routes are there
            self._routes = list_routes(self._routes_of)
        found = find_route(self._routes, scope["method"].upper(), scope["path"])
        return NO_ROUTE if found is None else found.route.path
