"""The workbook of a risk workshop: taken along, and brought back filled in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Body, Request
from fastapi.responses import Response

from beredt.errors import OptionError, StudyError
from beredt.model.issue import has_errors
from beredt.model.settings_base import Language
from beredt.report.risk_form.read_form import read_risk_forms
from beredt.report.risk_form.write_form import Sheet, empty_sheets, filled_sheets, write_risk_form
from beredt.report.words import load_words
from beredt.web.access.caller import get_caller
from beredt.web.access.kinds import ZIPPED
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.library import Library
from beredt.web.open_study import OpenStudy
from beredt.web.risk.workshop import Same, Workshop, risk_study
from beredt.web.routes.risk_answers import RiskBroughtIn

LARGEST_WORKBOOK = 5_000_000
"""Bytes. A workbook of a hundred assessors has less than two million."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def risk_workbook_router(library: Library, workshop: Workshop) -> APIRouter:
    """`/studies/{study}/risk/workbook`."""
    router = APIRouter(tags=["risk"])

    @router.get("/studies/{study}/risk/workbook", response_class=Response, responses=_sent())
    @needs(Role.READER, noted=Noted.LOOK)
    def take_risk_workbook(study: str, lang: Language = "en") -> Response:
        """The empty form, as `beredt risk export` writes it."""
        opened = library.get(study)
        read = risk_study(opened)
        return _workbook(opened, lang, empty_sheets(read, load_words(lang), ()))

    @router.get("/studies/{study}/risk/workbook/filled", response_class=Response, responses=_sent())
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def take_filled_risk_workbook(study: str, lang: Language = "en") -> Response:
        """A sheet per assessor with what each has answered, for a second round. 422 when nobody has."""
        opened = library.get(study)
        scores = workshop.state(opened).frame(risk_study(opened))
        if scores.is_empty():
            raise OptionError("study", study, "nobody has answered anything yet", "take the empty form")
        return _workbook(opened, lang, filled_sheets(scores))

    @router.post("/studies/{study}/risk/workbook", max_body_size=LARGEST_WORKBOOK)
    @needs(Role.ANALYST, noted=Noted.CHANGE, kinds=(ZIPPED,))
    def bring_risk_workbook(
        request: Request,
        study: str,
        workbook: Annotated[bytes, Body(media_type=WORKBOOK)],
        same: Same = "refuse",
    ) -> RiskBroughtIn:
        """Answers of a filled-in workbook. 422 with every fault, and nothing is taken in.

        Assessors that have answered otherwise before are refused with 409, or as `same` says replaced or given numbers
        of their own.
        """
        opened = library.get(study)
        scores, warnings = _read(opened, workbook)
        changed = workshop.bring_in(opened, scores, same, get_caller(request).name)
        assessors = scores.select("role", "assessor").n_unique()
        return RiskBroughtIn(answers=scores.height, assessors=assessors, changed=changed, warnings=warnings)

    return router


def _sent() -> dict[int | str, dict[str, object]]:
    return {200: {"content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}}


def _workbook(opened: OpenStudy, lang: Language, sheets: tuple[Sheet, ...]) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_risk_form(risk_study(opened), load_words(lang), path, sheets)
        content = path.read_bytes()
    headers = {"content-disposition": f'attachment; filename="{opened.id}-risk-{lang}.xlsx"'}
    return Response(content, media_type=WORKBOOK, headers=headers)


def _read(opened: OpenStudy, workbook: bytes) -> tuple[pl.DataFrame, list[str]]:
    """Scores and warnings. Raises StudyError with every fault."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(workbook)
        scores, issues = read_risk_forms(risk_study(opened), [path])
    if has_errors(issues) or scores.is_empty():
        raise StudyError(issues, "the workbook cannot be used")
    return scores, [issue.text() for issue in issues]
