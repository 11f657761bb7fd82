"""Incidents of past hours for a forecast: a log of missions from before, then what the live log has counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from beredt.demand.forecast.counts import I8, Counts, compact
from beredt.live.known import LOCAL
from beredt.model.urgency import URGENCIES

HOUR_S = 3_600
WEEK = 168
MOST_FILLED = 0.02
"""Share of hours that may be unknown: they are given the counts of the same hour of another week."""
LEAST_DAYS = 64
"""Days that the forecast of one day has to be judged on: eight weeks, and eight days that are forecast."""
FARTHEST_DAYS = 56
"""A log that ended longer ago says nothing of the coming hours."""


class PastCounts(NamedTuple):
    """Counts, how many hours of them were filled, and how many hours lie between their end and now."""

    counts: Counts
    filled: int
    gap: int


def past_counts(opened: Mapping[int, list[int]], history: Counts | None, now_ms: int) -> PastCounts | str:
    """Counts of all areas by urgency up to the last whole hour; or why there are not enough.

    Args:
        opened: incidents of each urgency by the hour since 1970, an hour that is missing being one without a feed.
        history: hourly counts of one area from a log of missions.
        now_ms: the moment.
    """
    now = now_ms // (HOUR_S * 1000)
    begun = min(opened, default=0)  # that hour may not be whole, nor the one that is now
    known = {hour: counts for hour, counts in opened.items() if begun < hour < now}
    before = {} if history is None else _by_hour(history)
    for told in ({**before, **known}, known):
        found = _laid_out(told, now)
        if found is not None:
            return found
    if history is not None and before:
        last = max(before)
        if now - last <= FARTHEST_DAYS * 24:
            found = _laid_out(before, last + 1)
            return "history_too_short" if found is None else found._replace(gap=now - last - 1)
        return "history_too_old"
    return "log_too_short"


def _by_hour(history: Counts) -> dict[int, list[int]]:
    first = round(history.start.timestamp()) // HOUR_S
    place = [history.urgencies.index(one) if one in history.urgencies else None for one in URGENCIES]
    rows = history.counts.sum(axis=1, dtype=np.int64).tolist()
    return {first + step: [0 if at is None else row[at] for at in place] for step, row in enumerate(rows)}


def _laid_out(told: Mapping[int, list[int]], end: int) -> PastCounts | None:
    """Hours up to `end` side by side, from the first one after which few are unknown; None where they are too few."""
    hours = np.array(sorted(hour for hour in told if hour < end), np.int64)
    missing = end - hours - np.arange(len(hours), 0, -1)  # of the hours from each one on
    good = np.flatnonzero(missing <= MOST_FILLED * (end - hours))
    if not len(good) or end - hours[good[0]] < LEAST_DAYS * 24:
        return None
    first = int(hours[good[0]])
    rows: I8 = np.full((end - first, 3), -1, np.int64)
    for hour in hours[good[0] :].tolist():
        rows[hour - first] = told[hour]
    unknown = np.flatnonzero(rows[:, 0] < 0)
    for at in unknown.tolist():
        weeks = rows[at % WEEK :: WEEK]
        whole = weeks[weeks[:, 0] >= 0]
        if not len(whole):
            return None
        near = np.abs(np.flatnonzero(weeks[:, 0] >= 0) - at // WEEK).argmin()
        rows[at] = whole[near]
    start = datetime.fromtimestamp(first * HOUR_S, UTC)
    laid = Counts(start, 60, LOCAL.key, ("all",), URGENCIES, compact(rows[:, np.newaxis, :]))
    return PastCounts(laid, len(unknown), 0)
