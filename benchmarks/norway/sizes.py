"""How large the generated service is."""

from __future__ import annotations

from dataclasses import dataclass, fields


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
        """The sizes of a part of the country with this share of its people: at least one of what a service needs."""
        counts = {field.name: round(getattr(self, field.name) * share) for field in fields(self)}
        needed = ("areas", "stations", "units", "hospitals", "missions")
        return Sizes(**counts | {name: max(1, counts[name]) for name in needed})
