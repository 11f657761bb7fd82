"""What is dimensioned: an alternative with its borders, without any border, or without a station that it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from beredt.model.service import Service
from beredt.siting.roster_design import staffed_stations

Borders = Literal["own", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """One question of dimensioning.

    `alternative`: today or its id. `borders`: "own", those of the alternative, or "none". `without`: id of a station
    that the alternative opens and that is left out here, "" for none. `service`: with the borders as they are to be,
    and the alternative's own units. `stations`: ids of those that get units.
    """

    alternative: str
    borders: Borders
    without: str
    service: Service
    stations: tuple[str, ...]

    @property
    def name(self) -> str:
        """A short name for tables and progress."""
        return f"{self.alternative}/{self.borders}" + (f"/without-{self.without}" if self.without else "")


def scenarios_of(alternative: str, service: Service, base: Service) -> tuple[Scenario, ...]:
    """An alternative with its borders, without any, and with its borders but without each station that it opens.

    Args:
        alternative: its id.
        service: after its edits.
        base: what it changes, to know which stations are new.
    """
    stations = staffed_stations(service)
    there = {row.id for row in base.stations}
    opened = [name for name in stations if name not in there]
    return (
        Scenario(alternative, "own", "", service, stations),
        Scenario(alternative, "none", "", without_borders(service), stations),
        *(
            Scenario(alternative, "own", one, service, tuple(name for name in stations if name != one))
            for one in opened
        ),
    )


def without_borders(service: Service) -> Service:
    """The service with one centre for everything: it sees all units, and no call reaches the wrong one.

    What the centres keep back for acute calls is kept back together. The first centre stands for all.
    """
    if len(service.centres) < 2:
        return service
    first = service.centres[0]
    reserve = sum(centre.reserve_units for centre in service.centres)
    return replace(
        service,
        centres=(replace(first, reserve_units=reserve),),
        areas=tuple(replace(row, centre=first.id) for row in service.areas),
        stations=tuple(replace(row, centre=first.id) for row in service.stations),
        standby_points=tuple(replace(row, centre=first.id) for row in service.standby_points),
        border_rules=(),
        relocation=replace(service.relocation, only_centre=""),
    )


def own_service(scenario: Scenario) -> Service:
    """The alternative with its own units, but for those of a station that is left out."""
    kept = tuple(unit for unit in scenario.service.units if unit.station != scenario.without)
    return replace(scenario.service, units=kept)
