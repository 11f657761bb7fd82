"""The risk analysis as the page sees it: what is asked, who assesses, and what they make of it together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from beredt.report.risk_form.layout import LONGEST_MEASURES
from beredt.web.risk.database import LONGEST_NAME
from beredt.web.words import LocalText

Step = Annotated[int, Field(ge=1, le=5)]
Stage = Literal["before", "after"]
Knowledge = Literal["weak", "moderate", "strong"]
Id = Annotated[str, Field(min_length=1, max_length=128)]


class RiskNamed(BaseModel):
    """Something with a name in every language."""

    id: str
    name: LocalText


class RiskEventOut(BaseModel):
    """An event: the number by which the report calls it, its area, and why it may happen."""

    id: str
    number: int
    area: str
    name: LocalText
    cause: LocalText


class RiskLevelOut(BaseModel):
    """A level of the matrix: its colour (#rrggbb), the ink that can be read on it, and the sign that stands for it."""

    level: int
    name: LocalText
    colour: str
    ink: str
    symbol: str


class RiskFormOut(BaseModel):
    """What is asked. `matrix` gives the level by likelihood and consequence, both counted from 1.

    `is_example` says that the study brings no matrix of its own. The words of steps are those of the workbook.
    """

    fingerprint: str
    areas: list[RiskNamed]
    events: list[RiskEventOut]
    roles: list[RiskNamed]
    alternatives: list[RiskNamed]
    levels: list[RiskLevelOut]
    matrix: list[list[int]]
    is_example: bool
    likelihood_steps: list[LocalText]
    consequence_steps: list[LocalText]
    knowledge: list[RiskNamed]
    longest_measures: int = LONGEST_MEASURES
    longest_name: int = LONGEST_NAME


class AnswerIn(BaseModel):
    """What one assessor answers: scores 1 to 5 in pairs, strength of knowledge, measures. Null: not given."""

    model_config = ConfigDict(extra="forbid")

    likelihood_before: Step | None = None
    consequence_before: Step | None = None
    likelihood_after: Step | None = None
    consequence_after: Step | None = None
    knowledge: Knowledge | None = None
    measures: Annotated[str, Field(max_length=4 * LONGEST_MEASURES)] | None = None


class WrittenAnswer(BaseModel):
    """An answer to write over what its writer has `seen` there; nothing is written over anything else."""

    seen: AnswerIn
    answer: AnswerIn


class NewAssessor(BaseModel):
    """Somebody who takes part: a role, and what the workshop calls them. With `own` it is the caller's account."""

    role: Id
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    own: bool = False


class AssessorOut(BaseModel):
    """An assessor. `name` is "" for readers, who are not told; `mine` whether the caller may answer for them.

    `is_own` marks the caller's account. `answered` counts pairs of scores, of the `asked` that there are.
    """

    role: str
    number: int
    name: str
    mine: bool
    is_own: bool
    answered: int
    asked: int


class OwnAnswer(BaseModel):
    """An answer of somebody for whom the caller may answer; `at_s` is when (seconds since 1970), null in the study."""

    role: str
    number: int
    event: str
    alternative: str
    answer: AnswerIn
    by: str
    at_s: float | None


class DimensionOut(BaseModel):
    """What assessors think of one dimension: the middle, the range, and how far they lie apart (0 to 1)."""

    median: float
    low: int
    high: int
    disagreement: float | None


class CellCount(BaseModel):
    """How many assessors stand in a cell of the matrix."""

    likelihood: int
    consequence: int
    assessors: int


class SpreadOut(BaseModel):
    """One event under one alternative at one stage, by everybody (`role` "") or by a role with enough assessors.

    `likelihood_step`, `consequence_step` and `level` are where the report shows it; `weak` of `told` call the knowledge
    weak.
    """

    event: str
    alternative: str
    stage: Stage
    role: str
    assessors: int
    likelihood: DimensionOut
    consequence: DimensionOut
    likelihood_step: int
    consequence_step: int
    level: int
    weak: int
    told: int
    counts: list[CellCount]


class AgreementOut(BaseModel):
    """Krippendorff's alpha over the events of one alternative; null where it cannot be told."""

    alternative: str
    stage: Stage
    dimension: Literal["likelihood", "consequence"]
    alpha: float | None
    events: int
    scores: int


class MeasureOut(BaseModel):
    """Measures that somebody takes for granted; whose they are is not told."""

    event: str
    alternative: str
    text: str


class RiskPictureOut(BaseModel):
    """The workshop as it is now. `version` changes with everything that could change the picture.

    `in_study` answers stand in the study's own table, `unlike` are other there or not there; `taken_s` is when they
    were last taken into it from here (seconds since 1970), `taken_by` who did it.
    """

    version: str
    fingerprint: str
    assessors: list[AssessorOut]
    spreads: list[SpreadOut]
    agreement: list[AgreementOut]
    measures: list[MeasureOut]
    own: list[OwnAnswer]
    answers: int
    in_study: int
    unlike: int
    taken_s: float | None
    taken_by: str


class RiskVersion(BaseModel):
    """What tells whether the picture has changed."""

    version: str


class RiskTaken(BaseModel):
    """What now stands in the study: so many answers of so many assessors, of which so many changed."""

    answers: int
    assessors: int
    changed: int


class RiskBroughtIn(BaseModel):
    """What came with a workbook: answers in all, by so many assessors, of which so many are new or other."""

    answers: int
    assessors: int
    changed: int
    warnings: list[str]


class RiskDeed(BaseModel):
    """An answer as it once was: who wrote it, "" at one's own machine, and when (seconds since 1970)."""

    at_s: float
    by: str
    answer: AnswerIn


class RiskHistory(BaseModel):
    """Everything that was ever answered to a question, the oldest first."""

    deeds: list[RiskDeed]
