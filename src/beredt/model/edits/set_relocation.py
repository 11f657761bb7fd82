"""Edit: change where free units go, and what moves are allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, cast

from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.relocation_rules import RelocationRule, RelocationRules
from beredt.model.relocation_tables import list_tables
from beredt.model.service import Service

EVERY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRelocation(Edit):
    """Change the rule of relocation, the table that it follows, the centre that it holds for, or its limits.

    What is not given stays as it is.
    """

    kind: ClassVar[str] = "set_relocation"

    rule: str | None = None
    busy_fraction: float | None = None
    cover_worth_min: float | None = None
    table: str | None = None
    only_centre: str | None = None
    most_moves: int | None = None
    most_move_min: float | None = None
    most_move_km: float | None = None
    most_shift_km: float | None = None
    quiet_start: str | None = None
    quiet_end: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or the table is not there."""
        yield from self.needs_one_of(*self.values())
        rule = self.rule or service.relocation.rule
        known = list_tables(service, rule)
        if self.table is not None and self.table not in known:
            what = f"in {rule}" if known else f"for the rule {rule}"
            remedy = "use one of " + ", ".join(known) if known else "leave it out, or give the rule that follows it"
            yield Objection("table", f"there is no table {self.table!r} {what}", remedy)

    def apply(self, service: Service) -> Service:
        """The service with the changed rule."""
        rules = service.relocation
        if self.rule is not None and self.rule != rules.rule:
            rules = replace(rules, rule=cast("RelocationRule", self.rule), table="")
        if self.table is not None:
            rules = replace(rules, table=self.table)
        if self.only_centre is not None:
            rules = replace(rules, only_centre="" if self.only_centre == EVERY else self.only_centre)
        if self.busy_fraction is not None:
            rules = replace(rules, busy_fraction=self.busy_fraction)
        if self.cover_worth_min is not None:
            rules = replace(rules, cover_worth_s=self.cover_worth_min * 60.0)
        return replace(service, relocation=self._limited(rules))

    def _limited(self, rules: RelocationRules) -> RelocationRules:
        """The rules with the limits that are given."""
        return replace(
            rules,
            most_moves=rules.most_moves if self.most_moves is None else float(self.most_moves),
            most_move_s=rules.most_move_s if self.most_move_min is None else self.most_move_min * 60.0,
            most_move_km=rules.most_move_km if self.most_move_km is None else self.most_move_km,
            most_shift_km=rules.most_shift_km if self.most_shift_km is None else self.most_shift_km,
            quiet_start_s=rules.quiet_start_s if self.quiet_start is None else clock_seconds(self.quiet_start),
            quiet_end_s=rules.quiet_end_s if self.quiet_end is None else clock_seconds(self.quiet_end),
        )
