"""`GET /api/audit`: the log of who did what, as CSV, for admins."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from beredt.errors import NotYoursError
from beredt.web.access.audit import AuditLog, csv_lines
from beredt.web.access.caller import EVERYTHING, get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role


def audit_router(log: AuditLog, *, divided: bool = False) -> APIRouter:
    """`/audit`; `divided` says that several organisations use the server, of which each sees what is its own."""
    router = APIRouter(tags=["session"])

    @router.get("/audit", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
    @needs(Role.ADMIN, noted=Noted.LOOK)
    def get_audit(
        request: Request, since: float = 0.0, until: float | None = None, user: str | None = None
    ) -> StreamingResponse:
        """Who looked at what and changed what, the oldest first; `since` and `until` in seconds since 1970.

        An admin of an organisation reads of the accounts that work for it, since they do.
        """
        of = get_caller(request).organisation
        if divided and not of:
            raise NotYoursError("your account is of no organisation, and each reads the log of its own here: ask "
                                "whoever looks after this server")  # fmt: skip
        headers = {"content-disposition": 'attachment; filename="beredt-audit.csv"', "cache-control": "no-store"}
        return StreamingResponse(
            csv_lines(log.entries(since, until, user, None if of in ("", EVERYTHING) else of)),
            media_type="text/csv",
            headers=headers,
        )

    return router
