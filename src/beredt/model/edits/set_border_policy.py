"""Edit: change the rules between two centres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.border_rule import BorderRule
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBorderPolicy(Edit):
    """Change what an asking centre may see and send of an owning centre's units.

    `*` stands for all centres or urgencies. What is not given stays as it is.
    """

    kind: ClassVar[str] = "set_border_policy"

    asking_centre: str
    owning_centre: str
    urgency: str
    policy: str | None = None
    margin_s: float | None = None
    ask_s: float | None = None
    view: str | None = None
    view_age_s: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, no rule is meant, or a stale view would never be refreshed."""
        yield from self.needs_one_of("policy", "margin_s", "ask_s", "view", "view_age_s")
        meant = [rule for rule in service.border_rules if self.means(rule)]
        if not meant:
            yield Objection(
                "owning_centre",
                f"there is no border from {self.asking_centre} to {self.owning_centre}",
                "name two different centres, or * for all",
            )
        changed = [self._changed(rule) for rule in meant]
        if any(rule.view == "stale" and rule.view_age_s <= 0 for rule in changed):
            yield Objection(
                "view_age_s", "a stale view needs an age above 0", "give view_age_s in seconds, such as 300"
            )

    def means(self, rule: BorderRule) -> bool:
        """Whether the edit is about this rule."""
        pairs = (
            (self.asking_centre, rule.asking_centre),
            (self.owning_centre, rule.owning_centre),
            (self.urgency, rule.urgency),
        )
        return all(wanted in {"*", found} for wanted, found in pairs)

    def _changed(self, rule: BorderRule) -> BorderRule:
        return replace(
            rule,
            policy=rule.policy if self.policy is None else self.policy,
            margin_s=rule.margin_s if self.margin_s is None else self.margin_s,
            ask_s=rule.ask_s if self.ask_s is None else self.ask_s,
            view=rule.view if self.view is None else self.view,
            view_age_s=rule.view_age_s if self.view_age_s is None else self.view_age_s,
        )

    def apply(self, service: Service) -> Service:
        """The service with the changed rules."""
        rules = tuple(self._changed(rule) if self.means(rule) else rule for rule in service.border_rules)
        return replace(service, border_rules=rules)
