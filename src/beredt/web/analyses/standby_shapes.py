"""What pages ask of standby time – how many planned tasks it can carry, where free units go best – and are told."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from beredt.model.alternative import TODAY
from beredt.model.settings_base import AlternativeId
from beredt.web.analyses.forms import Plan
from beredt.web.answers.forms import EstimateOut
from beredt.web.words import LocalText

Name = Annotated[str, Field(min_length=1, max_length=200)]
ADay = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
MOST_NUMBERS, MOST_RULES = 8, 10


class TaskQuestion(BaseModel):
    """What is asked: numbers of tasks a day of the form `task` of an alternative (null: today), others as they are.

    `group` is a municipality or all; the share within the target may fall by `margin_pp` percentage points there.
    """

    model_config = ConfigDict(extra="forbid")

    alternative: AlternativeId | None = None
    task: Name
    numbers: Annotated[list[ADay], Field(min_length=1, max_length=MOST_NUMBERS)]
    group: Name = "all"
    margin_pp: Annotated[float, Field(ge=0.01, le=100, allow_inf_nan=False)] = 0.5
    replications: Annotated[int, Field(ge=2, le=100)] = 10

    @property
    def asked_of(self) -> str:
        """The id of the alternative that is asked about."""
        return self.alternative or TODAY


class PolicyQuestion(BaseModel):
    """What is asked: rules for free units of an alternative (null: today); others are held against the first."""

    model_config = ConfigDict(extra="forbid")

    alternative: AlternativeId | None = None
    rules: Annotated[list[Name], Field(min_length=2, max_length=MOST_RULES)]
    replications: Annotated[int, Field(ge=2, le=50)] = 4

    @property
    def asked_of(self) -> str:
        """The id of the alternative that is asked about."""
        return self.alternative or TODAY


class TaskForm(BaseModel):
    """A form of task that an alternative has: so many a day."""

    id: str
    per_day: float


class Carrying(BaseModel):
    """An alternative that has planned tasks."""

    alternative: str
    tasks: list[TaskForm]


class TaskOptions(BaseModel):
    """What can be asked of planned tasks: today and the saved alternatives that have any, and groups of areas."""

    alternatives: list[Carrying]
    groups: list[str]


class RuleOption(BaseModel):
    """A rule for free units, as it is asked for, with its name."""

    rule: str
    name: LocalText


class Ruled(BaseModel):
    """The rules that the service of an alternative can follow."""

    alternative: str
    rules: list[RuleOption]


class PolicyOptions(BaseModel):
    """What can be asked of rules for free units."""

    alternatives: list[Ruled]


class CarriedOut(BaseModel):
    """So many tasks a day. Changes are from none of them; `share_change_pp` in percentage points, times in seconds."""

    per_day: float
    done_share: EstimateOut
    late_share: EstimateOut
    share_change_pp: EstimateOut
    mean_change_s: EstimateOut
    holds: bool


class CapacityOut(BaseModel):
    """How many tasks a day a service can carry: `most` holds with all smaller numbers that were tried, 0 for none."""

    fingerprint: str
    version: str
    alternative: str
    task: str
    group: str
    margin_pp: float
    most: float
    replications: int
    generated: LocalText
    finding: LocalText
    carried: list[CarriedOut]


class ComparedRule(BaseModel):
    """A rule. Shares and changes of them are in per cent and percentage points; changes are from the first rule."""

    rule: str
    name: LocalText
    share_pp: EstimateOut
    share_change_pp: EstimateOut
    mean_s: EstimateOut
    mean_change_s: EstimateOut
    worst: str | None
    worst_share_pp: EstimateOut
    moves_per_shift: EstimateOut
    night_moves_per_shift: EstimateOut
    km_per_shift: EstimateOut
    rest_share: EstimateOut
    plan: Plan | None


class PoliciesOut(BaseModel):
    """Rules for free units beside one another. A rule without `plan` cannot be written as an edit."""

    fingerprint: str
    version: str
    alternative: str
    replications: int
    generated: LocalText
    finding: LocalText
    rules: list[ComparedRule]
