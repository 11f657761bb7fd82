"""A draft looked at before it is simulated: in words, on the map, and with everything that is wrong."""

from __future__ import annotations

import json
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.describe_service import describe_service
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.prepared_json import PreparedJson, prepare_json, send_prepared
from beredt.web.routes.service_answers import ServiceOut, ServiceQuestion

DRAFTS_KEPT = 32
"""Today and saved alternatives are looked at by everybody, again and again."""


def service_router(library: Library) -> APIRouter:
    """`/studies/{study}/service`."""
    router = APIRouter(tags=["edits"])
    drafts: Kept[tuple[str, str, str, str], PreparedJson] = Kept(DRAFTS_KEPT)

    @router.post("/studies/{study}/service", response_model=ServiceOut)
    @needs(Role.READER)
    def post_service(study: str, question: ServiceQuestion, request: Request) -> Response:
        """Today's service after a draft's edits. Edits that do not fit are told, and left out."""
        opened = library.get(study)
        read = opened.get_study()
        key = (study, read.fingerprint, question.lang, json.dumps(question.edits))

        def make() -> PreparedJson:
            described = describe_service(read, partial(opened.find_base_roads, read), question.edits, question.lang)
            return prepare_json(described.model_dump(mode="json"), "")

        return send_prepared(drafts.get(key, make), request)

    return router
