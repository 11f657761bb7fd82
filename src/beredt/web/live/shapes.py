"""What the live server is sent and tells, as types of its OpenAPI document. Times are milliseconds since 1970."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from beredt.live.picture.view import IncidentSeen, SourceSeen, UnitSeen, View
from beredt.live.receipt import Receipt

MOST_EVENTS = 100


class EventBatch(BaseModel):
    """Events in the form that the reference describes; each is read by itself, so that one cannot spoil another."""

    events: list[Any] = Field(max_length=MOST_EVENTS)


class ToldOut(BaseModel):
    """A rule that one event of a batch met: its place from 0, its id as far as it has one, and what that means."""

    at: int
    id: str
    rule: str
    message: str


class ReceiptOut(BaseModel):
    """What became of a batch.

    `taken` are new and on the disk, `doubled` were there already. `refused` are not in the log: they must be mended
    before they are sent again. `noted` are in the log and met a rule. `number` is the last entry of the log.
    """

    taken: int
    doubled: int
    refused: list[ToldOut]
    noted: list[ToldOut]
    number: int


class PointOut(BaseModel):
    """A point of GeoJSON."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class UnitFields(BaseModel):
    """What is known of a unit.

    `since_ms` and `position_ms`: since when its status holds, and when its position was told. Of a unit that is seen
    coarsely they are the moments when that was told here.
    """

    id: str
    status: str
    said: str | None
    since_ms: int | None
    incident: str | None
    hospital: str | None
    position_ms: int | None
    on_duty: bool
    free: bool
    status_stale: bool
    position_stale: bool
    outside_region: bool
    conflicts: tuple[str, ...]
    shared: str = Field(description='How much an agreement shows of a unit of others; "" for one that is seen whole.')
    rounded_m: float | None = Field(description="Side of the squares that its place is rounded to; null: it is not.")


class UnitOut(BaseModel):
    """A unit as a feature of GeoJSON; without a geometry where nobody has said where it is."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: PointOut | None
    properties: UnitFields


class IncidentFields(BaseModel):
    """What is known of an incident."""

    id: str
    state: Literal["open", "closed", "unopened"]
    urgency: str | None
    centre: str | None
    opened_ms: int | None
    units: tuple[str, ...]
    outside_region: bool
    conflicts: tuple[str, ...]


class IncidentOut(BaseModel):
    """An incident as a feature of GeoJSON."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: PointOut | None
    properties: IncidentFields


class SourceOut(BaseModel):
    """A source: its events, whether it is silent, and what rules its events met.

    `last_s` is how long ago its last event came, none where all that came were refused. `least_delay_s` is the
    shortest time from its clock to the server's: below 0, its clock is ahead.
    """

    id: str
    events: int
    silent: bool
    last_s: float | None
    least_delay_s: float | None
    counts: dict[str, int]


class UnitsOut(BaseModel):
    """Units as GeoJSON."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[UnitOut]


class IncidentsOut(BaseModel):
    """Incidents as GeoJSON."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[IncidentOut]


class PictureOut(BaseModel):
    """The picture at `at_ms`; `number` is the last entry of the log that is in it."""

    study: str
    number: int
    at_ms: int
    advice_on: bool
    units: UnitsOut
    incidents: IncidentsOut
    sources: list[SourceOut]


class CollectionOut(BaseModel):
    """Units and incidents as one collection of GeoJSON; `what` is `unit` or `incident`."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[dict[str, Any]]


class ChangeOut(BaseModel):
    """What has changed since the last event of a stream: `gone` are incidents that are no longer shown.

    The first one has everything. One without changes comes every few seconds: whoever hears nothing for longer has lost
    the connection.
    """

    number: int
    at_ms: int
    advice_on: bool
    units: list[UnitOut]
    incidents: list[IncidentOut]
    gone: list[str]
    sources: list[SourceOut]


def receipt_out(receipt: Receipt) -> ReceiptOut:
    """A receipt as it is told."""
    return ReceiptOut(
        taken=receipt.taken,
        doubled=receipt.doubled,
        refused=[ToldOut(**one._asdict()) for one in receipt.refused],
        noted=[ToldOut(**one._asdict()) for one in receipt.noted],
        number=receipt.number,
    )


def picture_out(study: str, view: View) -> PictureOut:
    """A view as it is told."""
    return PictureOut(
        study=study,
        number=view.number,
        at_ms=view.at_ms,
        advice_on=view.advice_on,
        units=UnitsOut(features=[unit_out(one) for one in view.units]),
        incidents=IncidentsOut(features=[incident_out(one) for one in view.incidents]),
        sources=[source_out(one) for one in view.sources],
    )


def collection_out(view: View) -> CollectionOut:
    """A view as one collection of GeoJSON."""
    made = (
        ("unit", [unit_out(one) for one in view.units]),
        ("incident", [incident_out(one) for one in view.incidents]),
    )
    features = [one.model_dump() for _, found in made for one in found]
    for feature, what in zip(features, [what for what, found in made for _ in found], strict=True):
        feature["properties"]["what"] = what
    return CollectionOut(features=features)


def unit_out(unit: UnitSeen) -> UnitOut:
    """A unit as it is told."""
    fields = {name: getattr(unit, name) for name in UnitFields.model_fields}
    return UnitOut(id=unit.id, geometry=_point(unit.lat, unit.lon), properties=UnitFields(**fields))


def incident_out(incident: IncidentSeen) -> IncidentOut:
    """An incident as it is told."""
    fields = {name: getattr(incident, name) for name in IncidentFields.model_fields}
    return IncidentOut(id=incident.id, geometry=_point(incident.lat, incident.lon), properties=IncidentFields(**fields))


def source_out(source: SourceSeen) -> SourceOut:
    """A source as it is told."""
    return SourceOut(**{name: getattr(source, name) for name in SourceOut.model_fields})


def _point(lat: float | None, lon: float | None) -> PointOut | None:
    return None if lat is None or lon is None else PointOut(coordinates=(lon, lat))
