"""A stretch of a log as a `Year`: what happened, as every tally reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.observed import (
    F8,
    I4,
    NONE,
    PRIMARY,
    RESPONDER,
    SECOND,
    Frame,
    ObservedIncidents,
    ObservedMissions,
    ObservedStints,
    Year,
)
from beredt.indicators.observing.days import MS_PER_S, midnight_ms
from beredt.indicators.observing.work import MISSING, WORK_STAMPS, Work, work_of
from beredt.missions.checks.local_clock import to_local
from beredt.model.urgency import URGENCIES, urgency_code

I8 = NDArray[np.int64]
B = NDArray[np.bool_]

UNKNOWN_URGENCY = urgency_code("V")
"""An incident whose urgency nobody noted counts as ordinary: it may not lift or lower the figures of acute ones."""

ASSUMED = ("free_missing", "free_too_late", "overlapped")
"""Fields of `Work` that tell what was assumed about a mission."""


@dataclass(frozen=True, slots=True, eq=False)
class StretchedLog:
    """Incidents [I] and missions [N] of a stretch on the axis of the log's days, in ms; `MISSING` where there is none.

    `incidents` are the rows of the store; `anchor` is the call, or the first stamp without one; `made` when the mission
    was created. `stamps` has one [N] for each of `WORK_STAMPS`.
    """

    incidents: pl.DataFrame
    call: I8  # [I]
    anchor: I8  # [I]
    incident: I8  # [N] row of the incident
    unit: I4  # [N] row of the unit in the fleet
    made: I8  # [N]
    stamps: tuple[I8, ...]
    work: Work
    cancelled: B  # [N]
    km: F8  # [N] nan where the log does not tell


def stretch_log(
    missions: pl.DataFrame, incidents: pl.DataFrame, units: Mapping[str, int], zone: str, start: date
) -> StretchedLog:
    """Lay the stamps of missions and incidents on the axis of the days, and work out when units were at work.

    Args:
        missions: rows of the store; those without any stamp of work, or of units that are not known, are left out.
        incidents: rows of the store, those of all the missions among them, each once.
        units: row of each unit by its name.
        zone: IANA name of the log's clock.
        start: the day at whose midnight the axis begins.
    """
    told = incidents.sort("incident")
    number = told["incident"].to_numpy()
    unit = rows_of_words(missions["unit"], units)
    stamped = missions.select(pl.any_horizontal(pl.col(WORK_STAMPS).is_not_null())).to_series().to_numpy()
    kept = missions.filter(pl.Series(stamped & (unit >= 0)))
    incident = np.searchsorted(number, kept["incident"].to_numpy())
    utc = [_ms(kept[name]) for name in WORK_STAMPS]
    anchor_utc = _anchors(_ms(told["call_t"]), incident, utc)
    shift = clock_shifts_ms(anchor_utc, zone) - midnight_ms(start)
    own = shift[incident]
    stamps = tuple(_moved(stamp, own) for stamp in utc)
    return StretchedLog(
        incidents=told,
        call=_moved(_ms(told["call_t"]), shift),
        anchor=_moved(anchor_utc, shift),
        incident=incident,
        unit=unit[stamped & (unit >= 0)],
        made=_moved(_ms(kept["created_t"]), own),
        stamps=stamps,
        work=work_of(unit[stamped & (unit >= 0)], stamps),
        cancelled=kept["cancelled"].fill_null(False).to_numpy(),
        km=kept["km"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
    )


def year_of_stretch(frame: Frame, log: StretchedLog, area: I4) -> Year:
    """Lay a stretch out as a year.

    A unit could be chosen when the mission was made, or, where nobody says when that was, when the first was at work.
    Nothing in a log says whether an incident has waited for want of a unit, was held back, or whether another centre
    was asked: those columns say no.

    Args:
        frame: whose units and areas the rows belong to.
        log: the stretch.
        area: [I] row of each incident's area, -1 for none.
    """
    stamp = dict(zip(WORK_STAMPS, log.stamps, strict=True))
    return Year(
        incidents=_incidents(log, area),
        missions=ObservedMissions(
            incident=log.incident.astype(np.int32),
            unit=log.unit,
            role=_roles(log, frame.unit_primary[log.unit]),
            diverted=(log.cancelled & (stamp["scene_t"] == MISSING)).astype(np.int8),
            assign_t=_seconds(log.work.begin),
            roll_t=_seconds(stamp["rolling_t"]),
            scene_t=_seconds(stamp["scene_t"]),
            leave_t=_seconds(stamp["leave_t"]),
            dest_t=_seconds(stamp["dest_t"]),
            free_t=_seconds(log.work.end),
            drive_km=np.nan_to_num(log.km),
            transport_km=np.zeros(len(log.unit)),
        ),
        stints=_no_stints(),
    )


def rows_of_words(words: pl.Series, rows: Mapping[str, int]) -> I4:
    """The row of each word of a column of categories, int32; -1 where it has none."""
    code = words.to_physical().fill_null(0).to_numpy().astype(np.int64)
    if not code.size:
        return np.zeros(0, np.int32)
    place = np.full(int(code.max()) + 1, NONE, np.int64)
    place[code] = np.arange(len(code))  # a place of each code
    codes = np.flatnonzero(place != NONE)
    names = words.gather(place[codes]).cast(pl.String).fill_null("").to_list()
    row = np.full(len(place), NONE, np.int32)
    row[codes] = [rows.get(name, NONE) for name in names]
    found: I4 = row[code]
    return found


def _anchors(call: I8, incident: I8, stamps: list[I8]) -> I8:
    """The call of each incident, or the first stamp of its missions where it has none."""
    if (call != MISSING).all():
        return call
    latest = np.iinfo(np.int64).max
    first = np.full(len(call), latest)
    for stamp in stamps:
        np.minimum.at(first, incident, np.where(stamp == MISSING, latest, stamp))
    return np.where(call != MISSING, call, np.where(first == latest, MISSING, first))


def clock_shifts_ms(anchor: I8, zone: str) -> I8:
    """What the wall clock is ahead of UTC at each moment (ms since 1970), whole ms; 0 where there is none.

    One shift for all stamps of an incident keeps its durations what they are.
    """
    moment = np.where(anchor == MISSING, 0, anchor)
    return to_local(moment, zone) - moment


def _incidents(log: StretchedLog, area: I4) -> ObservedIncidents:
    count = len(log.call)
    latest = np.iinfo(np.int64).max
    first_work, made = np.full(count, latest), np.full(count, latest)
    np.minimum.at(first_work, log.incident, log.work.begin)
    np.minimum.at(made, log.incident, np.where(log.made == MISSING, latest, log.made))
    believed = (made >= log.call) & (made <= first_work) & (made != latest)
    sent = np.where(first_work == latest, log.call, np.maximum(first_work, log.call))
    nothing = np.zeros(count, np.int8)
    return ObservedIncidents(
        call_t=_seconds(log.call),
        ready_t=_seconds(np.where(believed, made, sent)),
        urgency=urgency_codes(log.incidents["urgency"]),
        area=area.astype(np.int32),
        queued=nothing,
        held=nothing,
        bumped=np.zeros(count, np.int32),
        asked=np.full(count, NONE, np.int32),
        second_missing=nothing,
    )


def urgency_codes(urgency: pl.Series) -> NDArray[np.int8]:
    """Codes of A, H and V; ordinary where nothing is known."""
    codes = np.full(len(urgency), UNKNOWN_URGENCY, np.int8)
    for name in URGENCIES:
        codes[(urgency == name).fill_null(False).to_numpy()] = urgency_code(name)
    return codes


def _roles(log: StretchedLog, primary: B) -> NDArray[np.int8]:
    """The first unit at work that can be primary is it, further such units are second, all others responders."""
    role = np.where(primary, SECOND, RESPONDER).astype(np.int8)
    begin = np.full(len(log.call), np.iinfo(np.int64).max)
    np.minimum.at(begin, log.incident[primary], log.work.begin[primary])
    first = np.flatnonzero(primary & (log.work.begin == begin[log.incident]))[::-1]
    chosen = np.full(len(log.call), NONE, np.int64)
    chosen[log.incident[first]] = first  # of several the last written stays, which is the first row
    role[chosen[chosen != NONE]] = PRIMARY
    return role


def _ms(column: pl.Series) -> I8:
    """UTC time stamps as ms since 1970."""
    return column.dt.epoch("ms").fill_null(MISSING).to_numpy()


def _moved(stamp: I8, shift: I8) -> I8:
    return np.add(stamp, shift, out=stamp.copy(), where=stamp != MISSING)


def _seconds(stamp: I8) -> F8:
    """Float64, nan where there is no stamp."""
    return np.where(stamp == MISSING, np.nan, stamp / MS_PER_S)


def _no_stints() -> ObservedStints:
    none = np.zeros(0)
    return ObservedStints(np.zeros(0, np.int32), np.zeros(0, np.int8), none, none, none, none)
