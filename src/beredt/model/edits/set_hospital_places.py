"""Edit: say how many patients a hospital has places for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.path_objections import hour_objections
from beredt.model.field import clock_seconds
from beredt.model.hospital_places import HospitalPlaces
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHospitalPlaces(Edit):
    """Count the places of a hospital in some hours: units wait there when all are taken."""

    kind: ClassVar[str] = "set_hospital_places"

    hospital: str
    places: int
    stay_s: float
    stay_sigma: float = 0
    weekdays: str = "mon-sun"
    start: str = "00:00"
    end: str = "24:00"

    def objections(self, service: Service) -> Iterator[Objection]:
        """Hours that are not whole."""
        del service
        yield from hour_objections(self.start, self.end)

    def apply(self, service: Service) -> Service:
        """The service with the places, instead of those of the same days and hours."""
        row = HospitalPlaces(
            self.hospital,
            self.places,
            float(self.stay_s),
            float(self.stay_sigma),
            parse_weekdays(self.weekdays),
            clock_seconds(self.start),
            clock_seconds(self.end),
        )
        others = [one for one in service.hospital_places if _when(one) != _when(row)]
        return replace(service, hospital_places=(*others, row))


def _when(row: HospitalPlaces) -> tuple[str, tuple[int, ...], int, int]:
    return row.hospital, row.weekdays, row.start_s, row.end_s
