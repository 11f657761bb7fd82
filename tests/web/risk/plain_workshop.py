"""A workshop in plain Python, slow and obvious: one dictionary, and a list of everything that was ever written."""

from __future__ import annotations

from dataclasses import dataclass, field

from beredt.web.risk.answer import NOTHING, Answer, Question


@dataclass
class PlainWorkshop:
    """What stands where, what stands in the study, and what was written, in order."""

    here: dict[Question, Answer] = field(default_factory=dict)
    study: dict[Question, Answer] = field(default_factory=dict)
    written: list[tuple[Question, Answer]] = field(default_factory=list)

    def write(self, question: Question, seen: Answer, answer: Answer) -> bool:
        """Whether it was written, or was there already."""
        now = self.here.get(question, NOTHING)
        if now == answer:
            return True
        if now != seen:
            return False
        self.written.append((question, answer))
        self.here[question] = answer
        if answer.is_empty:
            del self.here[question]
        return True

    def take(self) -> None:
        self.study = dict(self.here)
