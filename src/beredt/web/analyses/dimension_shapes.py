"""What a page asks of dimensioning, and what it is told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from beredt.model.settings_base import AlternativeId
from beredt.siting.dimensioning.rule import DimensionRule, parse_dimension_rule, read_dimension_rule
from beredt.web.analyses.forms import Plan
from beredt.web.words import LocalText

RULE_FILE = "rule"
Share = Annotated[float, Field(gt=0, lt=1)]


class BandGiven(BaseModel):
    """Hours of the day with the same units on duty, `HH:00`."""

    id: Annotated[str, Field(max_length=40)]
    start: Annotated[str, Field(max_length=5)]
    end: Annotated[str, Field(max_length=5)]


class DimensionQuestion(BaseModel):
    """What is asked. `alternatives`: ids, none for all. `replications`: years behind every share. `repeat`: searches
    behind the prices of borders made again, for their interval. What is null of the rule is as Beredt brings it.
    """

    model_config = ConfigDict(extra="forbid")

    alternatives: Annotated[list[AlternativeId], Field(max_length=50)] = []
    replications: Annotated[int, Field(ge=1, le=100)] = 4
    repeat: Annotated[int, Field(ge=0, le=10)] = 0
    nearest_share: Share | None = None
    nearest_means: Literal["held", "free", "answered"] | None = None
    target_share: Share | None = None
    least_units: Annotated[int, Field(ge=1, le=20)] | None = None
    bands: Annotated[list[BandGiven], Field(max_length=8)] | None = None

    def rule(self) -> DimensionRule:
        """The rule with what was given in it. Raises DefinitionError with every fault."""
        given = self.model_dump(include={"nearest_share", "nearest_means", "target_share", "least_units", "bands"})
        whole = read_dimension_rule(None).model_dump(mode="json") | {k: v for k, v in given.items() if v is not None}
        import tomlkit

        return parse_dimension_rule(RULE_FILE, tomlkit.dumps(whole).encode())


class ShareOut(BaseModel):
    """A share with its interval; `asked`: whether the rule asks for it here, and `own` what today's units keep."""

    value: float
    low: float | None
    high: float | None
    asked: bool
    own: float


class CellOut(BaseModel):
    """A station in a band: units of the rule and those of the alternative itself, what is kept, and how many acute
    calls there are a year. `ceiling`: share within the target that no number of units could exceed.
    """

    station: str
    band: str
    units: int
    own_units: float
    nearest: ShareOut
    target: ShareOut
    ceiling: float
    acute_calls: float


class ScenarioOut(BaseModel):
    """An alternative with its borders (`own`) or without any (`none`), and without a station that it opens (empty: with
    all). Units are counted round the clock.
    """

    alternative: str
    borders: Literal["own", "none"]
    without: str
    name: LocalText
    proved: bool
    tried: int
    units: float
    own_units: float
    fte: float
    own_fte: float
    nearest_share: float
    own_nearest_share: float
    target_share: float
    own_target_share: float
    cells: list[CellOut]
    plan: Plan


class SpanOut(BaseModel):
    """A figure with its interval; null where it is not known."""

    value: float | None
    low: float | None
    high: float | None


class PriceOut(BaseModel):
    """What the borders of an alternative cost in units round the clock: of the two fleets, year by year to first order,
    and by `repetitions` of both whole searches.
    """

    alternative: str
    name: LocalText
    units: float
    fte: float
    yearly: SpanOut
    repeated: SpanOut
    repetitions: int


class ProposalOut(BaseModel):
    """Units round the clock that an alternative adds at the stations of an organisation, and that the rule adds."""

    alternative: str
    name: LocalText
    organisation: str
    proposed: float
    rule: float
    agrees: bool


class BandOut(BaseModel):
    """A part of the day."""

    id: str
    name: LocalText
    hours: int


class StationName(BaseModel):
    """A station and its name."""

    id: str
    name: str


class DimensioningOut(BaseModel):
    """A study dimensioned. `note` says that it is a reconstruction; `findings` are sentences, the first about all."""

    fingerprint: str
    version: str
    note: LocalText
    rule: LocalText
    findings: list[LocalText]
    baseline: str
    replications: int
    stopped: bool
    bands: list[BandOut]
    stations: list[StationName]
    scenarios: list[ScenarioOut]
    prices: list[PriceOut]
    proposals: list[ProposalOut]
