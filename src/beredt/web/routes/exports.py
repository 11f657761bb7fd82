"""What is on the screen, to be taken along: tables and map layers of the answer, and the study."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.answers.engine import Engine
from beredt.web.answers.forms import AnswersQuestion
from beredt.web.answers.stream import understand
from beredt.web.exports.report_files import MEDIA_TYPES, report_file
from beredt.web.exports.study_zip import write_study_zip
from beredt.web.exports.whole_years import whole_years
from beredt.web.library import Library

ZIP = "application/zip"


def exports_router(library: Library, engine: Engine) -> APIRouter:
    """`/studies/{study}/exports`."""
    router = APIRouter(tags=["exports"])

    @router.post(
        "/studies/{study}/exports/answer.{form}",
        response_class=Response,
        responses={200: {"description": "The file", "content": {one: {} for one in MEDIA_TYPES.values()}}},
    )
    @needs(Role.READER, noted=Noted.LOOK, heavy=True)
    async def post_answer_file(study: str, form: Literal["gpkg", "xlsx"], question: AnswersQuestion) -> Response:
        """The answer to a question as a GeoPackage of areas and stations, or as a workbook of all its tables.

        Columns and words are those of the report. Replications that are not there yet are simulated first.
        """
        opened = library.get(study)
        asked = await run_in_threadpool(understand, engine, opened, question)
        runs = await whole_years(engine, asked)
        content = await run_in_threadpool(report_file, form, asked.telling, runs)
        name = "-".join((study, *(draft.id for draft in question.of)))
        return Response(content, media_type=MEDIA_TYPES[form], headers=_as_file(f"{name}.{form}"))

    @router.get("/studies/{study}/exports/study.zip", response_class=FileResponse)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_study_zip(study: str) -> FileResponse:
        """The folder of a study: settings, tables and saved alternatives. Unsaved drafts are in nobody's folder."""
        opened = library.get(study)
        handle, name = tempfile.mkstemp(prefix="beredt-export-", suffix=".zip")
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                write_study_zip(opened.folder, study, file)
        except BaseException:
            path.unlink()
            raise
        return FileResponse(path, media_type=ZIP, filename=f"{study}.zip", background=BackgroundTask(path.unlink))

    return router


def _as_file(name: str) -> dict[str, str]:
    """The header that has a browser keep an answer under a name."""
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-._+") else "_" for one in name)
    return {"content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
