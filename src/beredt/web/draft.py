"""A draft: edits as a page holds them, laid on today's service, with everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beredt.errors import EditError
from beredt.model.checks.service import check_service
from beredt.model.edits.apply import resolve_edits
from beredt.model.edits.complaint import Complaint
from beredt.model.edits.edit import Edit
from beredt.model.edits.outside import list_outside
from beredt.model.edits.parse import KIND_KEY, ParsedEdits, parse_edits
from beredt.model.service import Service
from beredt.model.study import Study

Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits and what they make of the base.

    `service` has every edit that fits; `edits` and `numbers` (places in the list, from 1) are those that could be
    read at all; `complaints` is everything that is wrong, in the order of the list. Number 0 is about all edits.
    """

    service: Service
    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    complaints: tuple[Complaint, ...]


def lay_draft(study: Study, entries: Entries) -> Draft:
    """Lay edits on today's service as a study's checker does: what fits is done, what does not is told."""
    parsed = parse_edits("", "", entries)
    service, complaints = resolve_edits(study.service, parsed.edits, numbers=parsed.numbers, promised=parsed.promised)
    found = [*_unreadable(parsed, entries), *complaints, *_outside(study, parsed)]
    if not found:
        found += _lacks(study.service, service)
    return Draft(service, parsed.edits, parsed.numbers, tuple(sorted(found, key=lambda one: one.number)))


def fitting_edits(study: Study, entries: Entries) -> tuple[Edit, ...]:
    """The edits of a draft. Raises EditError with every complaint when any does not fit."""
    draft = lay_draft(study, entries)
    if draft.complaints:
        raise EditError(draft.complaints)
    return draft.edits


def kind_of(entry: Mapping[str, Any]) -> str:
    """The kind that an edit names, "" for none."""
    return str(entry.get(KIND_KEY, ""))


def _unreadable(parsed: ParsedEdits, entries: Entries) -> Iterator[Complaint]:
    """Faults in the form of edits: no such kind, a key missing, a number out of range."""
    for issue in parsed.issues:
        place, _, key = (issue.field or "").partition("].")
        number = int(place.partition("[")[2] or 0)
        kind = kind_of(entries[number - 1]) if number else ""
        yield Complaint("", number, kind, key, issue.value or "", issue.message, issue.remedy)


def _outside(study: Study, parsed: ParsedEdits) -> Iterator[Complaint]:
    """Places that are not in the study's region."""
    region = study.settings.study.region
    for one in list_outside(region, parsed.edits, parsed.numbers):
        yield Complaint("", one.number, one.edit.kind, "lat", one.place, one.message, one.remedy)


def _lacks(base: Service, service: Service) -> Iterator[Complaint]:
    """What the edited service cannot do, and today's can."""
    before = {(lack.table, lack.id, lack.field, lack.message) for lack in check_service(base)}
    for lack in check_service(service):
        if lack.severity == "error" and (lack.table, lack.id, lack.field, lack.message) not in before:
            yield Complaint("", 0, "", lack.field, lack.id or "", f"after all edits {lack.message}", lack.remedy)
