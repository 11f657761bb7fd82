"""What a page is told of a major incident."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from beredt.web.analyses.forms import FormOut
from beredt.web.words import LocalText

Severity = Literal["red", "yellow", "green"]


class SceneOut(BaseModel):
    """A place of the event. `units`: asked for today, in the hour in which it takes most."""

    place: str
    lat: float
    lon: float
    after_min: float
    red: int
    yellow: int
    green: int
    units: int


class MajorMeasureOut(BaseModel):
    """A figure: the middle one of the moments, and in how many of `samples` it happened at all; the mean difference
    from today with its interval (95 %), null where it is not known. `better` is the sign of a change for the better.
    """

    id: str
    name: LocalText
    form: FormOut
    change_form: FormOut
    better: Literal[-1, 1]
    median: float | None
    mean: float | None
    low: float | None
    high: float | None
    samples: int
    reached: int
    change: float | None
    change_low: float | None
    change_high: float | None


class CurveOut(BaseModel):
    """Units that have come, minute by minute: the median of the moments, and the band of most of them."""

    median: list[float]
    low: list[float]
    high: list[float]


class PatientsOut(BaseModel):
    """Patients of a severity: how many, and the mean of those who have left and who are at a hospital, by minute."""

    severity: Severity
    name: LocalText
    patients: int
    away: list[float]
    delivered: list[float]


class RestOut(BaseModel):
    """What is left, minute by minute, means with the event and on the same days without it: shares of people with a
    free unit within `within_min`, and free units.
    """

    within_min: int
    people_with: list[float]
    people_without: list[float]
    free_with: list[float]
    free_without: list[float]


class NeededOut(BaseModel):
    """What is needed beside units for patients: minutes until all of it is there, in the middle one of the moments,
    null where it never was; in how many of `samples`; the mean difference from today; the stations it came from most.
    """

    name: LocalText
    units: int
    waited: bool
    median: float | None
    samples: int
    reached: int
    change: float | None
    change_low: float | None
    change_high: float | None
    stations: str


class SourceOut(BaseModel):
    """A station that units came from, and as what is needed, null for patients: arrivals (mean), moments in which any
    came, mean minutes to the first.
    """

    station: str
    needed: LocalText | None
    organisation: str
    called_in: bool
    units: float
    samples_with: int
    first_min: float


class TakenOut(BaseModel):
    """The transport plan: patients of a severity at a hospital, null for no room anywhere. Means over the moments."""

    hospital: str | None
    severity: Severity
    capacity: float
    planned: float
    delivered: float


class LoadOut(BaseModel):
    """An incident of the playback that is the event's: a unit's worth of patients, or one needed beside them."""

    number: int
    severity: Literal["red", "yellow", "green", "needed"]
    patients: int


class MajorAnswerOut(BaseModel):
    """What an alternative does."""

    alternative: str
    name: LocalText
    curve: CurveOut
    measures: list[MajorMeasureOut]
    needed: list[NeededOut]
    patients: list[PatientsOut]
    rest: list[RestOut]
    sources: list[SourceOut]
    taken: list[TakenOut]
    loads: list[LoadOut]


class MajorOut(BaseModel):
    """A major incident answered. `minutes` after the first alarm are those of all curves. `played` is the number of the
    moment that `…/playback/ALTERNATIVE` plays, `played_before_s` the seconds of it before the first alarm.
    """

    fingerprint: str
    version: str
    generated: LocalText
    place: LocalText
    when: LocalText
    findings: list[LocalText]
    assumed: list[LocalText]
    scenes: list[SceneOut]
    samples: int
    minutes: list[int]
    answers: list[MajorAnswerOut]
    without_room: int
    played: int
    played_before_s: float
