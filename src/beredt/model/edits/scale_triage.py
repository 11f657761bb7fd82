"""Edit: more or less over- or under-triage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.triage_now import no_triage, now_of
from beredt.model.service import Service
from beredt.model.triage import Matrix, triage_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleTriage(Edit):
    """Multiply the shares that are given a higher urgency than their need (over) or a lower one (under).

    What is taken away is given the right urgency, what is added is taken from there.
    """

    kind: ClassVar[str] = "scale_triage"

    direction: str
    factor: float

    def objections(self, service: Service) -> Iterator[Objection]:
        """The study has no triage, or more would be given a wrong urgency than there is."""
        missing = list(no_triage(service, "direction"))
        yield from missing
        if not missing and any(share < 0.0 for row in self._scaled(service) for share in row):
            message = f"times {self.factor:g} gives more wrong urgencies than there are incidents"
            yield Objection("factor", message, "lower it")

    def apply(self, service: Service) -> Service:
        """The service with that triage."""
        return replace(service, triage_now=triage_rows(self._scaled(service)))

    def _scaled(self, service: Service) -> Matrix:
        scaled = []
        for i, row in enumerate(now_of(service)):
            new = [share * self.factor if self._means(i, j) else share for j, share in enumerate(row)]
            new[i] = row[i] + sum(old - one for j, (old, one) in enumerate(zip(row, new, strict=True)) if j != i)
            scaled.append(tuple(new))
        return tuple(scaled)

    def _means(self, true: int, given: int) -> bool:
        """Whether this is a wrong urgency of the direction; 0 is the most urgent."""
        return (given < true and self.direction != "under") or (given > true and self.direction != "over")
