"""Events of a stretch of simulated time, in the order in which a feed would send them. They are generated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from typing import Any, NamedTuple

import numpy as np

from beredt.simulation.playback.playback import (
    AT_HOSPITAL,
    MOBILISING,
    OPEN,
    STATUSES,
    STEPS_PER_DEGREE,
    TICKS_PER_SECOND,
    Playback,
    PlaybackUnit,
)

SOURCE = "simulated"
POSITION_EVERY_S = 15.0
HEARTBEAT_S = 60.0
"""A unit that stands still tells its place so often."""


class Timed(NamedTuple):
    """What is sent `after_s` seconds after the beginning of the stretch; `what` lacks time and sequence only."""

    after_s: float
    what: dict[str, Any]


def simulated_day(playback: Playback) -> Iterator[Timed]:
    """All that happens in a stretch, in order: at its beginning every unit's status and every incident under way."""
    units = [_unit(playback, unit) for unit in playback.units]
    positions = [_positions(playback, unit) for unit in playback.units]
    yield from merge(_incidents(playback), *units, *positions, key=lambda one: one.after_s)


def as_event(timed: Timed, number: int, begin: datetime, speed: float = 1.0) -> dict[str, Any]:
    """An event of the form.

    Args:
        timed: what is said.
        number: counts the events of the feed.
        begin: when the stretch begins, with its offset.
        speed: simulated seconds in one second of the clock.
    """
    moment = begin + timedelta(seconds=timed.after_s / speed)
    head = {"id": f"{begin.timestamp():.0f}-{number}", "source": SOURCE, "time": moment.isoformat()}
    return {**head, "sequence": number, **timed.what}


def _incidents(playback: Playback) -> Iterator[Timed]:
    """Openings and closings, the openings first where both are before the stretch."""
    rows, found = playback.incidents, list[Timed]()
    for row in range(rows.call.size):
        name = f"sim-{rows.number[row]}"
        place = {"lat": int(rows.y[row]) / STEPS_PER_DEGREE, "lon": int(rows.x[row]) / STEPS_PER_DEGREE}
        urgency = "AHV"[int(rows.urgency[row])]
        opened = {"kind": "incident_opened", "incident": name, "urgency": urgency, "position": place}
        found.append(Timed(max(0.0, rows.call[row] / TICKS_PER_SECOND), opened))
        if rows.closed[row] != OPEN and rows.closed[row] < playback.ticks:
            found.append(Timed(rows.closed[row] / TICKS_PER_SECOND, {"kind": "incident_closed", "incident": name}))
    yield from sorted(found, key=lambda one: one.after_s)


def _unit(playback: Playback, unit: PlaybackUnit) -> Iterator[Timed]:
    log = unit.status
    for t, code, about in zip(log.t.tolist(), log.code.tolist(), log.about.tolist(), strict=True):
        if t >= playback.ticks:
            return
        what: dict[str, Any] = {"kind": "unit_status", "unit": unit.id, "status": STATUSES[code]}
        if MOBILISING <= code <= AT_HOSPITAL and about >= 0:
            what["incident"] = f"sim-{playback.incidents.number[about]}"
        yield Timed(max(0.0, t / TICKS_PER_SECOND), what)


def _positions(playback: Playback, unit: PlaybackUnit) -> Iterator[Timed]:
    """Where the unit is: often while it moves, now and then while it stands."""
    seconds = np.arange(0.0, playback.ticks / TICKS_PER_SECOND, POSITION_EVERY_S)
    ticks = seconds * TICKS_PER_SECOND
    lon = np.interp(ticks, unit.track.t, unit.track.x) / STEPS_PER_DEGREE
    lat = np.interp(ticks, unit.track.t, unit.track.y) / STEPS_PER_DEGREE
    told_s = -HEARTBEAT_S
    for i, after_s in enumerate(seconds.tolist()):
        moved = i > 0 and (lon[i], lat[i]) != (lon[i - 1], lat[i - 1])
        if moved or after_s - told_s >= HEARTBEAT_S:
            told_s = after_s
            place = {"lat": round(float(lat[i]), 5), "lon": round(float(lon[i]), 5)}
            yield Timed(after_s, {"kind": "unit_position", "unit": unit.id, "position": place})
