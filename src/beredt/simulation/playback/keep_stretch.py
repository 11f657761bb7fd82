"""From what a run left behind to a playback of a stretch of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Protocol

import numpy as np

from beredt.simulation.playback.cut import cut_playback, is_of_incident
from beredt.simulation.playback.heading import Heading
from beredt.simulation.playback.history import UnitHistory
from beredt.simulation.playback.incident_rows import Answers, Calls, incidents_of
from beredt.simulation.playback.playback import Ints, Playback, PlaybackUnit, StatusLog
from beredt.simulation.playback.statuses import status_log_of
from beredt.simulation.playback.stretch import Stretch
from beredt.simulation.playback.tracks import ticks_of, tracks_of
from beredt.simulation.playback.ways import Ways

TOLERANCE_M = 2.0
"""How far a track may be from the exact path: less than the width of a street."""


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


def keep_stretch(
    heading: Heading, recording: Recording, stretch: Stretch, tolerance_m: float = TOLERANCE_M
) -> Playback:
    """Keep a stretch of a run.

    Args:
        heading: what was run.
        recording: what the run left behind.
        stretch: what is kept.
        tolerance_m: how far a track may be from the exact path, metres, at least 1.
    """
    histories = [recording.unit(unit, stretch.from_s, stretch.to_s) for unit in range(len(heading.names))]
    calls = recording.calls()
    incidents, waits = incidents_of(calls, recording.answers(), stretch.from_s, stretch.to_s)
    logs = [_by_row(status_log_of(history), incidents.number) for history in histories]
    tracks = tracks_of(histories, recording.ways, tolerance_m)
    begin, end = int(ticks_of(stretch.from_s)), int(ticks_of(stretch.to_s))
    around = Playback(
        study=heading.study,
        title=heading.title,
        fingerprint=heading.fingerprint,
        version=heading.version,
        alternative=heading.alternative,
        replication=heading.replication,
        seed=heading.seed,
        calls=heading.calls,
        start=stretch.start,
        ticks=end,
        tolerance_m=tolerance_m,
        stations=heading.stations,
        standby_points=heading.standby_points,
        hospitals=heading.hospitals,
        units=tuple(
            PlaybackUnit(**asdict(name), track=track, status=log)
            for name, track, log in zip(heading.names, tracks, logs, strict=True)
        ),
        incidents=replace(incidents, number=calls.number[incidents.number].astype(np.int64)),
        waits=waits,
    )
    return replace(cut_playback(around, begin, end), start=stretch.start)


def _by_row(log: StatusLog, number: Ints) -> StatusLog:
    """The log with incidents by their rows instead of their numbers; -1 for one that is not kept."""
    of_incident, about = is_of_incident(log.code), log.about.copy()
    row = np.searchsorted(number, about[of_incident])
    known = np.append(number, -1)[row] == about[of_incident]
    about[of_incident] = np.where(known, row, -1)
    return replace(log, about=about)
