"""The texts of the screen."""

from __future__ import annotations

from fastapi import APIRouter

from beredt.model.settings_base import Language
from beredt.report.words import load_words
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.words import studio_words


def words_router() -> APIRouter:
    """`/words`."""
    router = APIRouter(tags=["words"])

    @router.get("/words/{language}")
    @needs(Role.ANYONE)
    def get_words(language: Language) -> dict[str, str]:
        """The texts that a screen shows in one language, by key; `{placeholders}` are filled by the screen."""
        return studio_words(load_words(language))

    return router
