"""Edits: what can be changed, and by which keys."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import Response

from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.edit_forms import edit_forms
from beredt.web.kept import Kept
from beredt.web.prepared_json import PreparedJson, prepare_json, send_prepared
from beredt.web.routes.edit_answers import EditForms


def edits_router() -> APIRouter:
    """`/edits`."""
    router = APIRouter(tags=["edits"])
    forms: Kept[str, PreparedJson] = Kept(1)

    @router.get("/edits", response_model=EditForms)
    @needs(Role.READER)
    def get_edits(request: Request) -> Response:
        """The field dictionary of edits, from which forms are made."""
        return send_prepared(forms.get("all", _prepared), request)

    return router


def _prepared() -> PreparedJson:
    content = EditForms(edits=edit_forms())
    tag = hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:32]
    return prepare_json(content.model_dump(mode="json"), tag)
