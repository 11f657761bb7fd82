"""A shorter stretch of a playback: a part of it, number by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.playback.playback import (
    AT_HOSPITAL,
    MOBILISING,
    OPEN,
    TICKS_PER_SECOND,
    Ints,
    Playback,
    PlaybackIncidents,
    StatusLog,
    Track,
    Waits,
)


def cut_playback(playback: Playback, begin: int, end: int) -> Playback:
    """Cut a stretch out of a playback.

    Args:
        playback: the longer stretch.
        begin: tick of the longer stretch at which the shorter one begins.
        end: tick at which it ends, above `begin`.

    Returns:
        The shorter stretch, equal to what would have been recorded of it.
    """
    tracks = [_cut_track(unit.track, begin, end) for unit in playback.units]
    logs = [_cut_log(unit.status, begin, end) for unit in playback.units]
    kept = _incidents_of(playback.incidents, logs, begin, end)
    row_of = np.full(playback.incidents.call.size, -1, np.int64)
    row_of[kept] = np.arange(kept.size)
    return replace(
        playback,
        start=playback.start + timedelta(seconds=begin / TICKS_PER_SECOND),
        ticks=end - begin,
        units=tuple(
            replace(unit, track=track, status=_renumbered(log, row_of))
            for unit, track, log in zip(playback.units, tracks, logs, strict=True)
        ),
        incidents=_cut_incidents(playback.incidents, kept, begin),
        waits=_cut_waits(playback.waits, row_of, begin, end),
    )


def _cut_track(track: Track, begin: int, end: int) -> Track:
    """Keys from the last by `begin` to the first from `end` on; of a unit that stands at either, none beyond."""
    t, x, y = track.t - begin, track.x, track.y
    first = max(int(np.searchsorted(t, 0, side="right")) - 1, 0)
    stop = int(np.searchsorted(t, end - begin, side="left")) + 1
    t, x, y = t[first:stop].copy(), x[first:stop], y[first:stop]
    if t.size > 1 and t[-1] >= end - begin and (x[-1], y[-1]) == (x[-2], y[-2]):
        t, x, y = t[:-1], x[:-1], y[:-1]
    if t.size == 1 or (x[0], y[0]) == (x[1], y[1]):
        t[0] = 0
    return Track(t, x, y)


def _cut_log(log: StatusLog, begin: int, end: int) -> StatusLog:
    t = log.t - begin
    first = max(int(np.searchsorted(t, 0, side="right")) - 1, 0)
    stop = max(int(np.searchsorted(t, end - begin, side="left")), first + 1)
    return StatusLog(t[first:stop], log.code[first:stop], log.about[first:stop])


def _renumbered(log: StatusLog, row_of: Ints) -> StatusLog:
    """The log with incidents by their new rows."""
    of_incident = is_of_incident(log.code)
    about = log.about.copy()
    about[of_incident] = row_of[about[of_incident]]
    return replace(log, about=about)


def is_of_incident(code: Ints) -> NDArray[np.bool_]:
    """Whether statuses are about an incident, bool."""
    found: NDArray[np.bool_] = (code >= MOBILISING) & (code <= AT_HOSPITAL)
    return found


def _incidents_of(incidents: PlaybackIncidents, logs: list[StatusLog], begin: int, end: int) -> Ints:
    """Rows of the incidents of a stretch: open some time within it, or told of by a unit."""
    kept = (incidents.call < end) & (incidents.closed > begin)
    for log in logs:
        kept[log.about[is_of_incident(log.code)]] = True
    return np.flatnonzero(kept)


def _cut_incidents(incidents: PlaybackIncidents, kept: Ints, begin: int) -> PlaybackIncidents:
    return PlaybackIncidents(
        number=incidents.number[kept],
        call=incidents.call[kept] - begin,
        ready=incidents.ready[kept] - begin,
        urgency=incidents.urgency[kept],
        x=incidents.x[kept],
        y=incidents.y[kept],
        first_scene=_earlier(incidents.first_scene[kept], begin),
        closed=_earlier(incidents.closed[kept], begin),
        queued=incidents.queued[kept],
        held=incidents.held[kept],
        bumped=incidents.bumped[kept],
        units=tuple(incidents.units[row] for row in kept.tolist()),
    )


def _cut_waits(waits: Waits, row_of: Ints, begin: int, end: int) -> Waits:
    kept = (row_of[waits.incident] >= 0) & (waits.begin < end) & (waits.end > begin)
    return Waits(row_of[waits.incident[kept]], waits.begin[kept] - begin, _earlier(waits.end[kept], begin))


def _earlier(t: Ints, begin: int) -> Ints:
    """Ticks counted from `begin`, those that have not come left as they are."""
    return np.where(t == OPEN, OPEN, t - begin)
