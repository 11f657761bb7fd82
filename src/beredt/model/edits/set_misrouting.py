"""Edit: change the assumption about misrouted calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.misrouting import Misrouting
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMisrouting(Edit):
    """Change how many calls near a border reach the wrong centre, what handing over takes (seconds), or whether the
    simulation delays them.
    """

    kind: ClassVar[str] = "set_misrouting"

    band_km: float | None = None
    share: float | None = None
    delay_min_s: float | None = None
    delay_max_s: float | None = None
    effect: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or the shortest delay would exceed the longest."""
        yield from self.needs_one_of("band_km", "share", "delay_min_s", "delay_max_s", "effect")
        changed = self._changed(service.misrouting)
        if changed.delay_min_s > changed.delay_max_s:
            yield Objection(
                "delay_min_s",
                f"the shortest delay {changed.delay_min_s:g} s would exceed the longest {changed.delay_max_s:g} s",
                "give delay_min_s and delay_max_s together",
            )

    def _changed(self, rule: Misrouting) -> Misrouting:
        return Misrouting(
            band_km=rule.band_km if self.band_km is None else self.band_km,
            share=rule.share if self.share is None else self.share,
            delay_min_s=rule.delay_min_s if self.delay_min_s is None else self.delay_min_s,
            delay_max_s=rule.delay_max_s if self.delay_max_s is None else self.delay_max_s,
            simulated=rule.simulated if self.effect is None else self.effect == "simulated",
        )

    def apply(self, service: Service) -> Service:
        """The service with the changed assumption."""
        return replace(service, misrouting=self._changed(service.misrouting))
