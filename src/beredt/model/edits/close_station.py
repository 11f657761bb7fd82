"""Edit: close a station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseStation(Edit):
    """Close a station that has no units any more.

    Standby points lose it as a home station; priority lists and compliance tables lose its entries.
    """

    kind: ClassVar[str] = "close_station"

    station: str

    def objections(self, service: Service) -> Iterator[Objection]:
        """Units are still based there, or a standby point has no other home station."""
        units = [unit.id for unit in service.units if unit.station == self.station]
        if units:
            yield Objection(
                "station",
                f"{len(units)} units are still based at {self.station}: {', '.join(units)}",
                "move or remove them in edits before this one",
            )
        for point in service.standby_points:
            if point.home_stations == (self.station,):
                yield Objection(
                    "station",
                    f"standby point {point.id} would be left without a home station",
                    f"close standby point {point.id} in an edit before this one",
                )

    def apply(self, service: Service) -> Service:
        """The service without the station."""
        points = tuple(
            replace(point, home_stations=tuple(home for home in point.home_stations if home != self.station))
            for point in service.standby_points
        )
        stations = tuple(station for station in service.stations if station.id != self.station)
        return replace(
            service,
            stations=stations,
            standby_points=points,
            compliance=tuple(row for row in service.compliance if row.station != self.station),
            priority_list=tuple(entry for entry in service.priority_list if entry.station != self.station),
        )
