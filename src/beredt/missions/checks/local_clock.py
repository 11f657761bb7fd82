"""Clocks on the wall and UTC: whole arrays at a time, and with a word on times that come twice or never.

Offsets are those of polars, which every analysis of a store uses, too.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.missions.checks.stamps import HOUR_MS, NO_TIME

I8 = NDArray[np.int64]
B = NDArray[np.bool_]

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Years in which clocks are known to be moved; before and after, the nearest offset holds."""

FEW_CHANGES = 8
"""Changes up to which all times are held against each of them, which is quicker than to look for the place of each."""

_STEP = "15m"


class Changes(NamedTuple):
    """When the clocks of a zone are moved, n times. All in milliseconds."""

    at: I8  # [n] UTC, ascending
    before: I8  # [n] offset from UTC until then
    after: I8  # [n] offset from then on


class Clock(NamedTuple):
    """Local clocks made UTC."""

    utc: I8  # milliseconds; NO_TIME where there is no clock
    twice: B  # the clock showed this time twice; the earlier was taken
    never: B  # the clock never showed this time; taken as if it had not been moved yet


def to_utc(local: I8, zone: str) -> Clock:
    """Make UTC of what a clock on the wall shows.

    Args:
        local: milliseconds since 1970-01-01 as the clock shows it, or NO_TIME.
        zone: IANA time zone.
    """
    twice, never = np.zeros(len(local), np.bool_), np.zeros(len(local), np.bool_)
    span = _span(local)
    if span is None:
        return Clock(local.copy(), twice, never)
    changes = changes_between(zone, *span)
    # Where the clock goes back, the earlier of two equal times is taken; where it leaps, it is read as not moved yet.
    utc = local - _offset_at(local, changes.at + np.maximum(changes.before, changes.after), changes)
    utc[local == NO_TIME] = NO_TIME
    for at, before, after in zip(*changes, strict=True):
        if after < before:
            twice |= (local >= at + after) & (local < at + before)
        elif after > before:
            never |= (local >= at + before) & (local < at + after)
    return Clock(utc, twice, never)


def to_local(utc: I8, zone: str) -> I8:
    """What a clock on the wall shows, in milliseconds since 1970-01-01; NO_TIME stays."""
    span = _span(utc)
    if span is None:
        return utc.copy()
    changes = changes_between(zone, *span)
    local = utc + _offset_at(utc, changes.at, changes)
    local[utc == NO_TIME] = NO_TIME
    return local


def shown_twice(utc: I8, zone: str) -> B:
    """Whether the clock on the wall shows the same again, because it is moved back before it comes there."""
    found, span = np.zeros(len(utc), np.bool_), _span(utc)
    if span is not None:
        for at, before, after in zip(*changes_between(zone, *span), strict=True):
            if after < before:
                found |= (utc >= at - (before - after)) & (utc < at)
    return found


def _span(times: I8) -> tuple[int, int] | None:
    """The first and the last of some times; None where there is none."""
    last = int(times.max(initial=NO_TIME))
    if last == NO_TIME:
        return None
    first = int(times.min())
    return (int(times[times != NO_TIME].min()) if first == NO_TIME else first), last


def _offset_at(times: I8, bounds: I8, changes: Changes) -> I8:
    """The offset at each time: before the first bound that of before the first change, from each on that after it."""
    offsets = np.append(changes.before, changes.after[-1:])
    steps = np.diff(offsets)
    if bounds.size > FEW_CHANGES:
        found: I8 = offsets[np.searchsorted(bounds, times, side="right")]
        return found
    found = np.full(times.shape, offsets[0])
    for k in np.flatnonzero(steps):
        found += (times >= bounds[k]) * steps[k]
    return found


def changes_between(zone: str, first_ms: int, last_ms: int) -> Changes:
    """The changes that matter to clocks between two times, with at least one: what holds before and after it."""
    first = _year(first_ms - 24 * HOUR_MS)
    last = _year(last_ms + 24 * HOUR_MS)
    found = [change for year in range(first, last + 1) for change in _changes_in(zone, year)]
    near = [one for one in found if first_ms - 24 * HOUR_MS <= one[0] <= last_ms + 24 * HOUR_MS]
    if not near:
        moment = min(max(first_ms, _MIDDLE_MS[0]), _MIDDLE_MS[1])
        # At the beginning of its day the clock was the same, and one day is asked for again and again.
        offset = _offset(zone, moment - moment % (24 * HOUR_MS))
        near = [(first_ms - 48 * HOUR_MS, offset, offset)]
    return Changes(*np.array(near, np.int64).reshape(-1, 3).T)


_MIDDLE_MS = tuple(int(datetime.fromisoformat(f"{year}-01-01T00:00+00:00").timestamp()) * 1000 for year in (1970, 2100))


def _year(ms: int) -> int:
    low, high = _MIDDLE_MS
    year = int(np.datetime64(min(max(ms, low), high), "ms").astype("datetime64[Y]").astype(int)) + 1970
    return min(max(year, FIRST_YEAR), LAST_YEAR)


@lru_cache(maxsize=1024)
def _changes_in(zone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Time, offset before and offset after of every change in a year of UTC."""
    times = pl.datetime_range(
        datetime(year, 1, 1), datetime(year + 1, 1, 1), _STEP, time_unit="ms", time_zone="UTC", eager=True
    )
    at, offset = times.to_physical().to_numpy(), _offsets(times, zone)
    moved = np.flatnonzero(np.diff(offset))
    return tuple((int(at[i + 1]), int(offset[i]), int(offset[i + 1])) for i in moved)


@lru_cache(maxsize=8192)
def _offset(zone: str, utc_ms: int) -> int:
    return int(_offsets(pl.Series([utc_ms], dtype=pl.Int64).cast(pl.Datetime("ms", "UTC")), zone)[0])


def _offsets(utc: pl.Series, zone: str) -> I8:
    local = utc.dt.convert_time_zone(zone).dt.replace_time_zone(None).to_physical().to_numpy()
    offset: I8 = local - utc.to_physical().to_numpy()
    return offset
