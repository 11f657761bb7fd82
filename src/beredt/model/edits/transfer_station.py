"""Edit: give a station to another organisation or centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStation(Edit):
    """Give a station, with its units, to another organisation, another centre, or both."""

    kind: ClassVar[str] = "transfer_station"

    station: str
    organisation: str | None = None
    centre: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Neither an organisation nor a centre is given."""
        del service
        yield from self.needs_one_of("organisation", "centre")

    def apply(self, service: Service) -> Service:
        """The service with the station in its new hands."""
        stations = tuple(
            replace(
                station,
                organisation=self.organisation or station.organisation,
                centre=self.centre or station.centre,
            )
            if station.id == self.station
            else station
            for station in service.stations
        )
        return replace(service, stations=stations)
