"""What a printed count or share counts, as the table `published` writes it: `missions:A+H:baerum:oslo`.

`missions:URGENCIES:STATIONS:WHERE` is a number of missions, `missions_share:…` a share, in which urgencies and places
may be written `part/whole`. WHERE is one or more municipalities, districts or groups of the study, with `+` between
them, each with or without its kind before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beredt.model.settings import StudySettings

COUNT, SHARE = "missions", "missions_share"


@dataclass(frozen=True, slots=True)
class Term:
    """Missions of these urgencies by units of these stations (none: of all) to incidents in these places."""

    urgencies: frozenset[str]
    stations: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`groups` maps a group of the study to its municipalities and districts."""

    groups: Mapping[str, frozenset[str]]

    def places(self, text: str) -> frozenset[str]:
        """Ids of municipalities and districts; groups taken apart."""
        found: set[str] = set()
        for term in text.split("+"):
            name = term.rpartition(":")[2]
            found |= self.groups.get(name, frozenset([name]))
        return frozenset(found)


def vocabulary_of(settings: StudySettings | None) -> Vocabulary:
    """The groups of a study."""
    groups = settings.groups if settings else ()
    return Vocabulary({group.id: frozenset((*group.municipalities, *group.districts)) for group in groups})


def find_count(indicator: str, words: Vocabulary) -> Term | None:
    """What a printed count counts; None where it is no count of missions."""
    return _term(indicator, COUNT, words, 0)


def find_share(indicator: str, words: Vocabulary) -> tuple[Term, Term] | None:
    """Part and whole of a printed share; None where it is no share of missions."""
    part, whole = _term(indicator, SHARE, words, 0), _term(indicator, SHARE, words, -1)
    return None if part is None or whole is None else (part, whole)


def _term(indicator: str, name: str, words: Vocabulary, side: int) -> Term | None:
    parts = indicator.split(":", 3)
    if len(parts) != 4 or parts[0] != name:
        return None
    urgencies, stations, places = parts[1].split("/")[side], parts[2], parts[3].split("/")[side]
    return Term(
        frozenset(urgencies.split("+")),
        frozenset(stations.split("+")) if stations else frozenset(),
        words.places(places),
    )
