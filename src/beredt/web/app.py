"""The server of Studio, put together: the errors, the routes, who may use them, and the screen."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Thread

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from beredt.web.analyses.basis import Bases
from beredt.web.division.rooms import Rooms
from beredt.web.parts import Parts
from beredt.web.routes.alternatives import alternatives_router
from beredt.web.routes.analyses import analyses_router
from beredt.web.routes.answers import answers_router
from beredt.web.routes.consequences import consequences_router
from beredt.web.routes.demand import demand_router
from beredt.web.routes.dimensionings import dimensionings_router
from beredt.web.routes.drives import drives_router
from beredt.web.routes.edits import edits_router
from beredt.web.routes.exports import exports_router
from beredt.web.routes.jobs import jobs_router
from beredt.web.routes.log_beside import log_beside_router
from beredt.web.routes.log_cases import log_cases_router
from beredt.web.routes.log_forecasts import log_forecasts_router
from beredt.web.routes.log_imports import log_imports_router
from beredt.web.routes.log_incoming import log_incoming_router
from beredt.web.routes.log_issues import log_issues_router
from beredt.web.routes.log_links import log_links_router
from beredt.web.routes.log_reports import log_reports_router
from beredt.web.routes.logs import logs_router
from beredt.web.routes.majors import majors_router
from beredt.web.routes.map import map_router
from beredt.web.routes.playback import playback_router
from beredt.web.routes.risk import risk_router
from beredt.web.routes.risk_workbook import risk_workbook_router
from beredt.web.routes.roads import roads_router
from beredt.web.routes.rosterings import rosterings_router
from beredt.web.routes.runs import runs_router
from beredt.web.routes.service import service_router
from beredt.web.routes.sitings import sitings_router
from beredt.web.routes.standby import standby_router
from beredt.web.routes.studies import studies_router
from beredt.web.routes.words import words_router
from beredt.web.secured_app import API, bare_app, secured_app
from beredt.web.static import install_screen

LEAST_COMPRESSED, COMPRESSION = 1_000, 5


def create_app(parts: Parts, when_begun: Callable[[], None] | None = None) -> FastAPI:
    """The application, which any ASGI server can run.

    Args:
        parts: what it is made from.
        when_begun: called in a thread of its own when the server begins, for what takes time and nobody waits for.
    """
    app = secured_app("Beredt Studio", parts.host_names, parts.secure, _lifespan(parts, when_begun), parts.watch)
    _add_routes(app, parts)
    if parts.division is not None:
        app.add_middleware(Rooms, routes_of=app, parts=parts, division=parts.division, make=_make_room)
    parts.access.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_COMPRESSED, compresslevel=COMPRESSION)
    install_screen(app, parts.screen, parts.library.find_only)
    return app


def _make_room(parts: Parts) -> FastAPI:
    """The same for one organisation: the guard, and all that begins and ends, are those of the whole server."""
    room = bare_app("Beredt Studio", parts.watch)
    _add_routes(room, parts)
    install_screen(room, parts.screen, parts.library.find_only)
    return room


def _add_routes(app: FastAPI, parts: Parts) -> None:
    for router in make_routers(parts):
        app.include_router(router, prefix=API)


def make_routers(parts: Parts) -> list[APIRouter]:
    """All that can be asked of the server, noun by noun."""
    bases = Bases()
    return [
        studies_router(parts.library),
        map_router(parts.library),
        roads_router(parts.library),
        drives_router(parts.library),
        edits_router(),
        service_router(parts.library),
        alternatives_router(parts.library),
        answers_router(parts.library, parts.engine),
        exports_router(parts.library, parts.engine),
        playback_router(parts.library),
        runs_router(parts.library, parts.jobs),
        consequences_router(parts.jobs),
        analyses_router(parts.library, parts.jobs, bases),
        sitings_router(parts.library, parts.jobs, bases),
        dimensionings_router(parts.library, parts.jobs, bases),
        rosterings_router(parts.library, parts.jobs, bases),
        majors_router(parts.library, parts.jobs, bases),
        standby_router(parts.library, parts.jobs, bases),
        demand_router(parts.library, parts.jobs),
        log_incoming_router(parts.library, parts.logs),
        logs_router(parts.library, parts.logs, parts.jobs),
        log_beside_router(parts.logs),
        log_links_router(parts.logs),
        log_imports_router(parts.library, parts.logs, parts.jobs),
        log_issues_router(parts.logs),
        log_reports_router(parts.library, parts.logs, parts.jobs),
        log_forecasts_router(parts.library, parts.logs, parts.jobs),
        log_cases_router(parts.library, parts.logs, parts.jobs),
        jobs_router(parts.jobs),
        risk_router(parts.library, parts.workshop),
        risk_workbook_router(parts.library, parts.workshop),
        words_router(),
    ]


def _lifespan(
    parts: Parts, when_begun: Callable[[], None] | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        if when_begun is not None:
            Thread(target=when_begun, name="warming-up", daemon=True).start()
        parts.jobs.start()
        try:
            yield
        finally:
            await to_thread(parts.engine.close)
            await to_thread(parts.jobs.close)

    return lifespan
