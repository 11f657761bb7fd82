"""What the live server tells of readiness and advice. Times are milliseconds since 1970, shares from 0 to 1."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from beredt.live.desk import Given
from beredt.live.ground.ground import Ground
from beredt.live.readiness.readiness import Readiness

KM_PER_DEGREE = 111.4


class HorizonOut(BaseModel):
    """What areas can expect at one moment; lists are in the order of the areas.

    `nearest_s` are seconds from a decision to the nearest unit, null without any; `within` how many units reach the
    area within its target. Shares are of areas, people and expected calls that a unit reaches in time; `chance` the
    same of calls once incidents that come meanwhile have taken units, each with probability `busy`. `expected` units
    are not free now; of `uncertain` ones too little is known, and `off_road` ones are too far from the roads.
    """

    minutes: int
    units: list[str]
    expected: list[str]
    uncertain: list[str]
    off_road: list[str]
    area_share: float | None
    people_share: float | None
    call_share: float | None
    chance: float | None
    busy: float
    mean_s: float | None
    calls_per_hour: float
    nearest_s: list[int | None]
    nearest: list[str | None]
    within: list[int]


class ReadinessOut(BaseModel):
    """Readiness of all areas for one urgency, now and later."""

    urgency: str
    horizons: list[HorizonOut]


class ArrivalOut(BaseModel):
    """When a unit on its way is expected at its incident."""

    unit: str
    incident: str
    at_ms: int


class ArrivalList(BaseModel):
    """Units on their way, as far as it is known where they are."""

    arrivals: list[ArrivalOut]


class AreasOut(BaseModel):
    """The areas as squares of GeoJSON, in the order of readiness; properties are `id` and `urban`."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[dict[str, Any]]


class GivenOut(BaseModel):
    """A piece of advice: `id` names it in the log, `about` is an incident or `moves`, `advice` what was advised.

    `done` is what a person wrote down about it, null for nothing yet. It is advice: people decide.
    """

    id: str
    about: str
    at_ms: int
    advice: dict[str, Any]
    seen_by: list[str]
    done: dict[str, Any] | None


class AdviceList(BaseModel):
    """What was advised lately, the newest first."""

    on: bool
    advice: list[GivenOut]


class SwitchIn(BaseModel):
    """Whether advice is given."""

    on: bool


class DoneIn(BaseModel):
    """What a person did about a piece of advice: followed it, did something other (which unit), or declined it."""

    deed: Literal["followed", "other", "declined"]
    unit: str | None = Field(default=None, max_length=128)
    why: str = Field(default="", max_length=500, description="no names, nothing about a patient")


def horizon_out(found: Readiness) -> HorizonOut:
    """Readiness at one moment as it is told."""
    return HorizonOut(
        minutes=found.minutes,
        units=list(found.units),
        expected=list(found.expected),
        uncertain=list(found.uncertain),
        off_road=list(found.off_road),
        area_share=found.area_share,
        people_share=found.people_share,
        call_share=found.call_share,
        chance=found.chance,
        busy=found.busy,
        mean_s=found.mean_s,
        calls_per_hour=float(found.calls.sum()),
        nearest_s=[round(one) if np.isfinite(one) else None for one in found.nearest_s.tolist()],
        nearest=[found.units[one] if one >= 0 else None for one in found.nearest.tolist()],
        within=found.within.tolist(),
    )


def areas_out(ground: Ground) -> AreasOut:
    """The areas of a study as squares around their middles."""
    features = []
    for area in ground.service.areas:
        half_lat = area.size_m / 2000 / KM_PER_DEGREE
        half_lon = half_lat / float(np.cos(np.radians(area.lat)))
        west, east, south, north = area.lon - half_lon, area.lon + half_lon, area.lat - half_lat, area.lat + half_lat
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        ring = [[round(lon, 5), round(lat, 5)] for lon, lat in ring]
        features.append(
            {
                "type": "Feature",
                "id": area.id,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"id": area.id, "urban": area.urban},
            }
        )
    return AreasOut(features=features)


def given_out(given: Given) -> GivenOut:
    """A piece of advice as it is told."""
    log = given.log
    return GivenOut(
        id=given.id, about=log.about, at_ms=log.at_ms, advice=given.advice, seen_by=log.seen_by, done=log.done
    )
