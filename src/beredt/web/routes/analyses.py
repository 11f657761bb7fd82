"""Answers of analyses: which there are, which the study has outgrown, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel

from beredt.errors import ResultsError, StudyError, UnknownIdError
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.answer_files import list_answer_files, read_answer
from beredt.web.analyses.basis import Bases
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library

KINDS = ("site", "dimension", "roster", "major", "tasks", "policies")
BASIS, ABOUT = "basis", "about"
"""Options of every such job: what it rests on, and the alternatives that it was asked about."""

Answer = TypeVar("Answer", bound=BaseModel)


class Standing(BaseModel):
    """Whether an analysis that was done still stands: `is_stale` when the study is another than it was asked of."""

    id: str
    kind: str
    is_stale: bool


class Standings(BaseModel):
    """Analyses of a study that are done, the newest first."""

    analyses: list[Standing]


class AnswerFile(BaseModel):
    """A file to take along."""

    name: str
    size_bytes: int


class AnswerFiles(BaseModel):
    """The files of an analysis."""

    files: list[AnswerFile]


def analyses_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/studies/{study}/analyses` and `/analyses`."""
    router = APIRouter(tags=["analyses"])

    @router.get("/studies/{study}/analyses")
    @needs(Role.READER)
    def list_analyses(study: str) -> Standings:
        """Which analyses of a study still stand. A study that cannot be used has outgrown all."""
        opened = library.get(study)
        done = [job for job in queue.list_jobs() if job.kind in KINDS and (job.study, job.state) == (study, "done")]

        def is_stale(job: Job) -> bool:
            try:
                return bases.basis_of(opened, opened.get_study(), job.options[ABOUT]) != str(job.options[BASIS])
            except StudyError:
                return True

        return Standings(analyses=[Standing(id=job.id, kind=job.kind, is_stale=is_stale(job)) for job in done])

    @router.get("/analyses/{analysis}/files")
    @needs(Role.READER)
    def list_analysis_files(analysis: str) -> AnswerFiles:
        """What can be taken along: the page to print, tables as CSV, the answer as JSON, sites as GeoJSON."""
        files = list_answer_files(folder_of(queue, analysis, KINDS))
        return AnswerFiles(
            files=[AnswerFile(name=name, size_bytes=path.stat().st_size) for name, path in files.items()]
        )

    @router.get("/analyses/{analysis}/files/{name}", response_class=FileResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def take_analysis_file(analysis: str, name: str) -> FileResponse:
        """One file, to be kept."""
        files = list_answer_files(folder_of(queue, analysis, KINDS))
        if name not in files:
            raise UnknownIdError("file of the analysis", name, files)
        return FileResponse(files[name], filename=f"{queue.get(analysis).study}-{name}")

    return router


def folder_of(queue: JobQueue, job_id: str, kinds: tuple[str, ...]) -> Path:
    """The folder of what an analysis made. Raises UnknownIdError, and ResultsError for one that is not done."""
    job = queue.get(job_id)
    if job.kind not in kinds:
        raise UnknownIdError(kinds[0], job_id)
    if job.state != "done":
        raise ResultsError(f"the analysis {job_id} has no results: it is {job.state}")
    return queue.files.folder_of(job_id) / OUT


def answer_of(queue: JobQueue, job_id: str, kind: str, shape: type[Answer]) -> Answer:
    """What an analysis answered. Raises UnknownIdError, and ResultsError where there is nothing to read."""
    return read_answer(folder_of(queue, job_id, (kind,)), shape)
