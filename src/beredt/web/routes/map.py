"""The map of a study, without what changes when an alternative is edited."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.map_layers import map_of
from beredt.web.prepared_json import PreparedJson, prepare_json, send_prepared

MAPS_KEPT = 4
FORM = "2"
"""Changes with the form of the answer, so that no browser keeps an older one."""


class Geometry(BaseModel):
    """A GeoJSON geometry, degrees (longitude, latitude)."""

    type: str
    coordinates: list[Any]


class CellProperties(BaseModel):
    """What is known of an area: `people` and those of 70 and more in the study's year, expected incidents a year by
    urgency, kilometres to the nearest area of another centre (null: there is none), and under today's service the
    nearest station with a unit and the drive from there at the acute pace.
    """

    area: str
    municipality: str
    district: str | None
    urban: bool
    centre: str
    organisation: str
    people: float
    people_70: float
    incidents_a: float
    incidents_h: float
    incidents_v: float
    border_km: float | None
    station: str | None
    drive_s: int | None


class OutlineProperties(BaseModel):
    """A municipality, a neighbour, a district or water."""

    kind: str
    id: str | None
    name: str | None


class RoadProperties(BaseModel):
    """A main road in ordinary traffic; `joined` where local roads meet it all along.

    On roads of a map `road` is a class, and `km` and `minutes` are null.
    """

    road: str
    km: float | None
    minutes: float | None
    joined: bool


class Cell(BaseModel):
    """The square of an area; `id` is its number in `order`."""

    type: Literal["Feature"]
    id: int
    geometry: Geometry
    properties: CellProperties


class Outline(BaseModel):
    """An outline."""

    type: Literal["Feature"]
    id: int
    geometry: Geometry
    properties: OutlineProperties


class Road(BaseModel):
    """A main road."""

    type: Literal["Feature"]
    id: int
    geometry: Geometry
    properties: RoadProperties


class Cells(BaseModel):
    """All squares."""

    type: Literal["FeatureCollection"]
    features: list[Cell]


class Outlines(BaseModel):
    """All outlines."""

    type: Literal["FeatureCollection"]
    features: list[Outline]


class Roads(BaseModel):
    """All main roads."""

    type: Literal["FeatureCollection"]
    features: list[Road]


class MapOut(BaseModel):
    """The layers of a map. `order` are the ids of areas by number: lists of figures by area stand in this order.

    Calls within `band_km` of a border between centres may be misrouted.
    """

    fingerprint: str
    order: list[str]
    areas: Cells
    outlines: Outlines
    roads: Roads
    band_km: float


def map_router(library: Library) -> APIRouter:
    """`/studies/{study}/map`."""
    router = APIRouter(tags=["map"])
    maps: Kept[tuple[str, str], PreparedJson] = Kept(MAPS_KEPT)

    @router.get("/studies/{study}/map", response_model=MapOut)
    @needs(Role.READER, noted=Noted.LOOK)
    def get_map(study: str, request: Request) -> Response:
        """The layers of the map. A browser that has them is told so by their tag."""
        opened = library.get(study)
        read = opened.get_study()

        def make() -> PreparedJson:
            return prepare_json(map_of(read, opened.find_base_roads(read)), f"{read.fingerprint[:32]}-{FORM}")

        return send_prepared(maps.get((study, read.fingerprint), make), request)

    return router
