"""Edit: change the rules of dispatch that hold everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, cast

from beredt.model.dispatch_rules import DispatchRule, DispatchRules, seconds_or_never
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES, urgency_code


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDispatch(Edit):
    """Change who may be diverted to what, responders' release, the rule of choice, and the taking over of missions.

    `divert` are pairs such as `A>H`, all of them; an empty list forbids diverting. What is not given stays as it is.
    """

    kind: ClassVar[str] = "set_dispatch"

    divert: tuple[str, ...] | None = None
    divert_margin_s: float | None = None
    responder_release_s: float | None = None
    rule: str | None = None
    busy_fraction: float | None = None
    least_loss_for: tuple[str, ...] | None = None
    rebook_gain_s: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, a pair is not one, or an urgency is not one."""
        del service
        if all(value is None for value in self.values().values()):
            yield from self.needs_one_of(*self.values())
        for pair in self.divert or ():
            if not re.fullmatch("[AHV]>[AHV]", pair) or urgency_code(pair[0]) >= urgency_code(pair[2]):
                yield Objection(
                    "divert",
                    f"{pair!r} is not a pair of a more urgent and a less urgent incident",
                    "write pairs such as A>H: the new incident first, the one on the way second",
                )
        for urgency in self.least_loss_for or ():
            if urgency not in URGENCIES:
                remedy = "write urgencies such as H and V"
                yield Objection("least_loss_for", f"{urgency!r} is not an urgency", remedy)

    def apply(self, service: Service) -> Service:
        """The service with the changed rules."""
        rules = service.dispatch
        if self.divert is not None:
            rules = replace(rules, divert=tuple((pair[0], pair[2]) for pair in self.divert))
        if self.least_loss_for is not None:
            rules = replace(rules, least_loss_for=self.least_loss_for)
        if self.rule is not None:
            rules = replace(rules, rule=cast("DispatchRule", self.rule))
        return replace(service, dispatch=self._timed(rules))

    def _timed(self, rules: DispatchRules) -> DispatchRules:
        """The rules with the numbers that are given."""
        gain_s = None if self.rebook_gain_s is None else seconds_or_never(self.rebook_gain_s)
        return replace(
            rules,
            divert_margin_s=rules.divert_margin_s if self.divert_margin_s is None else self.divert_margin_s,
            responder_release_s=(
                rules.responder_release_s if self.responder_release_s is None else self.responder_release_s
            ),
            busy_fraction=rules.busy_fraction if self.busy_fraction is None else self.busy_fraction,
            rebook_gain_s=rules.rebook_gain_s if gain_s is None else gain_s,
        )
