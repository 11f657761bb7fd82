"""Steps from one stamp to the next that take longer than such a step ever does."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.sheet import I8, B, Sheet
from beredt.missions.checks.stamps import CHAIN, NO_TIME, SECOND_MS

WAITS = ("created_t", "alerted_t")
"""Stamps that come long after the call where a mission is ordered ahead."""


def find_long_intervals(sheet: Sheet) -> None:
    """Mark stamps that a step which is too long parts from the most others of the mission.

    Long steps part the stamps of a mission into runs. The longest run is believed, of equally long ones the first: a
    button is forgotten far more often than it is pressed early. Missions that are ordered ahead (ordinary or planned
    ones, or of unknown urgency) may wait longer for their unit.
    """
    if not sheet.context.has("long_interval"):
        return
    ahead = _ordered_ahead(sheet)
    times = [sheet.usable[stamp] for stamp in CHAIN]
    too_long = [np.zeros(sheet.height, np.bool_)]
    before = times[0]
    for stamp, time in zip(CHAIN[1:], times[1:], strict=True):
        too_long.append(_too_long(sheet, stamp, before, time, ahead))
        before = np.maximum(before, time)
    at = np.flatnonzero(np.logical_or.reduce(too_long))
    if at.size:
        away = parted(np.array([time[at] for time in times]), np.array([step[at] for step in too_long]))
        for stamp, doubted in zip(CHAIN, away, strict=True):
            sheet.forbid("long_interval", stamp, at[doubted])
    created, call = sheet.usable["created_t"], sheet.usable["call_t"]
    sheet.forbid("long_interval", "created_t", _too_long(sheet, "created_t", call, created, ahead))


def parted(times: I8, too_long: B) -> B:
    """Which stamps are not in the longest run.

    Args:
        times: [k, n] k stamps of n rows in order, NO_TIME where absent.
        too_long: [k, n] whether the step to a stamp is too long: a run begins there.

    Returns:
        bool[k, n]; False for absent stamps.
    """
    present = times != NO_TIME
    run = np.cumsum(too_long, axis=0)
    size = np.array([(present & (run == number)).sum(axis=0) for number in range(len(times))])
    away: B = present & (run != size.argmax(axis=0))
    return away


def _too_long(sheet: Sheet, stamp: str, before: I8, times: I8, ahead: B) -> B:
    """Whether the step to a stamp from the latest before it is too long."""
    limit = sheet.context.limits_s.get(stamp)
    known = (times != NO_TIME) & (before != NO_TIME)
    if limit is None or not known.any():
        return np.zeros(sheet.height, np.bool_)
    step = times - np.where(known, before, times)
    late: B = step > limit * SECOND_MS
    if stamp in WAITS and late.any():
        late &= ~ahead | (step > sheet.context.ahead_limit_s * SECOND_MS)
    return late


def _ordered_ahead(sheet: Sheet) -> B:
    planned = sheet.rows["planned"].fill_null(value=False)
    found: B = (sheet.rows["urgency"].is_in(["V", ""]) | planned).to_numpy()
    return found
