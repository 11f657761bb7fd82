"""What a page asks of rosters, and what it is told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from beredt.errors import OptionError
from beredt.model.alternative import TODAY
from beredt.model.settings_base import AlternativeId
from beredt.siting.rosters.rules import RosterRules, parse_roster_rules, read_roster_rules
from beredt.web.analyses.forms import Plan
from beredt.web.words import LocalText

RULES_FILE = "rules"
Name = Annotated[str, Field(max_length=200)]


class NeedOf(BaseModel):
    """A dimensioning whose units are the need: its id, and the scenario of it."""

    dimensioning: Name
    alternative: Name
    borders: Literal["own", "none"] = "own"
    without: Name = ""


class RosterQuestion(BaseModel):
    """What is asked. `stations`: ids, none for all. `need_of`: null for the need worked out of the study. `families`:
    ids of the families of shifts that are permitted, null for all. What is null of the rules is as Beredt brings it.
    """

    model_config = ConfigDict(extra="forbid")

    alternative: AlternativeId | None = None
    stations: Annotated[list[Name], Field(max_length=500)] = []
    need_of: NeedOf | None = None
    replications: Annotated[int, Field(ge=1, le=50)] = 2
    blocking: Annotated[float, Field(gt=0, lt=1)] | None = None
    least_units: Annotated[int, Field(ge=0, le=100)] | None = None
    most_units: Annotated[int, Field(ge=0, le=100)] | None = None
    handover_min: Annotated[int, Field(ge=0, le=120)] | None = None
    families: Annotated[list[Name], Field(max_length=100)] | None = None

    @property
    def asked_of(self) -> str | None:
        """The id of the alternative that is asked about, None for today."""
        return None if self.alternative in (None, TODAY) else self.alternative

    def rules(self) -> RosterRules:
        """The rules with what was given in them. Raises OptionError without any shift, DefinitionError for others."""
        import tomlkit

        shipped = read_roster_rules(None)
        given = self.model_dump(include={"blocking", "least_units", "most_units", "handover_min"})
        whole = shipped.model_dump(mode="json") | {key: value for key, value in given.items() if value is not None}
        if self.families is not None:
            whole["forms"] = [one for one in whole["forms"] if one["id"] in self.families]
        if not whole["forms"]:
            raise OptionError("permitted shifts", "none", "no roster can be made of nothing", "permit some of them")
        return parse_roster_rules(RULES_FILE, tomlkit.dumps(whole).encode())


class FamilyOut(BaseModel):
    """A family of permitted shifts: hours of beginning from `first` to `last`, length, weekdays, people, how many."""

    id: str
    first: str
    last: str
    length_h: float
    weekdays: list[str]
    crew: int
    shifts: int


class RulesOut(BaseModel):
    """What rosters may be made of, and what they are measured by."""

    blocking: float
    least_units: int
    most_units: int
    handover_min: int
    net_hours_per_fte: int
    families: list[FamilyOut]


class CarsOut(BaseModel):
    """So many cars with the same shifts; `weekdays` 1 = Monday to 7, times in seconds after midnight."""

    weekdays: list[int]
    start_s: int
    end_s: int
    crew: int
    cars: int
    text: LocalText


class RosterOfStation(BaseModel):
    """A roster of a station. `which`: today's, the same cars at their best hours, or the fewest hours for the need.

    `on_duty`: units in every hour of the week. `blocked`: share of acute calls that find no unit free (null: not
    known). `short_h`: hours below the need. `gap`: to a proof, null for today's.
    """

    which: Literal["today", "moved", "fewest"]
    on_duty: list[int]
    fte: float | None
    paid_h: float | None
    blocked: float | None
    short_h: int | None
    proved: bool | None
    gap: float | None
    cars: list[CarsOut]
    plan: Plan | None


class StationRostersOut(BaseModel):
    """A station: the need of every hour of the week from Monday 00:00, and its rosters."""

    id: str
    name: str
    finding: LocalText
    need: list[int]
    rosters: list[RosterOfStation]


class WholePlan(BaseModel):
    """All stations with one of their rosters: full-time positions, and the edits for all of them."""

    which: Literal["moved", "fewest"]
    fte: float
    plan: Plan


class RosteringOut(BaseModel):
    """Rosters for the stations of a study. `need`: where the need comes from."""

    fingerprint: str
    version: str
    alternative: str
    need: Literal["study", "dimensioning"]
    generated: LocalText
    finding: LocalText
    rules: RulesOut
    today_fte: float | None
    plans: list[WholePlan]
    stations: list[StationRostersOut]


def rules_out(rules: RosterRules) -> RulesOut:
    """Rules as a page is told of them."""
    return RulesOut(
        blocking=rules.blocking,
        least_units=rules.least_units,
        most_units=rules.most_units,
        handover_min=rules.handover_min,
        net_hours_per_fte=rules.net_hours_per_fte,
        families=[
            FamilyOut(
                id=one.id,
                first=one.first,
                last=one.last,
                length_h=one.length_h,
                weekdays=list(one.weekdays),
                crew=one.crew,
                shifts=len(one.forms()),
            )
            for one in rules.forms
        ],
    )
