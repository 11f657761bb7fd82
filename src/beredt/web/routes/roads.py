"""The roads of a study: where they come from, speeds, faults, projects, and reach from any place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from beredt.errors import OptionError
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.open_study import roads_of
from beredt.web.prepared_json import PreparedJson, prepare_json, send_prepared
from beredt.web.roads.describe_roads import describe_roads
from beredt.web.roads.reach_from import ReachFrom
from beredt.web.roads.shapes import ReachAnswer, ReachOut, RoadsOut
from beredt.web.routes.drives import Latitude, Longitude

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

ROADS_KEPT = 4
FORM = "1"
"""Changes with the form of the answer, so that no browser keeps an older one."""
MOST_MINUTES = 5
DIGITS = 5
ACUTE = "A"

Minutes = Annotated[str, Query(pattern=r"^[0-9]{1,3}(,[0-9]{1,3}){0,4}$")]
Word = Annotated[str, Query(pattern=r"^[A-Za-z_]{1,30}$")]
AlternativeName = Annotated[str, Query(max_length=100)]


def roads_router(library: Library) -> APIRouter:
    """`/studies/{study}/roads`."""
    router = APIRouter(tags=["roads"])
    described: Kept[tuple[str, str], PreparedJson] = Kept(ROADS_KEPT)
    reach = ReachFrom()

    @router.get("/studies/{study}/roads", response_model=RoadsOut)
    @needs(Role.READER)
    def get_roads(study: str, request: Request) -> Response:
        """Where the roads come from, speeds, faults and projects, and the roads as lines."""
        read = library.get(study).get_study()

        def make() -> PreparedJson:
            content = describe_roads(read).model_dump(mode="json")
            return prepare_json(content, f"{read.fingerprint[:32]}-roads-{FORM}")

        return send_prepared(described.get((study, read.fingerprint), make), request)

    @router.get("/studies/{study}/roads/reach")
    @needs(Role.READER)
    def get_reach(
        study: str,
        lat: Latitude,
        lon: Longitude,
        minutes: Minutes = "10,15,20",
        purpose: Word = ACUTE,
        period: Word = "day",
        alternative: AlternativeName = TODAY,
    ) -> ReachAnswer:
        """What is reached within some minutes of driving from a place (degrees), on the roads of an alternative."""
        opened = library.get(study)
        read = opened.get_study()
        if not read.settings.study.region.holds(lat, lon):
            remedy = "choose a place inside study.region"
            raise OptionError("lat, lon", f"{lat:g}, {lon:g}", "the place lies outside the region", remedy)
        wanted = sorted({float(one) for one in minutes.split(",")}, reverse=True)
        if wanted[-1] <= 0:
            raise OptionError("minutes", minutes, "nothing is reached within no time", "give minutes above 0")
        edits = () if alternative == TODAY else read.get_alternative(alternative).edits
        state = roads_of(read, apply_edits(read.service, edits, alternative))
        areas = reach.areas(opened, read, state, (lat, lon), wanted, purpose, period)
        return ReachAnswer(
            fingerprint=read.fingerprint,
            lat=lat,
            lon=lon,
            purpose=purpose,
            period=period,
            alternative=alternative,
            areas=[
                ReachOut(
                    minutes=one.minutes,
                    people=one.people,
                    km2=round(one.km2, 2),
                    road_km=None if one.road_km is None else round(one.road_km, 1),
                    geometry=_geometry(one.shape),
                )
                for one in areas
            ],
        )

    return router


def _geometry(shape: MultiPolygon) -> dict[str, object]:
    """GeoJSON of an outline, to about a metre."""
    import shapely
    from shapely.geometry import mapping

    found: dict[str, object] = mapping(shapely.set_precision(shape, 10.0**-DIGITS, mode="pointwise"))
    return found
