"""What one assessor answers of one event under one alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from beredt.decision.risk.scores import COLUMNS
from beredt.model.issue import Issue
from beredt.report.risk_form import layout
from beredt.report.risk_form.personal import holds_personal

COLUMN_KEYS = (*COLUMNS, layout.KNOWLEDGE, layout.MEASURES)
"""Columns of `risk_scores` that an answer fills, by the names of `Answer`."""


class Who(NamedTuple):
    """An assessor as the study knows them: a role, and a number within it."""

    role: str
    number: int


NOBODY = Who("", 0)


class Question(NamedTuple):
    """What an answer is about, and whose it is."""

    who: Who
    event: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Scores 1 to 5, strength of knowledge (weak, moderate, strong), and measures taken for granted; None: none."""

    likelihood_before: int | None = None
    consequence_before: int | None = None
    likelihood_after: int | None = None
    consequence_after: int | None = None
    knowledge: str | None = None
    measures: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered."""
        return all(value is None for value in self.values().values())

    def values(self) -> dict[str, int | str | None]:
        """The columns of `risk_scores` that an answer fills."""
        return {key: getattr(self, key) for key in COLUMN_KEYS}

    def faults(self) -> Iterator[Issue]:
        """What would make the study's table unfit: half a pair, too long a text, or one that names persons."""
        for likelihood, consequence in (layout.BEFORE, layout.AFTER):
            if (getattr(self, likelihood) is None) != (getattr(self, consequence) is None):
                yield _fault(likelihood, "one of likelihood and consequence is given and the other is not",
                             "give both, or neither")  # fmt: skip
        if self.measures is not None and holds_personal(self.measures):
            yield _fault(layout.MEASURES, "an e-mail address or a national identity number",
                         "take it out: assessments are anonymous")  # fmt: skip
        if self.measures is not None and len(self.measures) > layout.LONGEST_MEASURES:
            yield _fault(layout.MEASURES, f"longer than {layout.LONGEST_MEASURES} characters", "say it shorter")
        if self.measures is not None and not self.measures.isprintable():
            yield _fault(layout.MEASURES, "empty, or with control characters", "write it as one line of text")


NOTHING = Answer()


def answer_of(row: Mapping[str, Any] | RowMapping) -> Answer:
    """The answer of a row of `risk_scores`, of the log, or of a page; its text on one line, None where it is blank."""
    given = {key: row[key] for key in COLUMN_KEYS}
    given[layout.MEASURES] = " ".join((given[layout.MEASURES] or "").split()) or None
    return Answer(**given)


def _fault(field: str, message: str, remedy: str) -> Issue:
    return Issue("", None, field, None, 1, message, remedy)
