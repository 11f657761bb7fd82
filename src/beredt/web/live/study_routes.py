"""What the screen of the live server needs to know of the study itself: names, places and the quiet map below."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from beredt.report.words import list_languages, load_words
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.live.parts import LiveParts
from beredt.web.map_layers import map_of
from beredt.web.prepared_json import PreparedJson, prepare_json, send_prepared
from beredt.web.routes.map import FORM, MapOut
from beredt.web.routes.study_answers import Named, RegionOut
from beredt.web.words import LocalText


class LivePlace(Named):
    """A station or a hospital, degrees (WGS84); `centre` sends the units of a station, and is null of a hospital."""

    lat: float
    lon: float
    centre: str | None


class LiveUnit(BaseModel):
    """A unit and the station that it belongs to."""

    id: str
    station: str
    kind: str


class LiveStudyOut(BaseModel):
    """Names and places of the study whose units the feed tells of."""

    id: str
    title: LocalText
    region: RegionOut
    centres: list[Named]
    stations: list[LivePlace]
    hospitals: list[LivePlace]
    units: list[LiveUnit]


def study_router(parts: LiveParts) -> APIRouter:
    """`/live/study` and `/live/map`."""
    router = APIRouter(tags=["live"])

    @cache
    def prepared_map() -> PreparedJson:
        study = replace(parts.study, service=parts.service)
        return prepare_json(map_of(study, None), f"{study.fingerprint[:32]}-{FORM}")

    @router.get("/live/study")
    @needs(Role.READER)
    def get_live_study(request: Request) -> LiveStudyOut:
        """The study's names and places, with the units of which one sees anything."""
        return _told(parts, parts.seen_by(request).units)

    @router.get("/live/map", response_model=MapOut)
    @needs(Role.READER)
    def get_live_map(request: Request) -> Response:
        """The study's map, areas in the order of readiness. A browser that has it is told so by its tag."""
        return send_prepared(prepared_map(), request)

    return router


def _told(parts: LiveParts, seen: Container[str]) -> LiveStudyOut:
    settings, service = parts.study.settings.study, parts.service
    return LiveStudyOut(
        id=settings.id,
        title={language: load_words(language).local(settings.title) for language in list_languages()},
        region=RegionOut(**settings.region.model_dump()),
        centres=[Named(id=one.id, name=one.name) for one in service.centres],
        stations=[
            LivePlace(id=one.id, name=one.name, lat=one.lat, lon=one.lon, centre=one.centre) for one in service.stations
        ],
        hospitals=[
            LivePlace(id=one.id, name=one.name, lat=one.lat, lon=one.lon, centre=None) for one in service.hospitals
        ],
        units=[LiveUnit(id=one.id, station=one.station, kind=one.kind) for one in service.units if one.id in seen],
    )
