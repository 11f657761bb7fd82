"""Rosters: the rules that there are, a question, and its answer."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter

from beredt.errors import UnknownIdError
from beredt.model.alternative import TODAY
from beredt.siting.rosters.rules import read_roster_rules
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.basis import Bases
from beredt.web.analyses.dimension_shapes import DimensioningOut, DimensionQuestion
from beredt.web.analyses.roster_need import need_of
from beredt.web.analyses.roster_shapes import NeedOf, RosteringOut, RosterQuestion, RulesOut, rules_out
from beredt.web.jobs.dimension_study import DIMENSION
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.roster_study import NEED_FILE, ROSTER
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.routes.analyses import ABOUT, BASIS, answer_of
from beredt.web.routes.job_answers import JobOut, job_out


def rosterings_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/rosters/rules`, `/studies/{study}/rosterings` and `/rosterings`."""
    router = APIRouter(tags=["rosters"])

    @router.get("/rosters/rules")
    @needs(Role.READER)
    def get_roster_rules() -> RulesOut:
        """The permitted shifts that Beredt brings, and what rosters are measured by."""
        return rules_out(read_roster_rules(None))

    @router.post("/studies/{study}/rosterings", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_rostering(study: str, question: RosterQuestion) -> JobOut:
        """Make rosters for stations of the study as it is saved now: a job, whose answer stays."""
        opened = library.get(study)
        read = opened.get_study()
        service = read.service
        if question.asked_of is not None:
            read.get_alternative(question.asked_of)
        else:
            for one in question.stations:
                if one not in {row.id for row in service.stations}:
                    raise UnknownIdError("station", one, [row.id for row in service.stations])
        question.rules()
        need = None if question.need_of is None else need_from(question.need_of)
        about = [question.asked_of or TODAY]
        options = question.model_dump() | {ABOUT: about, BASIS: bases.basis_of(opened, read, about)}

        def prepare(folder: Path) -> None:
            lay_study(opened.folder, folder)
            if need is not None:
                (folder / NEED_FILE).write_text(json.dumps(need), encoding="utf-8")

        return job_out(queue.ask(ROSTER, study, read.fingerprint, options, prepare), queue)

    @router.get("/rosterings/{rostering}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_rostering(rostering: str) -> RosteringOut:
        """The need of every hour, and rosters that meet it, station by station."""
        return answer_of(queue, rostering, ROSTER, RosteringOut)

    def need_from(wish: NeedOf) -> dict[str, list[int]]:
        told = answer_of(queue, wish.dimensioning, DIMENSION, DimensioningOut)
        options = queue.get(wish.dimensioning).options
        known = {key: options[key] for key in options if key in DimensionQuestion.model_fields}
        rule = DimensionQuestion.model_validate(known).rule()
        return need_of(told, wish, {band.id: band.hours for band in rule.bands})

    return router
