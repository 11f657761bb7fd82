"""`/healthz` and `/readyz`: whether the server lives, and whether it can do its work. They tell nothing else."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.watch.health import Health

LIVE, READY = "/healthz", "/readyz"


def health_router(health: Health) -> APIRouter:
    """Both, for a proxy or whatever starts servers anew: no session is needed, and no reasons are told."""
    router = APIRouter(include_in_schema=False)

    @router.get(LIVE)
    @needs(Role.ANYONE)
    async def get_healthz() -> JSONResponse:
        """The server lives: its loop answers."""
        return JSONResponse({"live": True})

    @router.get(READY)
    @needs(Role.ANYONE)
    async def get_readyz() -> JSONResponse:
        """Whether everything works that the server needs, part by part; 503 where it does not."""
        found = await to_thread.run_sync(health.look)
        ready = health.is_ready(found)
        parts = {name: one.state for name, one in found.items()}
        return JSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503)

    return router
