"""What a page is told of an answer of siting."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from beredt.web.analyses.forms import FormOut, Plan
from beredt.web.words import LocalText

Status = Literal["kept", "new", "given_up", "not_used"]


class SiteOut(BaseModel):
    """A place where units may stand. `short` stands on a map; `lat`, `lon` in degrees.

    `near_best`: in all, some or none of the answers near the best, null where nobody asked.
    """

    id: str
    name: LocalText
    short: str
    lat: float
    lon: float
    centre: str
    organisation: str
    existing: bool
    lock: Literal["open", "closed", "free"]
    near_best: Literal["all", "some", "none", "open question"] | None


class SiteAnswerOut(BaseModel):
    """One answer. `rank` from 1; `value` and `bound` in the form of the objective, `gap` a share (null: not known).

    `sites`: units by open site; `by_period` the same by part of the week, where it has several. `opened` and `given_up`
    are sites that the best answer has not, and has; `changed` those with another number of units. `plan` makes it an
    alternative.
    """

    rank: int
    value: float
    bound: float | None
    gap: float | None
    proved: bool
    sites: dict[str, int]
    by_period: dict[str, dict[str, int]]
    opened: list[str]
    given_up: list[str]
    changed: list[str]
    plan: Plan


class CriterionOut(BaseModel):
    """A criterion of a trade-off. `more_is_better` says which way."""

    id: str
    name: LocalText
    form: FormOut
    more_is_better: bool


class PointOut(BaseModel):
    """An answer of which no other is better in both criteria; `first` and `second` are worth as much."""

    first: float
    second: float
    proved: bool
    sites: dict[str, int]
    plan: Plan


class TradeOffOut(BaseModel):
    """A trade-off. `exact`: every efficient answer is there; else those nearer than `step` may be missing."""

    criteria: list[CriterionOut]
    points: list[PointOut]
    exact: bool
    step: float


class MeasureOut(BaseModel):
    """A further figure of the best answer."""

    name: LocalText
    value: float
    form: FormOut


class SitingOut(BaseModel):
    """An answer of siting. `fingerprint` is the study's; `finding` and `proof` are sentences; `objective` how values of
    answers are written. `demand`: calls a year that were counted.
    """

    fingerprint: str
    version: str
    model: str
    alternative: str
    model_name: LocalText
    question: LocalText
    finding: LocalText
    proof: LocalText
    several: LocalText | None
    generated: LocalText
    objective: FormOut
    demand: float
    sites: list[SiteOut]
    answers: list[SiteAnswerOut]
    measures: list[MeasureOut]
    trade_off: TradeOffOut | None
    periods: list[str]


class ServedOut(BaseModel):
    """What an open site is nearest to: calls a year, those within their target, and the farthest drive (s)."""

    site: str
    status: Status
    units: int
    calls: float
    within: float
    longest_s: float | None


class CoverOut(BaseModel):
    """What an answer covers, area by area in the order of the map.

    `nearest`: number of the nearest open site in `sites`, −1 for none that may serve. `drive_s`: acute driving from it.
    `share`: of the area's calls within their target.
    """

    sites: list[ServedOut]
    nearest: list[int]
    drive_s: list[int | None]
    share: list[float]
