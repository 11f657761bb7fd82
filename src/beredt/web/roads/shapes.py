"""What the server tells of the roads of a study."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from beredt.web.words import LocalText


class RoadSourceOut(BaseModel):
    """Where imported roads come from. `segments_read` = `segments_used` + `segments_left_out`."""

    kind: str
    file: str
    licence: str
    country: str
    profile: str
    km: float
    nodes: int
    turn_bans: int
    share_of_limits_guessed: float
    segments_read: int
    segments_used: int
    segments_left_out: int


class SpeedRow(BaseModel):
    """A class of roads: its kilometres, the limit they have on average, and how it is driven.

    On a stretch with limit L one drives L × `ratio`[period][purpose], at most `most_kmh`. `id` is a class of the map;
    `main` or `local_N` in a study on links of its own, whose `limit_kmh` is the speed of ordinary traffic.
    """

    id: str
    name: LocalText
    km: float | None
    limit_kmh: float
    most_kmh: float
    ratio: list[list[float]]


class PeriodOut(BaseModel):
    """Hours of the week that are driven alike."""

    id: str
    name: LocalText


class FaultReason(BaseModel):
    """Why segments are left out (`left_out`), or used with a remark; `places` are on the map, as lon and lat."""

    reason: str
    message: LocalText
    count: int
    left_out: bool
    is_fault: bool
    places: list[list[float]]


class RoadProjectOut(BaseModel):
    """A change of roads in an alternative, in words; `holds` whether it does in the study's year."""

    alternative: str
    text: LocalText
    year: int | None
    holds: bool


class RoadLineProperties(BaseModel):
    """Roads of one class and limit; `minutes` of a single link of the study's own, null elsewhere."""

    row: str
    limit_kmh: float
    road: str | None
    minutes: float | None


class RoadLine(BaseModel):
    """Roads drawn as lines."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: RoadLineProperties


class RoadLines(BaseModel):
    """All roads that are drawn; `left_out` kilometres of smaller roads are not."""

    type: Literal["FeatureCollection"]
    features: list[RoadLine]


class RoadsOut(BaseModel):
    """The roads of a study. `purposes` and `periods` are in the order of the ratios of `speeds`."""

    fingerprint: str
    form: Literal["links", "map", "graph"]
    year: int
    source: RoadSourceOut | None
    purposes: list[str]
    periods: list[PeriodOut]
    least_kmh: float
    speeds: list[SpeedRow]
    faults: list[FaultReason]
    projects: list[RoadProjectOut]
    lines: RoadLines
    km_not_drawn: float


class ReachOut(BaseModel):
    """What is reached within some minutes of driving: an outline, people and km²; kilometres of road on a map."""

    minutes: float
    people: float | None
    km2: float
    road_km: float | None
    geometry: dict[str, Any]


class ReachAnswer(BaseModel):
    """Reach from a place, the longest first, as it is drawn."""

    fingerprint: str
    lat: float
    lon: float
    purpose: str
    period: str
    alternative: str
    areas: list[ReachOut]
