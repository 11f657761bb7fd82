"""Imports of mission logs: what is read from which column, and the job that reads and cleans."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from beredt.errors import OptionError, ProfileError
from beredt.model.issue import Issue, has_errors
from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job import ENDED
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.log_import import LOG_IMPORT, lay_profile
from beredt.web.library import Library
from beredt.web.logs.reviewing import who_is
from beredt.web.logs.shelf import LogShelf
from beredt.web.logs.told import tell_header
from beredt.web.routes.job_answers import JobOut, job_out
from beredt.web.routes.log_reading import ReadingOut, columns_of, profile_title, reading_out


class ImportQuestion(BaseModel):
    """How to import: `profile` by name, or `own`; `without` are rules that are switched off.

    `generated` says that nothing in the log is real, also where the log does not say so itself.
    """

    profile: Annotated[str, Field(min_length=1, max_length=80)]
    without: Annotated[list[str], Field(max_length=100)] = []
    generated: bool = False


def log_imports_router(library: Library, shelf: LogShelf, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/logs/{log}/reading` and `/import`."""
    router = APIRouter(tags=["logs"])

    @router.get("/studies/{study}/logs/{log}/reading")
    @needs(Role.ANALYST)
    def get_reading(study: str, log: str, profile: str) -> ReadingOut:
        """What would be read from which column with a profile."""
        found = shelf.get(study, log)
        own = shelf.folder_of(found)
        told = tell_header(found.name, columns_of(found), own.load_profile(profile).profile)
        return reading_out(profile, profile_title(own, profile), told)

    @router.post("/studies/{study}/logs/{log}/import", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def import_log(study: str, log: str, question: ImportQuestion, request: Request) -> JobOut:
        """Read and clean a log into a store: a job. Until it is done, the store of the import before holds."""
        from beredt.missions.checks.rule import get_rule

        library.get(study)
        found = shelf.get(study, log)
        own = shelf.folder_of(found)
        own.get_file()
        for rule in question.without:
            if not get_rule(rule).cleans:
                raise OptionError("without", rule, "it belongs to reading and cannot be switched off", "leave it out")
        told = tell_header(found.name, columns_of(found), own.load_profile(question.profile).profile)
        issues = [Issue(**one) for one in told["issues"]]
        if has_errors(issues):
            raise ProfileError(issues)
        if any(_is_same(job.options, log) and job.kind == LOG_IMPORT and job.state not in ENDED
               for job in queue.list_jobs()):  # fmt: skip
            raise OptionError("log", found.name, "it is being imported", "wait for that import, or stop it")
        shelf.change(
            study, log, profile=question.profile, without=tuple(question.without), generated=question.generated
        )
        options = {"study": study, "log": log, "who": who_is(get_caller(request).name), **question.model_dump()}
        job = queue.ask(LOG_IMPORT, study, "", options, lambda folder: lay_profile(own, question.profile, folder))
        return job_out(job, queue)

    return router


def _is_same(options: object, log: str) -> bool:
    return isinstance(options, dict) and options.get("log") == log
