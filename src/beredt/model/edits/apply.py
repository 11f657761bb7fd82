"""Laying edits on a service: resolve all, gather every complaint, then apply all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from beredt.errors import EditError
from beredt.model.dictionary import load_edits
from beredt.model.did_you_mean import find_closest
from beredt.model.edits.complaint import Complaint
from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import Field
from beredt.model.issue import shown
from beredt.model.service import Service

Promised = set[tuple[str, str]]
"""(table, id) of rows that an edit would have made had there been nothing wrong with it."""


def apply_edits(service: Service, edits: Sequence[Edit], file: str = "") -> Service:
    """The service after all edits, in their order; the given one is unchanged.

    An edit may refer to what an earlier one made. If any edit does not fit, none is applied. `file` is named in
    complaints. Raises EditError with every complaint.
    """
    edited, complaints = resolve_edits(service, edits, file)
    if complaints:
        raise EditError(complaints)
    return edited


def resolve_edits(
    service: Service,
    edits: Sequence[Edit],
    file: str = "",
    *,
    numbers: Sequence[int] = (),
    promised: Iterable[tuple[str, str]] = (),
) -> tuple[Service, tuple[Complaint, ...]]:
    """The service after all edits that fit, and every complaint about the others.

    An edit is judged on the service as edited before it. What a faulty edit would have made counts as known, so
    that one slip brings one complaint, not one for each later edit that relies on it. `numbers` are the edits'
    places in their list if some were left out; `promised` the (table, id) pairs that those would have made.
    """
    complaints: list[Complaint] = []
    promised = set(promised)
    for number, edit in zip(numbers or range(1, len(edits) + 1), edits, strict=True):
        objections = list(_objections(edit, service, promised))
        complaints += [_complaint(file, number, edit, objection) for objection in objections]
        if not objections and not _relies_on(edit, service, promised):
            service = edit.apply(service)
        elif edit.creates:
            promised.add((edit.creates, str(edit.values()["id"])))
    return service, tuple(complaints)


def _complaint(file: str, number: int, edit: Edit, objection: Objection) -> Complaint:
    value = edit.values().get(objection.key)
    if isinstance(value, tuple):
        value = ", ".join(value)
    text = "" if value is None else shown(value)
    return Complaint(file, number, edit.kind, objection.key, text, objection.message, objection.remedy)


def _objections(edit: Edit, service: Service, promised: Promised) -> Iterator[Objection]:
    unknown = list(_unknown_ids(edit, service, promised))
    yield from unknown
    if edit.creates:
        new = str(edit.values()["id"])
        if new in _ids(service, edit.creates, "id") or (edit.creates, new) in promised:
            yield Objection("id", f"{edit.creates} already has {new!r}", "choose an id that nothing else has")
    if not unknown and not _relies_on(edit, service, promised):
        yield from edit.objections(service)


def _unknown_ids(edit: Edit, service: Service, promised: Promised) -> Iterator[Objection]:
    for key, field, value in _references(edit):
        table, column = field.refers_to[0]
        known = _ids(service, table, column)
        if value not in known and (table, value) not in promised:
            yield Objection(key, f"there is no {value!r} in {table}.{column}", suggestion(value, known))


def _relies_on(edit: Edit, service: Service, promised: Promised) -> bool:
    """Whether the edit refers to something that is only promised."""
    return any(
        (field.refers_to[0][0], value) in promised and value not in _ids(service, *field.refers_to[0])
        for _, field, value in _references(edit)
    )


def _references(edit: Edit) -> Iterator[tuple[str, Field, str]]:
    given = edit.given()
    for key, field in load_edits()[edit.kind].items():
        if not field.refers_to or key not in given:
            continue
        value = given[key]
        for one in value if isinstance(value, tuple) else (str(value),):
            if not (field.base_type == "any_id" and one == "*"):
                yield key, field, one


def _ids(service: Service, table: str, column: str) -> set[str]:
    return {getattr(row, column) for row in getattr(service, table)}


def suggestion(value: str, known: set[str]) -> str:
    """A remedy for an unknown id: the nearest known one, or the few that there are."""
    close = find_closest(value, known)
    if close:
        return f"did you mean {close}?"
    if 0 < len(known) <= 8:
        return "use one of " + ", ".join(sorted(known))
    return "name one that exists, or make it first"
