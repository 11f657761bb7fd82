"""The kinds of unit of a service, named in every language of the screen."""

from __future__ import annotations

from beredt.model.service import Service
from beredt.report.words import list_languages
from beredt.web.routes.study_answers import LocalNamed


def describe_unit_kinds(service: Service) -> list[LocalNamed]:
    """Every kind, in the service's order."""
    return [
        LocalNamed(
            id=one.id,
            name={language: one.name_en if language == "en" else one.name_nb for language in list_languages()},
        )
        for one in service.unit_kinds
    ]
