"""Edit: give a centre rules of its own for a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.crisis_rule import KEEP, CrisisRule
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service

YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCrisis(Edit):
    """Say when a centre has a crisis and what holds there meanwhile; an earlier rule of the centre is replaced."""

    kind: ClassVar[str] = "set_crisis"

    centre: str
    ends_free: int
    begins_free: int | None = None
    begins_waiting: int | None = None
    least_min: float = 30
    crisis_policy: str | None = None
    ask_s: float = 0
    margin_s: float = 0
    lends: str = YES
    ordinary: str = KEEP
    begins_tasks: str = YES
    uses_standby: str = YES

    def objections(self, service: Service) -> Iterator[Objection]:
        """It never begins, ends at once, or changes nothing."""
        del service
        for field, message, remedy in self._rule().faults():
            yield Objection("crisis_policy" if field == "policy" else field, message, remedy)

    def apply(self, service: Service) -> Service:
        """The service with the rule, in the place of an old one or at the end."""
        others = [one for one in service.crisis_rules if one.centre != self.centre]
        return replace(service, crisis_rules=(*others, self._rule()))

    def _rule(self) -> CrisisRule:
        return CrisisRule(
            centre=self.centre,
            ends_free=self.ends_free,
            begins_free=self.begins_free,
            begins_waiting=self.begins_waiting,
            least_min=self.least_min,
            policy=self.crisis_policy,
            ask_s=self.ask_s,
            margin_s=self.margin_s,
            lends=self.lends == YES,
            ordinary=self.ordinary,
            tasks=self.begins_tasks == YES,
            standby=self.uses_standby == YES,
        )
