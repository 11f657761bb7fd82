"""Incidents of a run as a playback shows them: where, when, who came, and when nobody was to be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.playback.playback import OPEN, Ints, PlaybackIncidents, Waits
from beredt.simulation.playback.tracks import steps_of, ticks_of
from beredt.simulation.playback.ways import F8, I8

B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Incidents as a run left them. I incidents, in order of the call."""

    number: I8  # [I] what the incident goes by in tables
    call_t: F8  # [I] s
    ready_t: F8  # [I] s
    urgency: I8  # [I]
    lon: F8  # [I] degrees
    lat: F8  # [I] degrees
    queued: I8  # [I]
    held: I8  # [I]
    bumped: I8  # [I]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Units sent, in order of assignment. N missions."""

    incident: I8  # [N]
    unit: I8  # [N]
    primary: B  # [N]
    diverted: B  # [N] taken off before it arrived
    stops_clock: B  # [N] the unit's arrival ends the response time
    assign_t: F8  # [N] s
    scene_t: F8  # [N] s, inf when it never came
    free_t: F8  # [N] s


def incidents_of(calls: Calls, answers: Answers, from_s: float, to_s: float) -> tuple[PlaybackIncidents, Waits]:
    """Lay out the incidents of a stretch, in ticks of simulated time, and at least all that units tell of.

    `number` is the place of each incident in `calls`: that is what units tell of it by.

    Args:
        calls: of the whole run.
        answers: of the whole run.
        from_s: simulated time at the beginning of the stretch.
        to_s: at its end.
    """
    first_scene, closed, last_free = _ends(calls, answers)
    kept = np.flatnonzero((calls.call_t < to_s) & (np.maximum(closed, last_free) > from_s - 1.0))
    sent = _rows_by_incident(answers, kept)
    waits = [(row, *wait) for row, i in enumerate(kept) for wait in _waits(float(calls.ready_t[i]), answers, sent[row])]
    table = np.array(waits, np.float64).reshape(-1, 3)
    begin, end = open_ticks(table[:, 1]), open_ticks(table[:, 2])
    lasting = end > begin
    return PlaybackIncidents(
        number=kept.astype(np.int64),
        call=ticks_of(calls.call_t[kept]),
        ready=ticks_of(calls.ready_t[kept]),
        urgency=calls.urgency[kept].astype(np.int64),
        x=steps_of(calls.lon[kept]),
        y=steps_of(calls.lat[kept]),
        first_scene=open_ticks(first_scene[kept]),
        closed=open_ticks(closed[kept]),
        queued=calls.queued[kept].astype(np.int64),
        held=calls.held[kept].astype(np.int64),
        bumped=calls.bumped[kept].astype(np.int64),
        units=tuple(tuple(dict.fromkeys(answers.unit[rows].tolist())) for rows in sent),
    ), Waits(table[lasting, 0].astype(np.int64), begin[lasting], end[lasting])


def open_ticks(t: F8) -> Ints:
    """Ticks of times, OPEN for those that have not come (inf)."""
    come = np.isfinite(t)
    return np.where(come, ticks_of(np.where(come, t, 0.0)), OPEN)


def _ends(calls: Calls, answers: Answers) -> tuple[F8, F8, F8]:
    """First unit at the scene, when the incident is closed (both inf for never), and when any unit was last on it."""
    count = calls.call_t.size
    came = ~answers.diverted
    first_scene, last_free = np.full(count, np.inf), np.full(count, -np.inf)
    in_time = came & answers.stops_clock
    np.minimum.at(first_scene, answers.incident[in_time], answers.scene_t[in_time])
    np.maximum.at(last_free, answers.incident, answers.free_t)
    served = np.zeros(count, np.bool_)
    served[answers.incident[came & answers.primary]] = True
    return first_scene, np.where(served, last_free, np.inf), last_free


def _rows_by_incident(answers: Answers, kept: I8) -> list[I8]:
    """Rows of the answers to each of some incidents, in order of assignment."""
    order = np.argsort(answers.incident, kind="stable")
    sorted_incident = answers.incident[order]
    begin, end = (np.searchsorted(sorted_incident, kept, side=side) for side in ("left", "right"))
    return [order[a:b] for a, b in zip(begin, end, strict=True)]


def _waits(ready_t: float, answers: Answers, rows: I8) -> Sequence[tuple[float, float]]:
    """Stretches from a moment when a primary unit could be chosen until it was."""
    found, since = [], ready_t
    for row in rows[answers.primary[rows]]:
        found.append((since, float(answers.assign_t[row])))
        since = float(answers.free_t[row]) if answers.diverted[row] else np.inf
    return [*found, (since, np.inf)] if since < np.inf else found
