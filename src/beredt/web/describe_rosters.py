"""The rosters of a service, in words and as shifts."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.service import Service
from beredt.report.number_format import NumberFormat
from beredt.report.roster_text import roster_text
from beredt.report.words import list_languages, load_words
from beredt.web.routes.study_answers import RosterOut, ShiftOut


def describe_rosters(service: Service) -> Iterator[RosterOut]:
    """Each roster once, in the order of the table."""
    words = {language: load_words(language) for language in list_languages()}
    for roster in dict.fromkeys(row.id for row in service.rosters):
        yield RosterOut(
            id=roster,
            text={language: roster_text(roster, [service], one, NumberFormat(one)) for language, one in words.items()},
            shifts=[
                ShiftOut(weekdays=list(row.weekdays), start_s=row.start_s, end_s=row.end_s)
                for row in service.rosters
                if row.id == roster
            ],
        )
