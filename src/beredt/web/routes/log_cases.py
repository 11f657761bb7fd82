"""The review queue of a mission log: single missions that rules have flagged, what people found, and their history.

Not for readers: they are told how many cases stand where, with small counts left out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.log_review import LOG_REVIEW
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.logs.calendar import span_of
from beredt.web.logs.log_folder import LogFolder
from beredt.web.logs.reviewing import change_status, check_case, open_review, who_is
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.case_answers import CaseDetail, CaseList, QueueOut, case_detail, case_out, queue_out
from beredt.web.routes.job_answers import JobOut, job_out
from beredt.web.routes.log_issues import made_file

if TYPE_CHECKING:
    from beredt.indicators.review.queue import ReviewQueue
    from beredt.indicators.review.queued import QueuedCase

PAGE = 100
Words = Annotated[list[str], Field(max_length=40)]
Word = Annotated[str, Field(max_length=200)]
Day = Annotated[str, Field(max_length=10)]


class ReviewQuestion(BaseModel):
    """Which `rules` to run, none for all, over how many of the last `days` of the log, 0 for all of it."""

    rules: Annotated[list[str], Field(max_length=40)] = []
    days: Annotated[int, Field(ge=0, le=100_000)] = 90


class Filter(BaseModel):
    """Which cases: with any of these statuses and rules, of this unit or municipality, with a call in these days."""

    status: Words = []
    rule: Words = []
    unit: Word | None = None
    municipality: Word | None = None
    since: Day = ""
    until: Day = ""


class Shown(Filter):
    """Which of them a page shows."""

    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = PAGE


class StatusChange(BaseModel):
    """Another status, with a comment; `seen` is the status that the case had when it was looked at."""

    status: Annotated[str, Field(max_length=40)]
    seen: Annotated[str, Field(max_length=40)]
    comment: Annotated[str, Field(max_length=4_000)] = ""


class Comment(BaseModel):
    """What somebody found."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]


class Assigned(BaseModel):
    """Who looks at it, "" for nobody."""

    person: Annotated[str, Field(max_length=64)]


def log_cases_router(library: Library, shelf: LogShelf, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/logs/{log}/review`."""
    router = APIRouter(tags=["logs"])

    @router.get("/studies/{study}/logs/{log}/review")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_review(study: str, log: str) -> QueueOut:
        """How many cases stand where, by the rule that flagged them. Small counts are left out."""
        own = folder(study, log)
        if not own.queue.is_file():
            return QueueOut(exists=False, rows=[])
        with open_review(own) as held:
            return queue_out(held.list_cases())

    @router.post("/studies/{study}/logs/{log}/review", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def run_rules(study: str, log: str, question: ReviewQuestion, request: Request) -> JobOut:
        """Run the rules over the log, with the study as it is saved now: a job. Known cases keep their status."""
        from beredt.indicators.review.rules import choose_rules

        opened = library.get(study)
        read = opened.get_study()
        own = folder(study, log)
        own.get_store()
        choose_rules(question.rules)
        options = {"study": study, "log": log, "who": who_is(get_caller(request).name), **question.model_dump()}
        job = queue.ask(LOG_REVIEW, study, read.fingerprint, options, lambda to: lay_study(opened.folder, to))
        return job_out(job, queue)

    @router.get("/studies/{study}/logs/{log}/review/cases")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def list_cases(study: str, log: str, wanted: Annotated[Shown, Query()], request: Request) -> CaseList:
        """Cases, the gravest first; who looks at how many is written down. Days are on the clock of the log."""
        own = folder(study, log)
        with open_review(own) as held:
            cases = chosen_cases(held, own, wanted)
            shown = cases[wanted.offset : wanted.offset + wanted.limit]
            towns, units = held.list_words()
            held.note_access(who_is(get_caller(request).name), "list", len(shown), datetime.now(UTC))
        return CaseList(total=len(cases), cases=[case_out(one) for one in shown], municipalities=towns, units=units)

    @router.get("/studies/{study}/logs/{log}/review/cases/{case}")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_case(study: str, log: str, case: int, request: Request) -> CaseDetail:
        """One case: its flags, the stamps of its missions, and everything that has happened to it."""
        own = folder(study, log)
        with open_review(own) as held:
            check_case(held, case)
            held.note_access(who_is(get_caller(request).name), "show", 1, datetime.now(UTC))
            return case_detail(own.get_store(), held, case)

    @router.post("/studies/{study}/logs/{log}/review/cases/{case}/status")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_status(study: str, log: str, case: int, change: StatusChange, request: Request) -> CaseDetail:
        """Give a case another status. 409 when somebody else has changed it since it was seen."""
        own = folder(study, log)
        with open_review(own) as held:
            who = who_is(get_caller(request).name)
            change_status(held, case, change.status, who, change.comment, change.seen)
            return case_detail(own.get_store(), held, case)

    @router.post("/studies/{study}/logs/{log}/review/cases/{case}/comments")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def post_comment(study: str, log: str, case: int, comment: Comment, request: Request) -> CaseDetail:
        """Write a comment; it stays."""
        own = folder(study, log)
        with open_review(own) as held:
            check_case(held, case)
            held.comment(case, comment.text, who_is(get_caller(request).name), datetime.now(UTC))
            return case_detail(own.get_store(), held, case)

    @router.post("/studies/{study}/logs/{log}/review/cases/{case}/assigned")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_assigned(study: str, log: str, case: int, given: Assigned, request: Request) -> CaseDetail:
        """Say who looks at a case."""
        own = folder(study, log)
        with open_review(own) as held:
            check_case(held, case)
            held.assign(case, given.person.strip(), who_is(get_caller(request).name), datetime.now(UTC))
            return case_detail(own.get_store(), held, case)

    @router.get("/studies/{study}/logs/{log}/review/export.{kind}", response_class=FileResponse)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def export_cases(
        study: str,
        log: str,
        kind: Literal["csv", "xlsx"],
        wanted: Annotated[Filter, Query()],
        request: Request,
    ) -> FileResponse:
        """Cases with their comments as CSV, or with flags and history as a workbook. Who exports is written down."""
        from beredt.indicators.review.export import review_tables, write_review

        own = folder(study, log)
        with open_review(own) as held:
            cases = chosen_cases(held, own, wanted)
            tables = review_tables(held, cases)
            held.note_access(who_is(get_caller(request).name), "export", len(cases), datetime.now(UTC))
        return made_file(f"{Path(own.log.name).stem}-review.{kind}", lambda path: write_review(tables, path))

    def folder(study: str, log: str) -> LogFolder:
        library.get(study)
        return shelf.folder_of(shelf.get(study, log))

    return router


def chosen_cases(held: ReviewQueue, own: LogFolder, wanted: Filter) -> list[QueuedCase]:
    """The cases of a queue that fit a filter. Raises OptionError and UnknownIdError for what cannot be asked for."""
    from beredt.indicators.review.rules import choose_rules

    since, until = span_of(wanted.since, wanted.until, own.get_store().info.zone)
    return held.list_cases(
        status=wanted.status,
        rule=choose_rules(wanted.rule) if wanted.rule else (),
        unit=wanted.unit,
        municipality=wanted.municipality,
        since=since,
        until=until,
    )
