"""How far a unit would get from a place: what follows the pointer while a station is dragged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from beredt.errors import OptionError
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from beredt.web.acute_drive import acute_factor, area_nodes, drive_s, nearest_spot, preparation_s
from beredt.web.library import Library


class NodeOut(BaseModel):
    """The node of the road network that is nearest to a place: degrees, and how far away it lies."""

    node: str
    lat: float
    lon: float
    km: float


class DrivesOut(BaseModel):
    """Whole seconds to every area, in the map's order, at the acute pace of today's service.

    The place joins the roads as a station that is opened there would: these are the drives that its units would have.
    `preparation_s` are the median seconds from the call until a unit at its station rolls; they are in `seconds`
    where that was asked for.
    """

    fingerprint: str
    nearest: NodeOut
    preparation_s: float
    seconds: list[int]


Latitude = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)]


def drives_router(library: Library) -> APIRouter:
    """`/studies/{study}/drives`."""
    router = APIRouter(tags=["map"])

    @router.get("/studies/{study}/drives")
    @needs(Role.READER)
    def get_drives(study: str, lat: Latitude, lon: Longitude, preparation: bool = False) -> DrivesOut:
        """Seconds from a place (degrees) to every area, with `preparation` from the call on."""
        opened = library.get(study)
        read = opened.get_study()
        if not read.settings.study.region.holds(lat, lon):
            remedy = "choose a place inside study.region"
            raise OptionError("lat, lon", f"{lat:g}, {lon:g}", "the place lies outside the region", remedy)
        roads = opened.get_base_roads(read)
        network = roads.network
        spot = nearest_spot(network, lat, lon)
        before_s = preparation_s(read.service)
        seconds = drive_s(roads, lat, lon, area_nodes(read.service, network)) * acute_factor(read.service)
        return DrivesOut(
            fingerprint=read.fingerprint,
            nearest=NodeOut(
                node=network.node_ids[spot.node],
                lat=float(network.lat[spot.node]),
                lon=float(network.lon[spot.node]),
                km=round(spot.km, 3),
            ),
            preparation_s=before_s,
            seconds=(seconds + (before_s if preparation else 0.0)).round().astype(int).tolist(),
        )

    return router
