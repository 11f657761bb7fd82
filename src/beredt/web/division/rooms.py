"""An application for each organisation, made of parts that hold nothing but what the organisation may see.

The guard has let a request in; who sent it decides which application answers. No route filters: a route that is yet to
be written gets the same parts, and cannot tell more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

from anyio import to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from beredt.errors import NotYoursError
from beredt.web.access.caller import CALLER, EVERYTHING, NOBODY, Caller
from beredt.web.access.route_table import KnownRoute, find_route, list_routes
from beredt.web.division.division import Division
from beredt.web.division.own_jobs import OwnJobs
from beredt.web.library import Library
from beredt.web.open_study import OpenStudy
from beredt.web.parts import Parts

NO_STUDY = "your account is of no organisation that opens a study here: ask whoever looks after this server"

MakeRoom = Callable[[Parts], FastAPI]


def own_parts(parts: Parts, division: Division, organisation: str) -> Parts:
    """The parts of a server that hold only what an organisation may see; nothing for one that opens no study."""
    studies = division.studies_of(organisation)
    opened = [study for study in parts.library.list_studies() if study.id in studies]
    return replace(
        parts,
        library=Library(opened) if opened else _Closed(),
        jobs=OwnJobs(parts.jobs, organisation, studies, division.results_of(organisation)),
        logs=parts.logs.of_organisation(organisation),
    )


class Rooms:
    """ASGI middleware behind the guard: sends callers of an organisation to its own application."""

    def __init__(self, app: ASGIApp, routes_of: FastAPI, parts: Parts, division: Division, make: MakeRoom) -> None:
        """No application is made before somebody of its organisation asks.

        Args:
            app: answers whoever sees everything, and what is nobody's own: logging in, and the log of deeds.
            routes_of: has all routes of that.
            parts: of the whole server.
            division: what each organisation opens.
            make: makes an application of parts, without the guard.
        """
        self._app, self._routes_of, self._parts, self._division, self._make = app, routes_of, parts, division, make
        self._rooms: dict[str, FastAPI] = {}
        self._lock = Lock()
        self._routes: Sequence[KnownRoute] = ()
        self._common: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        caller = scope.get(CALLER, NOBODY)
        if scope["type"] != "http" or not isinstance(caller, Caller) or caller.organisation == EVERYTHING:
            await self._app(scope, receive, send)
            return
        room = await to_thread.run_sync(self._room_of, caller.organisation)
        found = find_route(self._routes, scope["method"].upper(), scope["path"])
        if found is not None and found.route.path in self._common:
            await self._app(scope, receive, send)
        else:
            await room(scope, receive, send)

    def _room_of(self, organisation: str) -> FastAPI:
        """The application of an organisation; all that open nothing share one."""
        name = organisation if organisation in self._division.organisations else ""
        with self._lock:
            if name not in self._rooms:
                room = self._rooms[name] = self._make(own_parts(self._parts, self._division, name))
                room.state = self._routes_of.state  # what the server knows of itself holds in every room
            if not self._routes:
                self._routes = list_routes(self._routes_of)
                own = {route.path for route in list_routes(self._rooms[name])}
                self._common = frozenset(route.path for route in self._routes) - own
            return self._rooms[name]


class _Closed(Library):
    """No studies, and why."""

    def __init__(self) -> None:
        super().__init__(())

    def list_studies(self) -> tuple[OpenStudy, ...]:
        """There are none. Raises NotYoursError."""
        raise NotYoursError(NO_STUDY)

    def get(self, study_id: str) -> OpenStudy:
        """There are none. Raises NotYoursError."""
        raise NotYoursError(NO_STUDY)
