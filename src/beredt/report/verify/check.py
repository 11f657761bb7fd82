"""One thing that was looked at, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AGREES, DIFFERS, NOT_DONE = "agrees", "differs", "not done"


@dataclass(frozen=True, slots=True)
class Check:
    """A check by name: its outcome, what was found in one sentence, and every disagreement on a line of its own."""

    name: str
    outcome: str
    told: str
    lines: tuple[str, ...] = ()

    def as_text(self) -> str:
        """For a terminal: the outcome, the sentence, the disagreements below."""
        return "\n".join([f"{self.name}: {self.outcome}. {self.told}", *(f"  {line}" for line in self.lines)])

    def as_json(self) -> dict[str, Any]:
        """All fields."""
        return {"check": self.name, "outcome": self.outcome, "told": self.told, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of one report."""

    report: str
    fingerprint: str
    checks: tuple[Check, ...]

    @property
    def agrees(self) -> bool:
        """Whether every check was done and found nothing."""
        return all(check.outcome == AGREES for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """The answer for a script."""
        return {
            "report": self.report,
            "fingerprint": self.fingerprint,
            "agrees": self.agrees,
            "checks": [check.as_json() for check in self.checks],
        }

    def as_text(self) -> str:
        """The answer for a terminal; the last line is the verdict."""
        verdict = "The report agrees." if self.agrees else "The report does not agree, or could not be wholly checked."
        head = f"{self.report}, fingerprint {self.fingerprint}"
        return "\n".join([head, *(check.as_text() for check in self.checks), verdict])


def compared(name: str, good: str, bad: str, lines: Sequence[str]) -> Check:
    """A check that agrees when there is no disagreement."""
    return Check(name, DIFFERS if lines else AGREES, bad if lines else good, tuple(lines))
