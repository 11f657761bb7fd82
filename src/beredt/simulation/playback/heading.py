"""What a playback is of, and who and what is in it before anything happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import beredt
from beredt.model.hospital import Hospital
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.study import Study
from beredt.simulation.playback.playback import Site
from beredt.simulation.playback.tracks import steps_of


@dataclass(frozen=True, slots=True)
class UnitName:
    """Who a unit is: its home station is a row of the stations."""

    id: str
    station: int
    kind: str
    centre: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The fields of `Playback` of the same names; `names` are its units, numbered as in the run."""

    study: str
    title: dict[str, str]
    fingerprint: str
    version: str
    alternative: str
    replication: int
    seed: int
    calls: str
    stations: tuple[Site, ...]
    standby_points: tuple[Site, ...]
    hospitals: tuple[Site, ...]
    names: tuple[UnitName, ...]


def heading_of(study: Study, service: Service, alternative: str, replication: int) -> Heading:
    """Write down what a playback is of.

    Args:
        study: the study.
        service: today's, or the alternative's after its edits.
        alternative: its id.
        replication: its number.
    """
    row = {station.id: number for number, station in enumerate(service.stations)}
    home = [service.stations[row[unit.station]] for unit in service.units]
    return Heading(
        study=study.settings.study.id,
        title=dict(study.settings.study.title),
        fingerprint=study.fingerprint,
        version=beredt.__version__,
        alternative=alternative,
        replication=replication,
        seed=study.settings.simulation.seed,
        calls="generated" if study.trace is None else "traced",
        stations=_sites(service.stations),
        standby_points=_sites(service.standby_points),
        hospitals=_sites(service.hospitals),
        names=tuple(
            UnitName(unit.id, row[unit.station], unit.kind, station.centre, station.organisation)
            for unit, station in zip(service.units, home, strict=True)
        ),
    )


def _sites(sites: Iterable[Station | StandbyPoint | Hospital]) -> tuple[Site, ...]:
    return tuple(Site(site.id, site.name, int(steps_of(site.lon)), int(steps_of(site.lat))) for site in sites)
