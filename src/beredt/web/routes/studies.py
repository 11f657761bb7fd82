"""Studies: which are open, and what there is to know of each before its map is drawn."""

from __future__ import annotations

from fastapi import APIRouter

from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.describe_study import describe, head_of
from beredt.web.library import Library
from beredt.web.routes.study_answers import StudyList, StudyOut


def studies_router(library: Library) -> APIRouter:
    """`/studies` and `/studies/{study}`."""
    router = APIRouter(tags=["studies"])

    @router.get("/studies")
    @needs(Role.READER)
    def list_studies() -> StudyList:
        """The studies that are open, those that cannot be used among them, each with its issues."""
        return StudyList(studies=[head_of(opened) for opened in library.list_studies()])

    @router.get("/studies/{study}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_study(study: str) -> StudyOut:
        """One study: its names, targets, rules and alternatives. 422 with every issue when it cannot be used."""
        return describe(library.get(study))

    return router
