"""Forecasts of a mission log: asked for as a job, read as chapters, taken along as files.

They tell of no incident, and places with few are put together: readers may see them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from beredt.errors import ResultsError, UnknownIdError
from beredt.model.settings_base import Language
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.log_forecast import LOG_FORECAST
from beredt.web.library import Library
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.demand import WholeChapter
from beredt.web.routes.job_answers import JobOut
from beredt.web.routes.log_asked import ask_of_log
from beredt.web.routes.runs import RunFile
from beredt.web.run_chapters import find_chapters

TAKEN = (".html", ".csv", ".json")
MOST_HOURS = 24 * 7 * 4


class ForecastQuestion(BaseModel):
    """What to forecast: `hours` ahead, incidents put together `by` place, tried at `origins` moments of the past."""

    hours: Annotated[int, Field(ge=6, le=MOST_HOURS)] = 72
    by: Literal["all", "municipality", "district", "tettsted"] = "municipality"
    origins: Annotated[int, Field(ge=4, le=104)] = 26


class LogForecast(BaseModel):
    """A forecast in a language. `is_stale` when the log was imported anew since, or is gone."""

    log: str
    fingerprint: str
    is_stale: bool
    chapters: list[WholeChapter]
    files: list[RunFile]


def log_forecasts_router(library: Library, shelf: LogShelf, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/logs/{log}/forecasts` and `/studies/{study}/forecasts`."""
    router = APIRouter(tags=["demand"])

    @router.post("/studies/{study}/logs/{log}/forecasts", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_forecast(study: str, log: str, question: ForecastQuestion) -> JobOut:
        """Forecast the hours after a log: a job, whose answer stays."""
        return ask_of_log(LOG_FORECAST, study, log, question, library, shelf, queue)

    @router.get("/studies/{study}/forecasts/{forecast}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_forecast(study: str, forecast: str, lang: Language = "en") -> LogForecast:
        """The chapters of a forecast: bands, places, backtest, whether the intervals hold."""
        job, out = done(study, forecast)
        found = find_chapters(out, lang) or find_chapters(out, "en") or ()
        files = [one for one in sorted(out.iterdir()) if one.suffix in TAKEN]
        return LogForecast(
            log=str(job.options["log"]),
            fingerprint=str((job.summary or {}).get("fingerprint", "")),
            is_stale=is_stale(study, job),
            chapters=[WholeChapter(id=c.id, title=c.title, finding=c.finding, html=c.html) for c in found],
            files=[RunFile(name=one.name, size_bytes=one.stat().st_size) for one in files],
        )

    @router.get("/studies/{study}/forecasts/{forecast}/files/{name}", response_class=FileResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def take_forecast_file(study: str, forecast: str, name: str) -> FileResponse:
        """One file, to be kept."""
        _, out = done(study, forecast)
        files = {one.name: one for one in out.iterdir() if one.suffix in TAKEN}
        if name not in files:
            raise UnknownIdError("file of the forecast", name, files)
        return FileResponse(files[name], filename=name)

    def done(study: str, forecast: str) -> tuple[Job, Path]:
        job = queue.get(forecast)
        if (job.kind, job.study) != (LOG_FORECAST, study):
            raise UnknownIdError("forecast", forecast)
        if job.state != "done":
            raise ResultsError(f"the forecast {forecast} has no results: it is {job.state}")
        return job, queue.files.folder_of(forecast) / OUT

    def is_stale(study: str, job: Job) -> bool:
        try:
            version = shelf.folder_of(shelf.get(study, str(job.options["log"]))).version
            return version != str(job.options["version"])
        except UnknownIdError:
            return True

    return router
