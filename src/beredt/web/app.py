"""The server of Studio, put together: the errors, the routes, who may use them, and the screen."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Thread
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from beredt import __version__
from beredt.web.analyses.basis import Bases
from beredt.web.errors import PROBLEMS, install_errors
from beredt.web.parts import Parts
from beredt.web.routes.alternatives import alternatives_router
from beredt.web.routes.analyses import analyses_router
from beredt.web.routes.answers import answers_router
from beredt.web.routes.demand import demand_router
from beredt.web.routes.dimensionings import dimensionings_router
from beredt.web.routes.drives import drives_router
from beredt.web.routes.edits import edits_router
from beredt.web.routes.exports import exports_router
from beredt.web.routes.jobs import jobs_router
from beredt.web.routes.log_cases import log_cases_router
from beredt.web.routes.log_forecasts import log_forecasts_router
from beredt.web.routes.log_imports import log_imports_router
from beredt.web.routes.log_issues import log_issues_router
from beredt.web.routes.log_reports import log_reports_router
from beredt.web.routes.logs import logs_router
from beredt.web.routes.map import map_router
from beredt.web.routes.playback import playback_router
from beredt.web.routes.risk import risk_router
from beredt.web.routes.risk_workbook import risk_workbook_router
from beredt.web.routes.roads import roads_router
from beredt.web.routes.rosterings import rosterings_router
from beredt.web.routes.runs import runs_router
from beredt.web.routes.service import service_router
from beredt.web.routes.sitings import sitings_router
from beredt.web.routes.studies import studies_router
from beredt.web.routes.words import words_router
from beredt.web.security import Security
from beredt.web.static import install_screen
from beredt.web.too_large import TooLarge

API = "/api"
LARGEST_BODY = 8_000_000
"""Bytes of a request."""
LEAST_COMPRESSED, COMPRESSION = 1_000, 5


def create_app(parts: Parts, when_begun: Callable[[], None] | None = None) -> FastAPI:
    """The application, which any ASGI server can run.

    Args:
        parts: what it is made from.
        when_begun: called in a thread of its own when the server begins, for what takes time and nobody waits for.
    """
    app = _Secured(
        parts,
        title="Beredt Studio",
        version=__version__,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # its pages come from another server
        redoc_url=None,
        responses=PROBLEMS,
        generate_unique_id_function=_operation_id,
        lifespan=_lifespan(parts, when_begun),
        max_body_size=LARGEST_BODY,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    install_errors(app)
    for router in make_routers(parts):
        app.include_router(router, prefix=API)
    parts.access.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_COMPRESSED, compresslevel=COMPRESSION)
    install_screen(app, parts.screen, parts.library.find_only)
    return app


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
        analyses_router(parts.library, parts.jobs, bases),
        sitings_router(parts.library, parts.jobs, bases),
        dimensionings_router(parts.library, parts.jobs, bases),
        rosterings_router(parts.library, parts.jobs, bases),
        demand_router(parts.library, parts.jobs),
        logs_router(parts.library, parts.logs, parts.jobs),
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


class _Secured(FastAPI):
    """An application whose every response passes through `Security`, those to faults of the program as well."""

    def __init__(self, parts: Parts, **settings: Any) -> None:
        self._parts = parts
        super().__init__(**settings)

    def build_middleware_stack(self) -> ASGIApp:
        """All layers, and security round them."""
        inner = TooLarge(super().build_middleware_stack())
        return Security(inner, host_names=self._parts.host_names, secure=self._parts.secure)


def _operation_id(route: APIRoute) -> str:
    """What the client calls a route: the name of its function."""
    return route.name


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
