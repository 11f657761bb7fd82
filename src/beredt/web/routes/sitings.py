"""Siting: the models that there are, a question to one of them, and its answers."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from beredt.errors import OptionError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.basis import Bases
from beredt.web.analyses.option_words import fields_for_options
from beredt.web.analyses.site_cover import cover_of, read_reach
from beredt.web.analyses.site_models import ModelList, model_list
from beredt.web.analyses.site_question import CANDIDATES_FILE, SiteQuestion
from beredt.web.analyses.site_shapes import CoverOut, SitingOut
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.site_study import SITE
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.routes.analyses import ABOUT, BASIS, answer_of, folder_of
from beredt.web.routes.job_answers import JobOut, job_out


def sitings_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/siting/models`, `/studies/{study}/sitings` and `/sitings`."""
    router = APIRouter(tags=["siting"])

    @router.get("/siting/models")
    @needs(Role.READER)
    def list_siting_models() -> ModelList:
        """All models with their settings, and criteria that can be traded against one another."""
        return model_list()

    @router.post("/studies/{study}/sitings", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_siting(study: str, question: SiteQuestion) -> JobOut:
        """Ask a model for the best sites of the study as it is saved now: a job, whose answers stay."""
        opened = library.get(study)
        read = opened.get_study()
        alternative = None if question.asked_of is None else read.get_alternative(question.asked_of)
        with fields_for_options():
            question.check(read.service, read.settings.study.region)
        about = [alternative.id if alternative else TODAY]
        options = question.model_dump(exclude={"candidates"}) | {
            ABOUT: about,
            BASIS: bases.basis_of(opened, read, about),
        }

        def prepare(folder: Path) -> None:
            lay_study(opened.folder, folder)
            if question.candidates is not None:
                (folder / CANDIDATES_FILE).write_text(question.candidates, encoding="utf-8")

        return job_out(queue.ask(SITE, study, read.fingerprint, options, prepare), queue)

    @router.get("/sitings/{siting}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_siting(siting: str) -> SitingOut:
        """The best answers, with what each would change, and the trade-off."""
        return answer_of(queue, siting, SITE, SitingOut)

    @router.get("/sitings/{siting}/cover")
    @needs(Role.READER)
    def get_cover(siting: str, answer: int | None = None, point: int | None = None) -> CoverOut:
        """What an answer (from 1) or a point of the trade-off (from 1) covers; nothing named is the best answer."""
        if answer is not None and point is not None:
            raise OptionError("point", str(point), "an answer is named, too", "name one of them")
        told = answer_of(queue, siting, SITE, SitingOut)
        chosen = told.answers if point is None else (told.trade_off.points if told.trade_off else [])
        number = (point if point is not None else answer) or 1
        if not 1 <= number <= len(chosen):
            raise UnknownIdError("answer of the siting", str(number), [str(n + 1) for n in range(len(chosen))])
        return cover_of(read_reach(folder_of(queue, siting, (SITE,))), chosen[number - 1].sites)

    return router
