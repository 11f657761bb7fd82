"""`/api/session`: who am I, what may I do, and log me out. The screen shows only what its user may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from beredt.web.access.asked import Asked, asked
from beredt.web.access.caller import Caller, get_caller
from beredt.web.access.cookies import Cookies
from beredt.web.access.csrf import csrf_token
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.access.users import Clock

Mode = Literal["local", "accounts"]
LogOut = Callable[[Caller, Asked], Awaitable[None]]


class SessionOut(BaseModel):
    """Who is calling.

    `mode` is `local` on one's own machine, where nobody is asked who they are. `name` is that of the account; `role`
    what it may do; `organisation` for whom it works, `*` for the whole service, "" where nobody has said; `csrf` the
    token that every change brings in the header x-beredt-csrf; `ends_in_s` the seconds until the session ends whatever
    is done, null if it does not.
    """

    mode: Mode
    name: str
    role: Literal["anyone", "reader", "analyst", "admin"]
    organisation: str
    csrf: str
    ends_in_s: float | None


def session_router(mode: Mode, clock: Clock, log_out: LogOut | None) -> APIRouter:
    """`/session`; without `log_out` nobody is logged in and nobody can log out."""
    router = APIRouter(tags=["session"])

    @router.get("/session")
    @needs(Role.ANYONE)
    def get_session(request: Request, response: Response) -> SessionOut:
        """Who is calling, also when it is nobody who is logged in."""
        response.headers["cache-control"] = "no-store"
        caller = get_caller(request)
        fields = {
            "mode": mode,
            "name": caller.name,
            "role": caller.role.word,
            "organisation": caller.organisation,
            "csrf": csrf_token(caller.token),
            "ends_in_s": None if caller.ends_at is None else max(0.0, caller.ends_at - clock()),
        }
        return SessionOut.model_validate(fields)

    if log_out is not None:

        @router.delete("/session", status_code=204)
        @needs(Role.READER)
        async def end_session(request: Request) -> Response:
            """Log out."""
            await log_out(get_caller(request), asked(request.scope))
            response = Response(status_code=204)
            for line in Cookies(secure=True).take_away():
                response.headers.append("set-cookie", line)
            return response

    return router
