"""Edit: make a kind of unit, or change what one can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.service import Service
from beredt.model.unit_kind import UnitKind

YES = "yes"
SWITCHES = ("transports", "stops_clock", "primary", "second", "responder", "flies", "floats")
CLOCKS = {"flight_start": "flight_start_s", "flight_end": "flight_end_s"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUnitKind(Edit):
    """Change a kind of unit, or make a new one: what is not given stays as it is, and a new kind cannot do it."""

    kind: ClassVar[str] = "set_unit_kind"

    id: str
    name_en: str | None = None
    name_nb: str | None = None
    transports: str | None = None
    stops_clock: str | None = None
    primary: str | None = None
    second: str | None = None
    responder: str | None = None
    answers: str | None = None
    competence: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    pace: float | None = None
    start_s: float | None = None
    flies: str | None = None
    kmh: float | None = None
    no_flight_share: float | None = None
    flight_start: str | None = None
    flight_end: str | None = None
    floats: str | None = None
    shore_km: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or a new kind has no name."""
        yield from self.needs_one_of(*(key for key in self.values() if key != "id"))
        if all(row.id != self.id for row in service.unit_kinds):
            for key in ("name_en", "name_nb"):
                if not self.values()[key]:
                    yield Objection(key, f"{self.id} is a new kind of unit without a name", f"give it a {key}")

    def apply(self, service: Service) -> Service:
        """The service with the kind, in the place of the old one or at the end."""
        kinds = {row.id: row for row in service.unit_kinds}
        old = kinds.get(self.id) or UnitKind(
            self.id, "", "", transports=False, stops_clock=False, primary=False, second=False, responder=False
        )
        kinds[self.id] = replace(old, **self._changes())
        return replace(service, unit_kinds=tuple(kinds.values()))

    def _changes(self) -> dict[str, Any]:
        """What is given, as the table has it."""
        given: dict[str, Any] = {key: value for key, value in self.given().items() if key != "id"}
        for key in SWITCHES:
            if key in given:
                given[key] = given[key] == YES
        return {CLOCKS.get(key, key): clock_seconds(value) if key in CLOCKS else value for key, value in given.items()}
