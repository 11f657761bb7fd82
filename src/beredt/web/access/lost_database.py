"""A database that does not answer or has no room: what needs it is refused in words, as something that passes."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from sqlalchemy.exc import InterfaceError, OperationalError

from beredt.errors import RefusedError
from beredt.web.access.asked import asked
from beredt.web.access.refusals import refusal_response

LOST = (OperationalError, InterfaceError)
"""What SQLAlchemy raises when a database cannot be reached, read or written; faults of questions are others."""
TRY_AGAIN_S = 5.0


def away() -> RefusedError:
    """The refusal of whatever needs the database."""
    return RefusedError(503, "away", retry_s=TRY_AGAIN_S)


def install_lost_database(app: FastAPI) -> None:
    """Have a route whose database is lost answered so."""
    for kind in LOST:
        app.add_exception_handler(kind, _on_lost)


async def _on_lost(request: Request, error: Exception) -> Response:
    del error  # it may hold what was asked
    return refusal_response(away(), asked(request.scope))
