"""A major incident as somebody describes it."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.decision.major_incident.needed import COMMAND, Needed
from beredt.decision.major_incident.severity import Patients

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens: the area whose middle stands for it, and the place as it was asked for (degrees, WGS84)."""

    name: str
    area: int  # row of the service's areas
    area_id: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class MajorIncident:
    """One place of an event: `after_min` minutes after the event's first alarm (≥ 0), so many patients by severity."""

    id: str
    scene: Scene
    after_min: float
    patients: Patients


@dataclass(frozen=True, slots=True)
class When:
    """When an event may happen: `weekday` 1 (Monday) to 7 or None for any, `clock_s` after midnight or None for any."""

    weekday: int | None = None
    clock_s: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Incidents that happen together, the first alarm at minute 0, and what is needed beside units for patients."""

    id: str
    incidents: tuple[MajorIncident, ...]
    when: When = When()
    needed: tuple[Needed, ...] = (COMMAND,)

    def needed_at(self, incident: int) -> tuple[int, ...]:
        """Rows of `needed` that one of its places needs."""
        place = self.incidents[incident].id
        return tuple(row for row, one in enumerate(self.needed) if one.incident in (None, place))

    def waits(self, incident: int) -> bool:
        """Whether patients of a place are treated only when somebody who is needed has come."""
        return any(self.needed[row].waited for row in self.needed_at(incident))
