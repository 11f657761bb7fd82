"""What a study knows beforehand: the names that a feed may use, and when units are on duty."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beredt.live.limits import LiveLimits
from beredt.model.service import Service
from beredt.model.study import Study

LOCAL = ZoneInfo("Europe/Oslo")
"""The clock on the wall, by which rosters and hours of the day are told."""
OF = ":"
"""Stands between an organisation and the name of a source or an incident that its own feed has given it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the study has, its rectangle (degrees), and the limits of the rules."""

    study: str
    units: frozenset[str]
    hospitals: frozenset[str]
    centres: frozenset[str]
    south: float
    west: float
    north: float
    east: float
    limits: LiveLimits
    viewer: str = ""
    """Organisation for which this is known; "" for whoever sees everything."""

    def sees_all_of(self, source: str) -> bool:
        """Whether nothing that a source says is left out: only then a gap in its sequence tells of a lost event."""
        return not self.viewer or source.startswith(f"{self.viewer}{OF}")

    def is_inside(self, lat: float, lon: float) -> bool:
        """Whether a place (degrees) lies in the study's rectangle."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def fingerprint(self) -> str:
        """Equal for what makes the same picture of the same log."""
        parts = [sorted(self.units), sorted(self.hospitals), sorted(self.centres)]
        box = [self.south, self.west, self.north, self.east]
        text = json.dumps([self.study, parts, box, self.limits.model_dump()])
        return hashlib.sha256(text.encode()).hexdigest()


def known_of(study: Study, service: Service, limits: LiveLimits) -> Known:
    """What a service of a study knows."""
    region = study.settings.study.region
    return Known(
        study=study.settings.study.id,
        units=frozenset(row.id for row in service.units),
        hospitals=frozenset(row.id for row in service.hospitals),
        centres=frozenset(row.id for row in service.centres),
        south=region.south,
        west=region.west,
        north=region.north,
        east=region.east,
        limits=limits,
    )
