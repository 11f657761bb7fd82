"""Access on one's own machine: one person, who may do everything and is asked nothing.

What is still in the way is a page of another site in the same browser: it cannot read a token of ours, and without it
nothing is changed. (That it cannot read or send anything else is the business of `beredt.web.security`.) Another user
of the same machine is not kept out: a machine that several people are logged in to at a time wants accounts.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

from fastapi import FastAPI

from beredt.web.access.asked import Asked
from beredt.web.access.audit import Entry
from beredt.web.access.caller import EVERYTHING, Caller
from beredt.web.access.cookies import Cookies
from beredt.web.access.csrf import csrf_token
from beredt.web.access.guard import Gate, Guard
from beredt.web.access.roles import Role
from beredt.web.access.route_table import declare_description
from beredt.web.access.session_route import session_router
from beredt.web.access.sessions import TOKEN_BYTES


class LocalAccess:
    """One person at this machine."""

    def install(self, app: FastAPI, gate: Gate | None = None) -> None:
        """Put the guard before all routes; `gate` where another one asks this one."""
        app.include_router(session_router("local", time.time, None), prefix="/api")
        declare_description(app)
        app.add_middleware(Guard, gate=gate or self, routes_of=app, clock=time.time)

    def check_way(self, asked: Asked) -> None:
        """There is only one way: the host and the page that asks are checked before."""

    async def find_caller(self, asked: Asked) -> Caller:
        """The person at this machine, with the secret of the browser's cookie or a new one."""
        secret, _ = Cookies(False, asked.port).read(asked.headers.get("cookie", ""))
        token = secret or secrets.token_urlsafe(TOKEN_BYTES)
        return Caller("", Role.ADMIN, token, organisation=EVERYTHING)

    def cookies_for(self, asked: Asked, caller: Caller) -> Sequence[str]:
        """Both cookies, unless the browser has them. A restart of the server leaves them as they are."""
        names = Cookies(False, asked.port)
        wanted = caller.token, csrf_token(caller.token)
        return () if names.read(asked.headers.get("cookie", "")) == wanted else names.give(*wanted)

    def take_heavy(self, asked: Asked, caller: Caller) -> None:
        """One's own machine is one's own."""

    async def note(self, entry: Entry) -> None:
        """Nobody but the person at the machine did anything."""
