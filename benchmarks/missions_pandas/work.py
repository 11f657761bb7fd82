"""The service of a log laid out: its days, its units with their homes, and when each unit was at work.

All moments are whole milliseconds from the first midnight on the wall's clock, as it stood at the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.clean import PRIMARY
from benchmarks.missions_pandas.clocks import local_of
from benchmarks.missions_pandas.duty import hours_worked
from benchmarks.missions_pandas.keys import MS_PER_DAY, MS_PER_HOUR, NO_MS, Key

WORK_STAMPS = ["alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t"]
QUIET_SHARE = 0.1


@dataclass(frozen=True)
class Service:
    """Units by their number, and missions [N] of them to calls of the days.

    `home` and `kind` say what most missions of each unit say; `begin` and `end` [N] when the unit of each mission was
    at work, no time of a unit twice; `on` is bool[units, days, 24].
    """

    start: pd.Timestamp
    days: int
    units: Any
    home: Key
    kind: Key
    going_first: Any
    missions: pd.DataFrame
    begin: Any
    end: Any
    on: Any
    notes: dict[str, int]

    @property
    def length_ms(self) -> int:
        """Of all days."""
        return self.days * MS_PER_DAY


def service_of(rows: pd.DataFrame, incidents: pd.DataFrame) -> Service:
    """Lay the missions of a log out.

    Args:
        rows: missions, each once.
        incidents: theirs.
    """
    start, days = days_of(incidents["local"])
    units = np.array(rows["unit"].cat.categories, object)
    home, kind = most(rows, "station", len(units)), most(rows, "unit_kind", len(units))
    unit = rows["unit"].cat.codes.to_numpy()
    utc = np.stack([rows[stamp].to_numpy("datetime64[ms]").astype(np.int64) for stamp in WORK_STAMPS])
    first = utc[-1]
    for stamp in utc[-2::-1]:
        first = np.where(stamp != NO_MS, stamp, first)
    zero = start.to_datetime64().astype("datetime64[ms]").astype(np.int64)
    clock = local_of(pd.Series(first.astype("datetime64[ms]"))).to_numpy("datetime64[ms]").astype(np.int64)
    weekday = (start.weekday() + np.arange(days)) % 7
    on = hours_worked(unit, (clock - zero) // MS_PER_HOUR, len(units), days, weekday)
    within = in_days(rows["local"], start, days) & (first != NO_MS)
    missions, unit, utc, first = rows[within], unit[within], utc[:, within], first[within]
    shift = (missions["local"] - missions["call"]).to_numpy("timedelta64[ms]").astype(np.int64) - zero
    last = utc[:-1].max(axis=0)
    free_missing = utc[-1] == NO_MS
    too_late = ~free_missing & (last != NO_MS) & (utc[-1] - np.maximum(last, 0) > MS_PER_DAY)
    begin = first + shift
    end = np.maximum(np.where(free_missing | too_late, last, utc[-1]) + shift, begin)
    busy = busy_before(unit, begin, end)
    notes = {
        "free_missing": int(free_missing.sum()),
        "free_too_late": int(too_late.sum()),
        "overlapped": int((busy > begin).sum()),
        "missions": len(missions),
        "incidents": int(in_days(incidents["local"], start, days).sum()),
        "moved_units": int((rows["station"].cat.codes.to_numpy() != home.number[rows["unit"].cat.codes]).sum()),
        "without_urgency": int(incidents["urgency"].isna().sum()),
        "without_area": int(incidents["municipality"].isna().sum()),
        "without_call": int(incidents["call_t"].isna().sum()),
        "without_km": len(missions),
        "unmatched_stations": 0,
        "duty_seen": len(units),
    }
    begin = np.maximum(begin, busy)
    going_first = kind.names[kind.number] == PRIMARY
    return Service(start, days, units, home, kind, going_first, missions, begin, np.maximum(begin, end), on, notes)


def days_of(local: Any) -> tuple[pd.Timestamp, int]:
    """The first midnight and the number of days, without days at either end with hardly any calls."""
    day = local.to_numpy("datetime64[ms]").astype("datetime64[D]")
    first = day.min()
    counts = np.bincount((day - first).astype(np.int64))
    ordinary = np.flatnonzero(counts >= QUIET_SHARE * np.median(counts[counts > 0]))
    return pd.Timestamp(first + ordinary[0]), int(ordinary[-1] - ordinary[0] + 1)


def in_days(local: Any, start: pd.Timestamp, days: int) -> Any:
    """Which calls come on the days."""
    return ((local >= start) & (local < start + pd.Timedelta(days=days))).to_numpy()


def most(rows: pd.DataFrame, word: str, units: int) -> Key:
    """What most missions of each unit say; the first in the alphabet of several."""
    names = np.array(rows[word].cat.categories, object)
    cell = rows["unit"].cat.codes.to_numpy().astype(np.int64) * len(names) + rows[word].cat.codes.to_numpy()
    counts = np.bincount(cell, minlength=units * len(names)).reshape(units, len(names))
    order = np.argsort(names)
    return Key(order[counts[:, order].argmax(axis=1)], names)


def busy_before(unit: Any, begin: Any, end: Any) -> Any:
    """Until when each mission's unit is busy with all that it began before; its own beginning for its first."""
    order = np.lexsort((begin, unit))
    # Units one after the other on one long axis: the latest end so far is then that of the same unit.
    apart = unit[order].astype(np.int64) * (end.max() - begin.min() + 1)
    until = np.maximum.accumulate(end[order] + apart)[:-1] - apart[1:]
    busy = begin.copy()
    busy[order[1:]] = np.where(unit[order][1:] == unit[order][:-1], until, begin[order][1:])
    return busy
