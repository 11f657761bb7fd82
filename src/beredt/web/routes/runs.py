"""Runs of a whole study: asked for, read chapter by chapter, and taken along as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response
from pydantic import BaseModel, Field

from beredt.errors import OptionError, ResultsError, UnknownIdError
from beredt.model.read import load_study
from beredt.model.settings_base import AlternativeId, Language
from beredt.report.page.render import style_sheet
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job_files import OUT, STUDY
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.study_run import lay_study
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.routes.job_answers import JobOut, job_out
from beredt.web.run_chapters import RunChapter, find_chapters, get_chapter, list_files, write_chapters

RUN = "run"
CHAPTERS_KEPT = 6
FIRST_CHAPTER = ".report > .chapter:first-child { padding-top: 0; }"
"""A chapter that stands alone needs no room above it."""


class Css(Response):
    """A style sheet, told as one in the OpenAPI document."""

    media_type = "text/css"


NOT_SHOWN = "results/"
"""Tables of the results are many, and come along in the workbook."""


class RunQuestion(BaseModel):
    """What to run: `alternatives` are ids, none for all; `replications` null is as in the study."""

    alternatives: Annotated[list[AlternativeId], Field(max_length=50)] = []
    replications: Annotated[int, Field(ge=1, le=1_000)] | None = None


class RunList(BaseModel):
    """Runs that are done, the newest first."""

    runs: list[JobOut]


class ChapterHead(BaseModel):
    """A chapter: its title, and its finding in one sentence."""

    id: str
    title: str
    finding: str


class ChapterList(BaseModel):
    """The chapters of a report in the order in which a reader needs them."""

    fingerprint: str
    chapters: list[ChapterHead]


class RunFile(BaseModel):
    """A file to take along."""

    name: str
    size_bytes: int


class RunFiles(BaseModel):
    """The files of a run."""

    files: list[RunFile]


def runs_router(library: Library, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/runs`, `/runs` and `/report.css`."""
    router = APIRouter(tags=["runs"])
    kept: Kept[tuple[str, str], tuple[RunChapter, ...]] = Kept(CHAPTERS_KEPT)

    @router.post("/studies/{study}/runs", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_run(study: str, question: RunQuestion) -> JobOut:
        """Run a study as it is saved now: a job, whose result stays."""
        opened = library.get(study)
        read = opened.get_study()
        if read.roads is not None:
            remedy = "simulate it with `beredt simulate`"
            raise OptionError("study", study, "a study on a road graph has no report", remedy)
        for one in question.alternatives:
            read.get_alternative(one)
        options = question.model_dump()
        options["replications"] = question.replications or read.settings.simulation.replications
        job = queue.ask(RUN, study, read.fingerprint, options, lambda folder: lay_study(opened.folder, folder))
        return job_out(job, queue)

    @router.get("/runs")
    @needs(Role.READER)
    def list_runs(study: str | None = None) -> RunList:
        """Runs that are done, of one study or of all."""
        done = [job for job in queue.list_jobs() if (job.kind, job.state) == (RUN, "done")]
        return RunList(runs=[job_out(job, queue) for job in done if study in (None, job.study)])

    @router.get("/runs/{run}/chapters")
    @needs(Role.READER, noted=Noted.LOOK)
    def list_chapters(run: str, lang: Language = "en") -> ChapterList:
        """The chapters of a run's report in a language."""
        heads = [ChapterHead(id=one.id, title=one.title, finding=one.finding) for one in chapters_of(run, lang)]
        return ChapterList(fingerprint=str((queue.get(run).summary or {}).get("fingerprint", "")), chapters=heads)

    @router.get("/runs/{run}/chapters/{chapter}", response_class=HTMLResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def read_chapter(run: str, chapter: str, lang: Language = "en") -> HTMLResponse:
        """A chapter as a piece of HTML: to stand inside an element of the class `report`, with `/api/report.css`."""
        return HTMLResponse(get_chapter(chapters_of(run, lang), chapter).html)

    @router.get("/runs/{run}/files")
    @needs(Role.READER)
    def list_run_files(run: str) -> RunFiles:
        """What can be taken along: pages, PDF, Excel, GeoPackage and figures."""
        files = list_files(done_run(queue, run))
        return RunFiles(
            files=[
                RunFile(name=name, size_bytes=path.stat().st_size)
                for name, path in sorted(files.items())
                if not name.startswith(NOT_SHOWN)
            ]
        )

    @router.get("/runs/{run}/files/{name:path}", response_class=FileResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def take_file(run: str, name: str) -> FileResponse:
        """One file, to be kept: a report is a page of its own, which this server's policy would not let run."""
        files = list_files(done_run(queue, run))
        if name not in files:
            raise UnknownIdError("file of the run", name, files)
        path = files[name]
        return FileResponse(path, filename=f"{queue.get(run).study}-{path.name}")

    @router.get("/report.css", response_class=Css)
    @needs(Role.READER)
    def get_report_style() -> Response:
        """How chapters look, inside elements of the class `report`; the colours are variables of the screen."""
        return Css(f".report {{\n{style_sheet()}}}\n{FIRST_CHAPTER}\n")

    def chapters_of(run: str, language: str) -> tuple[RunChapter, ...]:
        out = done_run(queue, run)

        def make() -> tuple[RunChapter, ...]:
            return find_chapters(out, language) or write_chapters(out, load_study(out.parent / STUDY), language)

        return kept.get((run, language), make)

    return router


def done_run(queue: JobQueue, run: str) -> Path:
    """The folder of what a run made. Raises UnknownIdError, and ResultsError for one that is not done."""
    job = queue.get(run)
    if job.kind != RUN or job.state != "done":
        raise ResultsError(f"the run {run} has no results: it is {job.state}")
    return queue.files.folder_of(run) / OUT
