"""Kinds of unit, named in every language of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from beredt.model.unit_kind import UnitKind
from beredt.report.words import list_languages
from beredt.web.routes.study_answers import LocalNamed


def describe_unit_kinds(kinds: Iterable[UnitKind]) -> list[LocalNamed]:
    """Every kind, in their order."""
    return [
        LocalNamed(
            id=one.id,
            name={language: one.name_en if language == "en" else one.name_nb for language in list_languages()},
        )
        for one in kinds
    ]
