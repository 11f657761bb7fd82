"""Alternatives as they are saved: read, made, changed and deleted, always checked against the whole study first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from beredt.model.settings_base import AlternativeId, Texts
from beredt.model.study import Study
from beredt.report.words import load_words
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.alternative_files import create_alternative, delete_alternative, save_alternative
from beredt.web.alternative_text import AlternativeContent
from beredt.web.describe_study import alternative_head
from beredt.web.library import Library
from beredt.web.routes.service_answers import MOST_EDITS
from beredt.web.routes.study_answers import AlternativeHead, Entry

Version = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class AlternativeTexts(BaseModel):
    """What people write of an alternative, and its edits as they stand in TOML.

    A language of the study in which nothing is written gets the text of the nearest one that has it, and an empty
    description the title.
    """

    title: Annotated[Texts, Field(min_length=1)]
    description: Texts = {}
    note: Texts = {}
    edits: Annotated[list[Entry], Field(max_length=MOST_EDITS)]


class NewAlternative(AlternativeTexts):
    """An alternative to make."""

    id: AlternativeId


class ChangedAlternative(AlternativeTexts):
    """An alternative to save; `version` is that of the file when it was read."""

    version: Version


def alternatives_router(library: Library) -> APIRouter:
    """`/studies/{study}/alternatives`."""
    router = APIRouter(tags=["alternatives"])

    @router.get("/studies/{study}/alternatives/{alternative}")
    @needs(Role.READER)
    def get_alternative(study: str, alternative: str) -> AlternativeHead:
        """One alternative as it is saved."""
        opened = library.get(study)
        read = opened.get_study()
        return alternative_head(opened, read, read.get_alternative(alternative))

    @router.post("/studies/{study}/alternatives", status_code=201)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def post_alternative(study: str, new: NewAlternative) -> AlternativeHead:
        """Make an alternative. 409 when its id is taken, 422 with every issue when it does not fit the study."""
        opened = library.get(study)
        content = _content(opened.get_study(), new.id, new)
        made = create_alternative(opened, content)
        return alternative_head(opened, opened.get_study(), made)

    @router.put("/studies/{study}/alternatives/{alternative}")
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_alternative(study: str, alternative: str, changed: ChangedAlternative) -> AlternativeHead:
        """Save an alternative. 409 when somebody else has changed it, 422 with every issue when it does not fit."""
        opened = library.get(study)
        content = _content(opened.get_study(), alternative, changed)
        saved = save_alternative(opened, content, changed.version)
        return alternative_head(opened, opened.get_study(), saved)

    @router.delete("/studies/{study}/alternatives/{alternative}", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def remove_alternative(study: str, alternative: str, version: Version) -> Response:
        """Delete an alternative. 409 when somebody else has changed it, 422 when the study rests on it."""
        delete_alternative(library.get(study), alternative, version)
        return Response(status_code=204)

    return router


def _content(study: Study, alternative: str, given: AlternativeTexts) -> AlternativeContent:
    languages = study.settings.study.languages
    title = _filled(given.title, languages)
    return AlternativeContent(
        id=alternative,
        title=title,
        description=_filled(given.description or title, languages),
        note=_filled(given.note, languages) if given.note else {},
        edits=tuple(given.edits),
    )


def _filled(texts: Texts, languages: Sequence[str]) -> dict[str, str]:
    """Texts in all languages of the study, and in others in which they were given."""
    return {**{one: load_words(one).local(texts) for one in languages}, **texts}
