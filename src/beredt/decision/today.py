"""What published figures are compared with: today's service, and what the simulation of it came to."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from beredt.decision.group_measures import F8
from beredt.demand.population import people_by_area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """The model of today.

    `indicators` and `flows`: result tables of those names; only the rows of "today" are looked at.
    """

    study: Study
    network: Network
    indicators: pl.DataFrame
    flows: pl.DataFrame

    @property
    def service(self) -> Service:
        """The base."""
        return self.study.service

    def people(self, year: int) -> F8:
        """People of every area, float64 (areas,). Raises StudyError where the population of a year is not known."""
        return people_by_area(self.service.areas, self.study.population, year)

    def staffed_stations(self) -> tuple[str, ...]:
        """Stations with a unit, in the order of their table."""
        staffed = {unit.station for unit in self.service.units}
        return tuple(station.id for station in self.service.stations if station.id in staffed)


def zone_of_areas(service: Service) -> tuple[str, ...]:
    """Zone of every area: its district, or its municipality where it has none."""
    return tuple(area.district or area.municipality for area in service.areas)
