"""Edit: say what some incidents ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.ask import ALONE, MAIN, MEETS_NOBODY, MEETS_REMEDY, Ask, never_leaves
from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service
from beredt.model.unit_kind import EVERY_URGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsk(Edit):
    """Let some incidents ask for other or further units; an ask of the same id is replaced, a share of 0 ends it."""

    kind: ClassVar[str] = "set_ask"

    id: str
    when: str
    asked_share: float
    urgencies: str = EVERY_URGENCY
    municipalities: tuple[str, ...] = ()
    weekdays: str = "mon-sun"
    start: str = "00:00"
    end: str = "24:00"
    wanted_kinds: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    after_s: float = 0
    stay_s: float = 0
    stay_sigma: float = 0
    release_s: float | None = None
    escorts: str = "no"
    incident_kinds: tuple[str, ...] = ()
    meets: str = "no"

    def objections(self, service: Service) -> Iterator[Objection]:
        """Hours that never run, or a unit that would never leave."""
        del service
        if self.start == self.end:
            yield Objection("end", f"the hours {self.start} to {self.end} never run", "a whole day is 00:00 to 24:00")
        if never_leaves(self.when, self.stay_s, self.release_s):
            yield Objection("stay_s", "the unit would never leave the scene", "give stay_s or release_s")
        if self.meets == "yes" and (self.escorts != "yes" or self.when in (MAIN, ALONE)):
            yield Objection("meets", MEETS_NOBODY, MEETS_REMEDY)

    def apply(self, service: Service) -> Service:
        """The service with the ask, in the place of an old one or at the end."""
        asks = {ask.id: ask for ask in service.asks}
        asks[self.id] = Ask(
            id=self.id,
            when=self.when,
            share=self.asked_share,
            urgencies=self.urgencies,
            municipalities=self.municipalities,
            weekdays=parse_weekdays(self.weekdays),
            start_s=clock_seconds(self.start),
            end_s=clock_seconds(self.end),
            kinds=self.wanted_kinds,
            requires=self.requires,
            after_s=self.after_s,
            stay_s=self.stay_s,
            stay_sigma=self.stay_sigma,
            release_s=self.release_s,
            escorts=self.escorts == "yes",
            incident_kinds=self.incident_kinds,
            meets=self.meets == "yes",
        )
        return replace(service, asks=tuple(asks.values()))
