"""A playback as the JSON of its file, and back. `docs/reference/playback-file.md` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np

from beredt.simulation.playback.playback import (
    OPEN,
    STATUSES,
    STEPS_PER_DEGREE,
    TICKS_PER_SECOND,
    Ints,
    Playback,
    PlaybackIncidents,
    PlaybackUnit,
    Site,
    StatusLog,
    Track,
    Waits,
)

FORMAT = "beredt-playback"
FORMAT_VERSION = 1

URGENCIES = ("A", "H", "V")

PLAIN = (
    *("study", "title", "fingerprint", "version", "alternative", "replication", "seed", "calls"),
    *("ticks", "tolerance_m"),
)
"""Fields that stand in the file as they are."""

SITES = ("stations", "standby_points", "hospitals")


def to_json(playback: Playback) -> dict[str, Any]:
    """The document of a playback."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        **{name: getattr(playback, name) for name in PLAIN},
        "start": playback.start.isoformat(),
        "ticks_per_second": TICKS_PER_SECOND,
        "steps_per_degree": STEPS_PER_DEGREE,
        "statuses": list(STATUSES),
        "urgencies": list(URGENCIES),
        **{name: [asdict(site) for site in getattr(playback, name)] for name in SITES},
        "units": [_unit_to_json(unit) for unit in playback.units],
        "incidents": _incidents_to_json(playback.incidents),
        "waits": {
            "incident": _deltas(playback.waits.incident),
            "begin": playback.waits.begin.tolist(),
            "last": _after(playback.waits.end, playback.waits.begin),
        },
    }


def from_json(document: dict[str, Any]) -> Playback:
    """The playback of a document.

    Raises:
        KeyError, TypeError, ValueError: it is not such a document.
    """
    return Playback(
        **{name: document[name] for name in PLAIN},
        start=datetime.fromisoformat(document["start"]),
        stations=_sites(document["stations"]),
        standby_points=_sites(document["standby_points"]),
        hospitals=_sites(document["hospitals"]),
        units=tuple(_unit_from_json(unit) for unit in document["units"]),
        incidents=_incidents_from_json(document["incidents"]),
        waits=_waits_from_json(document["waits"]),
    )


def _unit_to_json(unit: PlaybackUnit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "station": unit.station,
        "kind": unit.kind,
        "centre": unit.centre,
        "organisation": unit.organisation,
        "track": {"t": _deltas(unit.track.t), "x": _deltas(unit.track.x), "y": _deltas(unit.track.y)},
        "status": {
            "t": _deltas(unit.status.t),
            "code": unit.status.code.tolist(),
            "about": unit.status.about.tolist(),
        },
    }


def _unit_from_json(unit: dict[str, Any]) -> PlaybackUnit:
    track, status = unit["track"], unit["status"]
    return PlaybackUnit(
        id=unit["id"],
        station=unit["station"],
        kind=unit["kind"],
        centre=unit["centre"],
        organisation=unit["organisation"],
        track=Track(*_alike(_sums(track["t"]), _sums(track["x"]), _sums(track["y"]))),
        status=StatusLog(*_alike(_sums(status["t"]), _ints(status["code"]), _ints(status["about"]))),
    )


def _incidents_to_json(incidents: PlaybackIncidents) -> dict[str, Any]:
    return {
        "number": _deltas(incidents.number),
        "call": _deltas(incidents.call),
        "ready": _after(incidents.ready, incidents.call),
        "urgency": incidents.urgency.tolist(),
        "x": _deltas(incidents.x),
        "y": _deltas(incidents.y),
        "first_scene": _after(incidents.first_scene, incidents.call),
        "closed": _after(incidents.closed, incidents.call),
        "queued": incidents.queued.tolist(),
        "held": incidents.held.tolist(),
        "bumped": incidents.bumped.tolist(),
        "units": [list(units) for units in incidents.units],
    }


def _incidents_from_json(columns: dict[str, Any]) -> PlaybackIncidents:
    call = _sums(columns["call"])
    arrays = {name: _sums(columns[name]) for name in ("number", "call", "x", "y")}
    arrays |= {name: _later(columns[name], call) for name in ("ready", "first_scene", "closed")}
    arrays |= {name: _ints(columns[name]) for name in ("urgency", "queued", "held", "bumped")}
    units = tuple(tuple(_ints(units).tolist()) for units in columns["units"])
    _alike(*arrays.values(), np.zeros(len(units), np.int64))
    return PlaybackIncidents(**arrays, units=units)


def _waits_from_json(columns: dict[str, Any]) -> Waits:
    begin = _ints(columns["begin"])
    return Waits(*_alike(_sums(columns["incident"]), begin, _later(columns["last"], begin)))


def _sites(sites: Sequence[dict[str, Any]]) -> tuple[Site, ...]:
    return tuple(Site(site["id"], site["name"], int(site["x"]), int(site["y"])) for site in sites)


def _deltas(values: Ints) -> list[int]:
    """Each number less the one before, the first as it is."""
    deltas: list[int] = np.diff(values, prepend=0).tolist()
    return deltas


def _sums(deltas: Sequence[int]) -> Ints:
    """The numbers of `_deltas`."""
    return np.cumsum(_ints(deltas))


def _after(times: Ints, since: Ints) -> list[int | None]:
    """How long after another each time comes, None for one that does not."""
    return [None if t == OPEN else t - s for t, s in zip(times.tolist(), since.tolist(), strict=True)]


def _later(after: Sequence[int | None], since: Ints) -> Ints:
    """The times of `_after`."""
    return _ints([OPEN if a is None else a + s for a, s in zip(after, since.tolist(), strict=True)])


def _ints(values: Sequence[int]) -> Ints:
    if not all(type(value) is int for value in values):
        raise ValueError("a list of whole numbers holds something else")
    return np.array(values, np.int64)


def _alike(*columns: Ints) -> tuple[Ints, ...]:
    """The columns, all of one length."""
    if len({column.size for column in columns}) != 1:
        raise ValueError(f"columns of one table have {', '.join(str(column.size) for column in columns)} rows")
    return columns
