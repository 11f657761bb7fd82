"""Places of printed figures as keys of what a log is broken down by: `municipality:oslo+asker`, `tettsted:Aure`, `all`.

A term is `kind:id`, or an id alone, which has the kind of the term before it; the first without a kind is looked up
among groups, municipalities and districts. `urban` and `rural` are all municipalities of that class.
"""

from __future__ import annotations

from typing import NamedTuple

from beredt.indicators.suppress import ALL
from beredt.model.study import Study

KINDS = ("municipality", "district", "tettsted", "station")
GROUP = "group"


class Keys(NamedTuple):
    """Keys of one breakdown, that of everything together where `by` is empty."""

    by: str
    keys: tuple[str, ...]


def find_keys(text: str, study: Study | None) -> Keys | None:
    """The keys that a place is made of; None where it is not made of those of one breakdown."""
    if text == "all":
        return Keys(ALL, (ALL,))
    if text in ("urban", "rural"):
        rows = study.service.municipalities if study else ()
        own = tuple(row.id for row in rows if row.urban == (text == "urban"))
        return Keys("municipality", own) if own else None
    kind = ""
    found: list[tuple[str, str]] = []
    for term in text.split("+"):
        given, colon, name = term.partition(":")
        kind = given if colon else kind or _kind_of(term, study)
        found += _members(kind, name if colon else term, study)
    kinds = {one for one, _ in found}
    return Keys(kinds.pop(), tuple(name for _, name in found)) if len(kinds) == 1 and kinds <= set(KINDS) else None


def _kind_of(name: str, study: Study | None) -> str:
    if study is None:
        return "municipality"
    known = {
        GROUP: [group.id for group in study.settings.groups],
        "municipality": [row.id for row in study.service.municipalities],
        "district": [row.id for row in study.service.districts],
    }
    return next((kind for kind, ids in known.items() if name in ids), "")


def _members(kind: str, name: str, study: Study | None) -> list[tuple[str, str]]:
    """A group taken apart; anything else as it is."""
    if kind != GROUP:
        return [(kind, name)]
    group = next((one for one in study.settings.groups if one.id == name), None) if study else None
    if group is None:
        return [("", name)]
    return [("municipality", one) for one in group.municipalities] + [("district", one) for one in group.districts]
