"""Edits: what can be changed, and by which keys."""

from __future__ import annotations

from fastapi import APIRouter

from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.edit_forms import edit_forms
from beredt.web.routes.edit_answers import EditForms


def edits_router() -> APIRouter:
    """`/edits`."""
    router = APIRouter(tags=["edits"])

    @router.get("/edits")
    @needs(Role.READER)
    def get_edits() -> EditForms:
        """The field dictionary of edits, from which forms are made."""
        return EditForms(edits=edit_forms())

    return router
