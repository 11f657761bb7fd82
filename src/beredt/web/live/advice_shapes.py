"""What the live server tells of readiness and advice. Times are milliseconds since 1970, shares from 0 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from beredt.live.desk import Deed, Given
from beredt.live.picture.fold import MOVES

if TYPE_CHECKING:
    from beredt.live.ground.ground import Ground
    from beredt.live.readiness.readiness import Readiness

KM_PER_DEGREE = 111.4


class HorizonOut(BaseModel):
    """What areas can expect at one moment; lists are in the order of the areas.

    `nearest_s` are seconds from a decision to the nearest unit, null without any; `within` how many units reach the
    area within its target. Shares are of areas, people and expected calls that a unit reaches in time; `chance` the
    same of calls once incidents that come meanwhile have taken units, each with probability `busy`. `expected` units
    are not free now; of `uncertain` ones too little is known, and `off_road` ones are too far from the roads.
    `calls_per_hour` are those of the urgency, by the forecast model `expected_by` or by the rates of the `study`.
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
    expected_by: str
    nearest_s: list[int | None]
    nearest: list[str | None]
    within: list[int]
    chances: list[float]


class ReadinessOut(BaseModel):
    """Readiness of all areas for one urgency, now and later.

    `not_forecast` is why incidents are expected by the study's rates (`log_too_short`, `history_too_short`,
    `history_too_old`, `being_reckoned`, …), empty where they are forecast; `filled_hours` of the past were not counted.
    """

    urgency: str
    horizons: list[HorizonOut]
    not_forecast: str
    filled_hours: int


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


class ChoiceOut(BaseModel):
    """A unit that may be sent: seconds from now to the scene as a dispatcher reckons them, and what its going leaves.

    Shares are of people, and of expected acute calls, that then no free unit reaches in time and one reaches now.
    """

    unit: str
    centre: str
    expected_s: float
    at_home: bool
    people_lost: float
    calls_lost: float
    position_stale: bool


class PromisedOut(BaseModel):
    """A unit that was not reckoned with: it is to go to another incident, by advice or by what was written down."""

    unit: str
    incident: str


class SendAdviceOut(BaseModel):
    """Whom the study's rules would send to an incident.

    `send` a free unit; `divert` one on its way to `from_incident`; `ask` the centre, which takes `ask_s` and would then
    send `unit` (null: nobody); `wait`; or `cannot_tell`. `reason` names the rule. `nearest` is expected first, whoever
    owns it.
    """

    incident: str
    deed: Literal["send", "divert", "ask", "wait", "cannot_tell"]
    unit: str | None
    centre: str | None
    ask_s: float | None
    from_incident: str | None
    reason: str
    nearest: str | None
    choices: list[ChoiceOut]
    promised: list[PromisedOut]
    number: int
    at_ms: int


class MoveOut(BaseModel):
    """A free unit that would do more at another station: shares of all expected incidents that it adds and takes."""

    unit: str
    from_station: str
    to_station: str
    gained: float
    lost: float
    drive_s: float
    km: float


class MovesAdviceOut(BaseModel):
    """Moves, the best first, each reckoned with those before it made."""

    moves: list[MoveOut]
    number: int
    at_ms: int


class DoneOut(BaseModel):
    """What a person wrote down about a piece of advice, and who."""

    deed: Deed
    unit: str | None
    why: str
    by: str


class GivenOut(BaseModel):
    """A piece of advice: `id` names it in the log, `about` is an incident or `moves`.

    `done` is what a person wrote down about it, null for nothing yet. It is advice: people decide.
    """

    id: str
    about: str
    at_ms: int
    seen_by: list[str]
    done: DoneOut | None


class SendGivenOut(GivenOut):
    """Advice about an incident."""

    advice: SendAdviceOut


class MovesGivenOut(GivenOut):
    """Advice about moves."""

    advice: MovesAdviceOut


class AdviceList(BaseModel):
    """What was advised lately, the newest first."""

    on: bool
    advice: list[SendGivenOut | MovesGivenOut]


class SwitchIn(BaseModel):
    """Whether advice is given."""

    on: bool


class DoneIn(BaseModel):
    """What a person did about a piece of advice: followed it, did something other (which unit), or declined it."""

    deed: Deed
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
        expected_by=found.expected_by,
        nearest_s=[round(one) if np.isfinite(one) else None for one in found.nearest_s.tolist()],
        nearest=[found.units[one] if one >= 0 else None for one in found.nearest.tolist()],
        within=found.within.tolist(),
        chances=[round(one, 3) for one in found.chances.tolist()],
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


def given_out(given: Given) -> SendGivenOut | MovesGivenOut:
    """A piece of advice as it is told."""
    return moves_given_out(given) if given.log.about == MOVES else send_given_out(given)


def send_given_out(given: Given) -> SendGivenOut:
    """A piece of advice about an incident as it is told."""
    of_old_logs: dict[str, Any] = {"promised": []}
    return SendGivenOut(advice=SendAdviceOut.model_validate(of_old_logs | given.advice), **_log_of(given))


def moves_given_out(given: Given) -> MovesGivenOut:
    """A piece of advice about moves as it is told."""
    return MovesGivenOut(advice=MovesAdviceOut.model_validate(given.advice), **_log_of(given))


def _log_of(given: Given) -> dict[str, Any]:
    log = given.log
    done = None if log.done is None else DoneOut.model_validate(log.done)
    return {"id": given.id, "about": log.about, "at_ms": log.at_ms, "seen_by": log.seen_by, "done": done}
