"""The guard: every request passes it before any of its body is read and before any route sees it.

    find the route → who calls → may they → does the change come from our page → is it not too often → note it

What is not said is refused: a route that does not say what it needs, and an address without a route.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beredt.errors import RefusedError
from beredt.web.access.asked import Asked, asked
from beredt.web.access.audit import Entry
from beredt.web.access.caller import CALLER, Caller
from beredt.web.access.csrf import HEADER, is_csrf_token
from beredt.web.access.lost_database import LOST, away
from beredt.web.access.need import Need, Noted
from beredt.web.access.refusals import refusal_response
from beredt.web.access.roles import Role
from beredt.web.access.route_table import Found, KnownRoute, find_route, list_routes
from beredt.web.access.upload import check_size, checked_kind, said_size
from beredt.web.access.users import Clock

BROWSER_ONLY = ("origin", "sec-fetch-site")
"""Headers that a browser puts on every change that a page asks for, and no page can leave out."""


class Gate(Protocol):
    """What differs between one's own machine and a server with accounts."""

    def check_way(self, asked: Asked) -> None:
        """Refuse a request that came a way it must not, such as without TLS."""
        ...

    async def find_caller(self, asked: Asked) -> Caller:
        """Who calls."""
        ...

    def cookies_for(self, asked: Asked, caller: Caller) -> Sequence[str]:
        """Set-Cookie lines that the browser lacks."""
        ...

    def take_heavy(self, asked: Asked, caller: Caller) -> None:
        """Count heavy work, or refuse it."""
        ...

    async def note(self, entry: Entry) -> None:
        """Put an entry into the log."""
        ...


class _Admitted(NamedTuple):
    """A request that may be answered."""

    need: Need
    request: Asked
    caller: Caller
    found: Found


class Guard:
    """ASGI middleware around the routes of an application."""

    def __init__(self, app: ASGIApp, gate: Gate, routes_of: FastAPI, clock: Clock) -> None:
        self._app, self._gate, self._routes_of, self._clock = app, gate, routes_of, clock
        self._routes: Sequence[KnownRoute] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # there are no web sockets here: an unanswered one is closed by the server
        request = asked(scope)
        caller: Caller | None = None
        found: Found | None = None
        try:
            self._gate.check_way(request)
            found = find_route(self._all_routes(), request.method, request.path)
            caller = await self._gate.find_caller(request)
            need = admit(found, request, caller)
            if need.heavy:
                self._gate.take_heavy(request, caller)
        except RefusedError as error:
            await self._refuse(error, request, caller, found, scope, receive, send)
            return
        except LOST:  # who calls cannot be known, so nobody is let in
            await self._refuse(away(), request, None, found, scope, receive, send)
            return
        assert found is not None
        admitted = _Admitted(need, request, caller, found)
        scope[CALLER] = caller
        if need.largest is None:
            await self._let_in(admitted, scope, receive, send)
        else:  # another limit than that of the application, from the first byte on

            async def let_in(scope: Scope, receive: Receive, send: Send) -> None:
                await self._let_in(admitted, scope, receive, send)

            # What says that it is larger still is refused below, in words, and never read.
            limit = max(need.largest, said_size(request.headers))
            await RequestBodyLimitMiddleware(let_in, max_body_size=limit)(scope, receive, send)

    async def _let_in(self, admitted: _Admitted, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the beginning of what is sent, and hand the request on."""
        need, request, caller, found = admitted
        try:
            if need.largest is not None:
                check_size(request.headers, need.largest)
            if need.kinds:
                receive = await checked_kind(receive, need.kinds)
        except RefusedError as error:
            await self._refuse(error, request, caller, found, scope, receive, send)
            return
        await self._app(scope, receive, self._noting(admitted, scope, receive, send))

    def _noting(self, admitted: _Admitted, scope: Scope, receive: Receive, send: Send) -> Send:
        """Sends on, with the cookies that the browser lacks; an entry is in the log before the first byte is sent.

        What cannot be put into the log is not told.
        """
        need, request, caller, found = admitted
        is_lost = False

        async def send_on(message: Message) -> None:
            nonlocal is_lost
            if is_lost:
                return  # the caller has been told that already
            if message["type"] == "http.response.start":
                if need.noted is not Noted.NOT:
                    try:
                        await self._note(need.noted, request, caller, found, message["status"])
                    except LOST:
                        is_lost = True
                        await refusal_response(away(), request)(scope, receive, send)
                        return
                _add_cookies(message, self._gate.cookies_for(request, caller))
            await send(message)

        return send_on

    async def _refuse(
        self,
        error: RefusedError,
        request: Asked,
        caller: Caller | None,
        found: Found | None,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if caller is not None and caller.role > Role.ANYONE:
            # Somebody who is known asked for what is not theirs. Who is not known is the business of the proxy's log.
            with suppress(*LOST):  # it stays a refusal
                await self._note("refused", request, caller, found, error.status)

        async def send_on(message: Message) -> None:
            if caller is not None and message["type"] == "http.response.start":
                _add_cookies(message, self._gate.cookies_for(request, caller))
            await send(message)

        await refusal_response(error, request)(scope, receive, send_on)

    async def _note(self, kind: str, request: Asked, caller: Caller, found: Found | None, status: int) -> None:
        """Its path goes into the log, never what was asked after the question mark nor what was sent."""
        study = found.parts.get("study", "") if found else ""
        what = f"{request.method} {request.path}"
        at, role = self._clock(), caller.role.word
        await self._gate.note(Entry(at, caller.name, role, kind, what, study, status, request.address))

    def _all_routes(self) -> Sequence[KnownRoute]:
        if self._routes is None:  # at the first request, when all routes are there
            self._routes = list_routes(self._routes_of)
        return self._routes


def admit(found: Found | None, request: Asked, caller: Caller) -> Need:
    """What the route needs, if the caller has it. Raises RefusedError."""
    if found is None:
        raise RefusedError(404, "no_route", got=request.path)
    need = found.route.need
    if need is None:
        raise RefusedError(403, "closed", got=found.route.path)
    if caller.role < need.role:
        if caller.role is Role.ANYONE:
            raise RefusedError(401, "login")
        raise RefusedError(403, "role", got=caller.role.word, wanted=need.role.word)
    if need.program:
        if any(name in request.headers for name in BROWSER_ONLY):
            raise RefusedError(403, "csrf")
        return need
    if request.changes and not need.form and not is_csrf_token(request.headers.get(HEADER, ""), caller.token):
        raise RefusedError(403, "csrf")
    return need


def _add_cookies(message: Message, lines: Sequence[str]) -> None:
    headers = MutableHeaders(scope=message)
    # A route that gave or took away cookies itself, such as login, knows better.
    if not any(key == "set-cookie" for key in headers):
        for line in lines:
            headers.append("set-cookie", line)
