"""The form of an answer: what a page asks, and what it is told again and again while the year is simulated."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from beredt.model.settings_base import Language
from beredt.web.faults import Problem

MOST_EDITS = 1_000
MOST_COMPARED = 4
MOST_REPLICATIONS = 200

Entry = dict[str, Any]
"""An edit as it stands in TOML: `edit` names its kind, the rest are its keys."""

Change = Literal["better", "worse", "unclear", "none", "changed"]
"""What an interval says: clearly better or worse, nothing clear, no difference in any replication; or clearly another,
where nobody can say which is better."""


class DraftIn(BaseModel):
    """An alternative as a page holds it, saved or not. `title` is what sentences call it, if it has one."""

    id: str = Field(min_length=1, max_length=80)
    edits: list[Entry] = Field(max_length=MOST_EDITS)
    title: str | None = Field(default=None, max_length=200)


class AnswersQuestion(BaseModel):
    """What would become of the year.

    `page` names the page that asks and `ticket` counts its questions: a later one takes the place of all before it.
    `against` is `today`, the id of a saved alternative, or a draft. `replications` are as many as the study has where
    nothing is said. `urgency` is whom cards, places and maps are about.
    """

    page: str = Field(min_length=1, max_length=80)
    ticket: int = Field(ge=0)
    of: list[DraftIn] = Field(min_length=1, max_length=MOST_COMPARED)
    against: str | DraftIn = "today"
    replications: int | None = Field(default=None, ge=1, le=MOST_REPLICATIONS)
    urgency: Literal["A", "H", "V"] = "A"
    with_calendar: bool = False
    lang: Language = "en"


class EstimateOut(BaseModel):
    """A mean over replications with its 95 % interval; null where it is not known. Shares are from 0 to 1."""

    value: float | None
    low: float | None
    high: float | None


class Help(BaseModel):
    """What stands behind a figure: what it means, where it comes from, how it is worked out."""

    definition: str
    source: str
    computed: str


class Card(BaseModel):
    """One figure of an alternative beside that of what it is compared with.

    `unit` is `share`, `s` (seconds), `units` (a mean number of units), `count`, `fte`, `h per year` or `km per year`.
    `by_hour` has a value for every clock hour of the day where the figure has any. `group` is whom it is about.
    """

    id: str
    title: str
    group: str
    unit: str
    value: EstimateOut
    against: EstimateOut
    difference: EstimateOut
    change: Change
    by_hour: list[float | None] | None
    against_by_hour: list[float | None] | None
    help: Help


class PlaceRow(BaseModel):
    """What becomes of a group of areas. `people` live there; `incidents` a year are of the urgency asked for.

    `within_more` is how many more of them are reached within the target. `share` and the differences of shares are
    from 0 to 1, times are seconds.
    """

    id: str
    name: str
    kind: Literal["all", "group", "municipality", "district"]
    people: float
    incidents: float | None
    share: EstimateOut
    p90_s: EstimateOut
    mean_s: EstimateOut
    difference_share: EstimateOut
    difference_p90_s: EstimateOut
    difference_mean_s: EstimateOut
    within_more: EstimateOut
    change: Change


class HourCurve(BaseModel):
    """A figure by clock hour: 24 values with their intervals, and those of what it is compared with."""

    id: str
    title: str
    group: str
    unit: str
    value: list[float | None]
    low: list[float | None]
    high: list[float | None]
    against: list[float | None]


class AreaValues(BaseModel):
    """One value for every area in the map's order, null where nothing is known.

    `difference_s` leaves out areas with too few incidents a year, as the report's maps do.
    """

    mean_s: list[float | None]
    share: list[float | None]
    difference_s: list[float | None]


class Flow(BaseModel):
    """Missions a year by units of an organisation in a municipality."""

    organisation: str
    municipality: str
    missions: float
    against: float


class MunicipalitySimultaneity(BaseModel):
    """How many units from other municipalities are at work at once in one: `hours[n]` is the share of clock hours in
    which n were at most, 5 standing for five or more; `against` that of the service compared with.
    """

    municipality: str
    hours: list[float]
    against: list[float]


class UnitUse(BaseModel):
    """How a unit spends its time on duty. `against` is null for a unit that is not there otherwise."""

    unit: str
    station: str
    organisation: str
    missions: float
    utilisation: float | None
    against: float | None


class GateRowOut(BaseModel):
    """One declared group and measure: the difference beside its margin. Shares are from 0 to 1."""

    group: str
    name: str
    measure: str
    title: str
    unit: Literal["share", "s"]
    difference: EstimateOut
    margin: float
    outcome: Literal["meets", "fails", "undecided"]


class GateAnswer(BaseModel):
    """What premise 1 says so far, in the report's words. `provisional` until all replications are there."""

    outcome: Literal["meets", "fails", "undecided"]
    mark: str
    title: str
    answer: str
    lines: list[str]
    provisional: bool
    rows: list[GateRowOut]


class Calendar(BaseModel):
    """Most units from outside at work at once in replication 0: `levels[day][hour]`, 5 standing for five or more.

    `group` is where they were drawn in.
    """

    start: str
    group: str
    levels: list[list[int]]
    against: list[list[int]]


class AlternativeAnswer(BaseModel):
    """What becomes of the year under one alternative. `sentences` begin with `sentence`."""

    id: str
    sentence: str
    sentences: list[str]
    gate: GateAnswer | None
    cards: list[Card]
    places: list[PlaceRow]
    hours: list[HourCurve]
    areas: AreaValues
    flows: list[Flow]
    simultaneity: list[MunicipalitySimultaneity]
    units: list[UnitUse]
    calendar: Calendar | None


class Answer(BaseModel):
    """Event `answer`: what `replications` of the `wanted` say; `seconds` since the question came."""

    replications: int
    wanted: int
    seconds: float
    fingerprint: str
    seed: int
    against: str
    urgency: str
    alternatives: list[AlternativeAnswer]


class Prepared(BaseModel):
    """Event `prepared`: the question is understood and under way after so many seconds."""

    seconds: float
    wanted: int


class Waiting(BaseModel):
    """Event `waiting`: nothing to show yet, and why, in words."""

    stage: str
    text: str
    seconds: float


class Done(BaseModel):
    """Event `done`: all replications have been told."""

    seconds: float


class AnswerEvents(BaseModel):
    """What comes over the stream, each under its own name: here so that a client knows the forms."""

    prepared: Prepared | None = None
    waiting: Waiting | None = None
    answer: Answer | None = None
    done: Done | None = None
    problem: Problem | None = None
