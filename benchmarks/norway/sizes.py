"""How large the generated service is."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of everything, and the missions that a year is to bring (all units of an incident counted)."""

    areas: int = 7_600
    stations: int = 300
    units: int = 500
    responders: int = 20
    standby_points: int = 40
    hospitals: int = 50
    missions: int = 700_000

    def part(self, share: float) -> Sizes:
        """The sizes of a part of the country with this share of its people, at least one of everything."""
        counts = {name: max(1, round(getattr(self, name) * share)) for name in self.__slots__}
        return replace(self, **counts)
