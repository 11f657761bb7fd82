"""Every error becomes a problem: what went wrong, where, and what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from beredt.errors import (
    AdviceError,
    BeredtError,
    CancelledError,
    EditError,
    Finding,
    LiveStoreError,
    LostRowsError,
    NotYoursError,
    ResultsError,
    SimulationError,
    StaleVersionError,
    StudyError,
    StudyNotFoundError,
    UnknownIdError,
    UploadError,
)
from beredt.web.access.language import choose_words
from beredt.web.faults import PROBLEM_TYPE, Fault, Problem, faults_of, problem_in_language

STATUSES: tuple[tuple[type[BeredtError], HTTPStatus], ...] = (
    (StudyNotFoundError, HTTPStatus.NOT_FOUND),
    (UnknownIdError, HTTPStatus.NOT_FOUND),
    (ResultsError, HTTPStatus.NOT_FOUND),
    (NotYoursError, HTTPStatus.FORBIDDEN),
    (StaleVersionError, HTTPStatus.CONFLICT),
    (CancelledError, HTTPStatus.CONFLICT),
    (SimulationError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (AdviceError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LiveStoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LostRowsError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (BeredtError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""The first kind that fits decides."""

TITLES: Mapping[int, str] = {
    HTTPStatus.FORBIDDEN: "This is not allowed",
    HTTPStatus.NOT_FOUND: "This is not here",
    HTTPStatus.CONFLICT: "Somebody else was here first",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be used",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A fault of Beredt",
}

PROBLEMS: dict[int | str, dict[str, object]] = {
    "default": {"description": "What went wrong, and what to do", "model": Problem}
}
"""What every route may answer instead."""


def install_errors(app: FastAPI) -> None:
    """Have every error of the server answered as a problem."""
    app.add_exception_handler(BeredtError, _on_own)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)


def problem_of(error: BeredtError) -> Problem:
    """An error of Beredt as a problem, with all its issues or complaints."""
    status = error.status if isinstance(error, UploadError) else _status_of(error)
    findings: tuple[Finding, ...] = ()
    if isinstance(error, StudyError):
        findings = error.issues
    elif isinstance(error, EditError):
        findings = error.complaints
    headline = str(error).partition("\n")[0]
    return Problem(title=title_of(status), status=status, detail=headline, issues=faults_of(findings))


def _status_of(error: BeredtError) -> int:
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def fault_problem(error: Exception, when: str) -> Problem:
    """A fault of the program as a problem, which tells nothing of its inside; `when` says what was being done."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = (
        f"{type(error).__name__} {when}. This is a fault of Beredt, not of the study: please report it with what the "
        "terminal of the server shows"
    )
    return Problem(title=title_of(status), status=status, detail=detail)


def title_of(status: int) -> str:
    """The heading of a problem with this status."""
    return TITLES.get(status) or HTTPStatus(status).phrase


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    content = problem.model_dump_json()
    return Response(content, problem.status, headers=dict(headers or {}), media_type=PROBLEM_TYPE)


async def _on_own(request: Request, error: Exception) -> Response:
    assert isinstance(error, BeredtError)
    words = choose_words(None, request.headers.get("accept-language"))
    return answer(problem_in_language(problem_of(error), words))


async def _on_invalid(request: Request, error: Exception) -> Response:
    """A request that is not in the form that the OpenAPI document asks for."""
    del request
    assert isinstance(error, RequestValidationError)
    issues = [
        Fault(
            message=str(one["msg"]),
            remedy="see /api/openapi.json for what is asked for",
            field=".".join(str(part) for part in one["loc"]),
            value=str(one.get("input", ""))[:60],
        )
        for one in error.errors()
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    detail = "the request is not in the form that is asked for"
    return answer(Problem(title=title_of(status), status=status, detail=detail, issues=issues))


async def _on_http(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, HTTPException)
    problem = Problem(title=title_of(error.status_code), status=error.status_code, detail=str(error.detail))
    return answer(problem, error.headers)


async def _on_fault(request: Request, error: Exception) -> Response:
    """A fault of the program: told to the log in full, to the reader without any of it."""
    asked = f"{request.method} {request.url.path}"
    if not getattr(
        request.app.state, "faults_are_logged", False
    ):  # else a line about it is written by whoever watches all requests
        sys.stderr.write(f"{asked}\n{''.join(traceback.format_exception(error))}")
    return answer(fault_problem(error, f"while answering {asked}"))
