"""Edit: change how long an incident waits for a nearer unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.dispatch_rules import seconds_or_never
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES

Seconds = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCutoff(Edit):
    """Change beyond what expected time an incident waits for a nearer unit, and how long at most.

    `*` stands for all urgencies; a cutoff of 86,400 s means that it never waits.
    """

    kind: ClassVar[str] = "set_cutoff"

    urgency: str
    cutoff_s: float | None = None
    cutoff_wait_s: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes."""
        del service
        yield from self.needs_one_of("cutoff_s", "cutoff_wait_s")

    def apply(self, service: Service) -> Service:
        """The service with the changed rules."""
        rules = service.dispatch
        cutoff_s = None if self.cutoff_s is None else seconds_or_never(self.cutoff_s)
        changed = replace(
            rules,
            cutoff_s=self._changed(rules.cutoff_s, cutoff_s),
            cutoff_wait_s=self._changed(rules.cutoff_wait_s, self.cutoff_wait_s),
        )
        return replace(service, dispatch=changed)

    def _changed(self, now: Seconds, new: float | None) -> Seconds:
        acute, urgent, ordinary = (
            old if new is None or self.urgency not in {"*", urgency} else new
            for urgency, old in zip(URGENCIES, now, strict=True)
        )
        return acute, urgent, ordinary
