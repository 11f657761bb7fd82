"""What a page is told of the review queue of a mission log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from beredt.indicators.review.queue import ReviewQueue
    from beredt.indicators.review.queued import QueuedCase
    from beredt.missions.store import Store


class QueueRow(BaseModel):
    """Cases that a rule has flagged by their status, "" for all rules together; null is a count that is left out."""

    rule: str
    cases: int | None
    by_status: dict[str, int | None]


class QueueOut(BaseModel):
    """How the cases of a queue stand; it does not exist before the rules were run."""

    exists: bool
    rows: list[QueueRow]


class CaseOut(BaseModel):
    """A case in a list. `call_t` is UTC, ISO 8601, "" where nobody knows it."""

    id: int
    name: str
    call_t: str
    urgency: str
    municipality: str
    units: list[str]
    status: str
    assigned: str
    rules: list[str]


class CaseList(BaseModel):
    """Cases that fit a filter, `total` of them, the gravest first; and what a list can be narrowed to."""

    total: int
    cases: list[CaseOut]
    municipalities: list[str]
    units: list[str]


class FlagOut(BaseModel):
    """What a rule found: `value` and `limit` in the rule's unit; `gone_at` when a later run no longer found it."""

    rule: str
    value: float | None
    limit: float | None
    detail: str
    found_at: str
    gone_at: str | None


class MissionOut(BaseModel):
    """A unit's work on the incident: its stamps (UTC, ISO 8601) by name, and what cleaning marked."""

    unit: str
    unit_kind: str
    station: str
    organisation: str
    urgency: str
    cancelled: bool
    stamps: dict[str, str | None]
    marks: list[str]
    file: str
    row: int


class EventOut(BaseModel):
    """A step in the history of a case: flagged, status, assigned or comment."""

    at: str
    who: str
    what: str
    before: str
    after: str
    comment: str


class CaseDetail(BaseModel):
    """A case with everything of it. `zone` is the time zone of the log's own clock."""

    case: CaseOut
    zone: str
    generated: bool
    lat: float | None
    lon: float | None
    flags: list[FlagOut]
    missions: list[MissionOut]
    history: list[EventOut]


def queue_out(cases: Iterable[QueuedCase]) -> QueueOut:
    """How cases stand, with small counts left out."""
    from beredt.indicators.review.queued import STATUSES
    from beredt.indicators.review.summary import summary_table

    rows = [
        QueueRow(rule=row["rule"], cases=row["cases"], by_status={one: row[one] for one in STATUSES})
        for row in summary_table(cases).iter_rows(named=True)
    ]
    return QueueOut(exists=True, rows=rows)


def case_out(case: QueuedCase) -> CaseOut:
    """A case as a list shows it."""
    fields: dict[str, Any] = asdict(case)
    del fields["severity"]
    return CaseOut(**{**fields, "units": case.units.split("+") if case.units else [], "rules": list(case.rules)})


def case_detail(store: Store, held: ReviewQueue, number: int) -> CaseDetail:
    """A case with its flags, missions and history. Raises QueueError where there is none."""
    from beredt.indicators.review.incident_of import find_incident

    case, flags = held.get_case(number), held.list_flags(number)
    incident, missions = find_incident(store, case, flags)
    place = incident.select("lat", "lon").row(0) if incident.height else (None, None)
    return CaseDetail(
        case=case_out(case),
        zone=store.info.zone,
        generated=store.info.generated,
        lat=place[0],
        lon=place[1],
        flags=[FlagOut(**{name: getattr(one, name) for name in FlagOut.model_fields}) for one in flags],
        missions=[_mission(store, row) for row in missions.iter_rows(named=True)],
        history=[EventOut(**asdict(one)) for one in held.list_events(number)],
    )


def _mission(store: Store, row: dict[str, Any]) -> MissionOut:
    from beredt.missions.checks.rule import rules_in
    from beredt.missions.schema import STAMPS

    words = ("unit", "unit_kind", "station", "organisation", "urgency")
    sources = store.info.sources
    return MissionOut(
        **{name: row[name] or "" for name in words},
        cancelled=bool(row["cancelled"]),
        stamps={name: row[name].isoformat().replace("+00:00", "Z") if row[name] else None for name in STAMPS},
        marks=list(rules_in(row["marks"])),
        file=sources[row["source"]].name if row["source"] is not None and row["source"] < len(sources) else "",
        row=row["row"],
    )
