"""Dimensioning: a question to the rule, and its answer."""

from __future__ import annotations

from fastapi import APIRouter

from beredt.model.alternative import TODAY
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.basis import Bases
from beredt.web.analyses.dimension_shapes import DimensioningOut, DimensionQuestion
from beredt.web.jobs.dimension_study import DIMENSION
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.routes.analyses import ABOUT, BASIS, answer_of
from beredt.web.routes.job_answers import JobOut, job_out


def dimensionings_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/studies/{study}/dimensionings` and `/dimensionings`."""
    router = APIRouter(tags=["dimensioning"])

    @router.post("/studies/{study}/dimensionings", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_dimensioning(study: str, question: DimensionQuestion) -> JobOut:
        """Dimension the study as it is saved now: a job, whose answer stays."""
        opened = library.get(study)
        read = opened.get_study()
        for one in question.alternatives:
            if one != TODAY:
                read.get_alternative(one)
        question.rule()
        gate = read.settings.gate
        about = [*(question.alternatives or [one.id for one in read.alternatives]), gate.baseline if gate else TODAY]
        options = question.model_dump() | {ABOUT: about, BASIS: bases.basis_of(opened, read, about)}
        job = queue.ask(DIMENSION, study, read.fingerprint, options, lambda folder: lay_study(opened.folder, folder))
        return job_out(job, queue)

    @router.get("/dimensionings/{dimensioning}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_dimensioning(dimensioning: str) -> DimensioningOut:
        """Units per station and band with what they keep, with and without borders, and what borders cost."""
        return answer_of(queue, dimensioning, DIMENSION, DimensioningOut)

    return router
