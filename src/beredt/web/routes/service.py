"""A draft looked at before it is simulated: in words, on the map, and with everything that is wrong."""

from __future__ import annotations

from fastapi import APIRouter

from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.describe_service import describe_service
from beredt.web.library import Library
from beredt.web.routes.service_answers import ServiceOut, ServiceQuestion


def service_router(library: Library) -> APIRouter:
    """`/studies/{study}/service`."""
    router = APIRouter(tags=["edits"])

    @router.post("/studies/{study}/service")
    @needs(Role.READER)
    def post_service(study: str, question: ServiceQuestion) -> ServiceOut:
        """Today's service after a draft's edits. Edits that do not fit are told, and left out."""
        opened = library.get(study)
        read = opened.get_study()
        return describe_service(read, opened.find_base_roads(read), question.edits, question.lang)

    return router
