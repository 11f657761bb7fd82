"""The live server, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from beredt.errors import LiveStoreError
from beredt.web.live.advice_routes import advice_router, readiness_router
from beredt.web.live.parts import LiveParts
from beredt.web.live.routes import feed_router, picture_router
from beredt.web.live.study_routes import study_router
from beredt.web.routes.words import words_router
from beredt.web.secured_app import API, Lifespan, secured_app
from beredt.web.static import LIVE_PAGE, install_screen

LEAST_COMPRESSED = 1_000
FOLLOWS_EVERY_S = 1.0
"""How often it looks whether another server has written into the same log."""


def create_live_app(parts: LiveParts) -> FastAPI:
    """The application, which any ASGI server can run."""
    app = secured_app("Beredt live", parts.host_names, parts.secure, _lifespan(parts), parts.watch)
    for router in make_live_routers(parts):
        app.include_router(router, prefix=API)
    parts.access.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_COMPRESSED)
    install_screen(app, parts.screen, first_page=LIVE_PAGE)
    return app


def make_live_routers(parts: LiveParts) -> list[APIRouter]:
    """All that can be asked of the live server, noun by noun."""
    return [
        feed_router(parts),
        picture_router(parts),
        readiness_router(parts),
        advice_router(parts),
        study_router(parts),
        words_router(),
    ]


def _lifespan(parts: LiveParts) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        following = asyncio.create_task(_follow(parts))
        if parts.webhooks is not None:
            await asyncio.to_thread(parts.webhooks.start)
        try:
            yield
        finally:
            following.cancel()
            if parts.webhooks is not None:
                await asyncio.to_thread(parts.webhooks.close)
            await asyncio.to_thread(parts.live.close)

    return lifespan


async def _follow(parts: LiveParts) -> None:
    """Read what other servers have written. A database that is gone is asked again: whoever sends is told meanwhile."""
    while True:
        await asyncio.sleep(FOLLOWS_EVERY_S)
        with suppress(LiveStoreError):
            await asyncio.to_thread(parts.live.catch_up)
