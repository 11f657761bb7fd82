"""Access with accounts: people log in, and what they look at and change is written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI
from sqlalchemy import Engine

from beredt.errors import RefusedError
from beredt.web.access.asked import Asked
from beredt.web.access.audit import AuditLog, Entry
from beredt.web.access.audit_route import audit_router
from beredt.web.access.caller import NOBODY, Caller
from beredt.web.access.cookies import Cookies
from beredt.web.access.csrf import csrf_token
from beredt.web.access.guard import Gate, Guard
from beredt.web.access.limits import USUAL_RATES, HeavyLimits, LoginLimits, Rates
from beredt.web.access.login_routes import login_router
from beredt.web.access.oidc.people import People
from beredt.web.access.oidc.provider import Provider
from beredt.web.access.oidc.routes import oidc_router
from beredt.web.access.passwords import Passwords
from beredt.web.access.route_table import declare_description
from beredt.web.access.session_route import session_router
from beredt.web.access.sessions import SessionLimits, Sessions
from beredt.web.access.users import Clock, Users

THREADS = 8
"""Questions to the database at a time, in threads of their own: simulations of others never keep a login waiting."""

T = TypeVar("T")


class Accounts:
    """A server that several people use."""

    cookies = Cookies(secure=True)

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock = time.time,
        passwords: Passwords | None = None,
        lasts: SessionLimits | None = None,
        rates: Rates = USUAL_RATES,
        anchor: Path | None = None,
        provider: Provider | None = None,
        divided: bool = False,
    ) -> None:
        """Accounts in a database; `divided` says that several organisations use the server, each for itself."""
        self.clock, self.provider, self._engine, self._divided = clock, provider, engine, divided
        self.users = Users(engine, passwords or Passwords(), clock)
        self.sessions = Sessions(engine, clock, lasts)
        self.audit = AuditLog(engine, anchor)
        self.logins = LoginLimits(rates, clock)
        self._heavy = HeavyLimits(rates, clock)
        self._threads: anyio.CapacityLimiter | None = None

    def install(self, app: FastAPI, gate: Gate | None = None) -> None:
        """Add login and its pages, who am I, and the log, and put the guard before all routes.

        `gate`: where another one asks this one.
        """
        app.include_router(login_router(self))
        if self.provider is not None:
            app.include_router(oidc_router(self, self.provider, People(self._engine, self.users)))
        app.include_router(session_router("accounts", self.clock, self.log_out), prefix="/api")
        app.include_router(audit_router(self.audit, divided=self._divided), prefix="/api")
        declare_description(app)
        app.add_middleware(Guard, gate=gate or self, routes_of=app, clock=self.clock)

    def check_way(self, asked: Asked) -> None:
        """Refuse what does not come over TLS: a password or a session could be read on the way."""
        if asked.scheme != "https":
            raise RefusedError(403, "no_tls")

    async def find_caller(self, asked: Asked) -> Caller:
        """Whose session the browser's cookie is of; nobody without one, or if its time is over."""
        secret, _ = self.cookies.read(asked.headers.get("cookie", ""))
        if not secret:
            return NOBODY
        session = await self.in_thread(lambda: self.sessions.find(secret))
        if session is None:
            return NOBODY
        return Caller(session.name, session.role, secret, session.ends_at, session.organisation)

    def cookies_for(self, asked: Asked, caller: Caller) -> Sequence[str]:
        """The CSRF token of a session, if the browser has lost it."""
        if not caller.token:
            return ()
        csrf = csrf_token(caller.token)
        _, held = self.cookies.read(asked.headers.get("cookie", ""))
        return () if held == csrf else self.cookies.give(caller.token, csrf)

    def take_heavy(self, asked: Asked, caller: Caller) -> None:
        """Count heavy work of a user and of an address."""
        self._heavy.take(caller.name, asked.address)

    async def note(self, entry: Entry) -> None:
        """Put an entry into the log."""
        await self.in_thread(lambda: self.audit.add(entry))

    async def log_out(self, caller: Caller, asked: Asked) -> None:
        """End the session of a caller."""
        await self.in_thread(lambda: self.sessions.end(caller.token))
        await self.note_deed(caller, asked, "logout", "log out", 204)

    async def note_deed(self, caller: Caller, asked: Asked, kind: str, what: str, status: int) -> None:
        """Put something that a caller did into the log, now."""
        entry = Entry(self.clock(), caller.name, caller.role.word, kind, what, "", status, asked.address)
        await self.note(entry)

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do what waits for the disk or takes its time, beside the event loop."""
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(THREADS)
        return await anyio.to_thread.run_sync(work, limiter=self._threads)
