"""What a page is told of long work."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from beredt.report.words import list_languages, load_words
from beredt.web.faults import Problem, problem_in_language
from beredt.web.jobs.job import AGAIN, Job, State, left_s
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.words import LocalText, in_all_languages

STAGES: Mapping[str, str] = {
    "Travel times": "roads",
    "Compiling": "compiling",
    "Simulating": "simulating",
    "Trying other assumptions": "assumptions",
    "Report": "report",
    "Solving": "solving",
    "Dimensioning": "dimensioning",
    "Making rosters": "rosters",
    "Major incident": "major",
    "Writing the report": "report",
    "Reading": "reading",
    "Cleaning": "cleaning",
    "Counting the log": "counting",
    "Counting the month": "counting",
    "Looking at missions": "reviewing",
    "Backtest": "backtest",
}
"""Beginnings of the names of stages, and the texts `studio.server.stage.*` for them."""


class ProgressOut(BaseModel):
    """A stage of the work: its name, and how many pieces of it are done."""

    stage: LocalText
    done: int
    total: int


class JobOut(BaseModel):
    """A job. Times are seconds since 1970, `left_s` about how many more it takes (null: nobody can tell yet).

    `ahead` counts the jobs that come before a waiting one. `can_again` says that it can be begun once more. `problem`
    is why it failed, `problem_in` the same by language; `summary` depends on the kind: of a run its fingerprint,
    replications and verdicts.
    """

    id: str
    kind: str
    kind_text: LocalText
    study: str
    fingerprint: str
    options: dict[str, Any]
    state: State
    state_text: LocalText
    asked_s: float
    begun_s: float | None
    ended_s: float | None
    left_s: float | None
    ahead: int
    progress: ProgressOut | None
    said: list[str]
    can_again: bool
    problem: Problem | None
    problem_in: dict[str, Problem]
    summary: dict[str, Any] | None


class JobList(BaseModel):
    """All jobs, the newest first."""

    jobs: list[JobOut]


def job_out(job: Job, queue: JobQueue) -> JobOut:
    """A job as a page is told of it."""
    waiting = [one for one in queue.list_jobs() if one.state in ("waiting", "running") and one.id < job.id]
    left = left_s(job, queue.find_before(job), time.time())
    progress = job.progress
    problem = Problem.model_validate(job.problem) if job.problem else None
    return JobOut(
        id=job.id,
        kind=job.kind,
        kind_text=in_all_languages(f"studio.server.job.{job.kind}"),
        study=job.study,
        fingerprint=job.fingerprint,
        options=dict(job.options),
        state=job.state,
        state_text=in_all_languages(f"studio.server.job.{job.state}"),
        asked_s=job.asked_s,
        begun_s=job.begun_s,
        ended_s=job.ended_s,
        left_s=None if left is None else round(left, 1),
        ahead=len(waiting) if job.state == "waiting" else 0,
        progress=ProgressOut(stage=_stage(progress.stage), done=progress.done, total=progress.total)
        if progress
        else None,
        said=list(job.said),
        can_again=job.state in AGAIN,
        problem=problem,
        problem_in={one: problem_in_language(problem, load_words(one)) for one in list_languages()} if problem else {},
        summary=dict(job.summary) if job.summary else None,
    )


def _stage(name: str) -> LocalText:
    known = next((key for beginning, key in STAGES.items() if name.startswith(beginning)), None)
    return in_all_languages(f"studio.server.stage.{known}") if known else dict.fromkeys(list_languages(), name)
