"""Simulating one replication and keeping a stretch of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

import beredt
from beredt.model.hospital import Hospital
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.study import Study
from beredt.simulation.playback.cut import cut_playback, is_of_incident
from beredt.simulation.playback.history import UnitHistory
from beredt.simulation.playback.incident_rows import Answers, Calls, incidents_of
from beredt.simulation.playback.playback import Ints, Playback, PlaybackUnit, Site, StatusLog, Track
from beredt.simulation.playback.statuses import status_log_of
from beredt.simulation.playback.stretch import Stretch
from beredt.simulation.playback.tracks import steps_of, ticks_of, tracks_of
from beredt.simulation.playback.ways import Ways

TOLERANCE_M = 5.0
"""How far a track may be from the exact path: about the width of a street."""


class Recording(Protocol):
    """What one run left behind, told without the kernel's own forms."""

    @property
    def ways(self) -> Ways:
        """The roads."""

    def unit(self, unit: int, from_t: float, to_t: float) -> UnitHistory:
        """What a unit did in a stretch of simulated seconds, from a moment on when it stood still."""

    def calls(self) -> Calls:
        """All incidents."""

    def answers(self) -> Answers:
        """All units sent."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a playback is of."""

    alternative: str
    replication: int


def keep_stretch(
    study: Study,
    service: Service,
    recording: Recording,
    title: Title,
    stretch: Stretch,
    tolerance_m: float = TOLERANCE_M,
) -> Playback:
    """Keep a stretch of a run.

    Args:
        study: whose service, today's or an alternative's, was simulated.
        service: that service; its units are numbered as in the run.
        recording: what the run left behind.
        title: which alternative and replication it was.
        stretch: what is kept.
        tolerance_m: how far a track may be from the exact path, metres, at least 1.
    """
    histories = [recording.unit(unit, stretch.from_s, stretch.to_s) for unit in range(len(service.units))]
    incidents, waits = incidents_of(recording.calls(), recording.answers(), stretch.from_s, stretch.to_s)
    logs = [_by_row(status_log_of(history), incidents.number) for history in histories]
    tracks = tracks_of(histories, recording.ways, tolerance_m)
    settings = study.settings
    begin, end = int(ticks_of(stretch.from_s)), int(ticks_of(stretch.to_s))
    whole = Playback(
        study=settings.study.id,
        title=dict(settings.study.title),
        fingerprint=study.fingerprint,
        version=beredt.__version__,
        alternative=title.alternative,
        replication=title.replication,
        seed=settings.simulation.seed,
        start=stretch.start,
        ticks=end,
        tolerance_m=tolerance_m,
        stations=_sites(service.stations),
        standby_points=_sites(service.standby_points),
        hospitals=_sites(service.hospitals),
        units=_units(service, tracks, logs),
        incidents=incidents,
        waits=waits,
    )
    return replace(cut_playback(whole, begin, end), start=stretch.start)


def _by_row(log: StatusLog, number: Ints) -> StatusLog:
    """The log with incidents by their rows instead of their numbers; -1 for one that is not kept."""
    of_incident, about = is_of_incident(log.code), log.about.copy()
    row = np.searchsorted(number, about[of_incident])
    known = np.append(number, -1)[row] == about[of_incident]
    about[of_incident] = np.where(known, row, -1)
    return replace(log, about=about)


def _sites(sites: Iterable[Station | StandbyPoint | Hospital]) -> tuple[Site, ...]:
    return tuple(Site(site.id, site.name, int(steps_of(site.lon)), int(steps_of(site.lat))) for site in sites)


def _units(service: Service, tracks: Sequence[Track], logs: Sequence[StatusLog]) -> tuple[PlaybackUnit, ...]:
    row = {station.id: number for number, station in enumerate(service.stations)}
    return tuple(
        PlaybackUnit(
            id=unit.id,
            station=row[unit.station],
            kind=unit.kind,
            centre=service.stations[row[unit.station]].centre,
            organisation=service.stations[row[unit.station]].organisation,
            track=track,
            status=log,
        )
        for unit, track, log in zip(service.units, tracks, logs, strict=True)
    )
