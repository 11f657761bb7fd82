"""The open calls of Rio de Janeiro's SAMU (LASPATED, BSD-3) as counts in time, as far as their form allows.

The file tells, for every half hour of the week, zone and priority, the counts above 0 in the order of their weeks;
weeks without a call are left out, and with them the week of every count. What is known: the days run from Friday 1
January 2016 to Sunday 31 December 2017 (104 Mondays to Thursdays, 105 Fridays to Sundays, and holidays where those
years have them), and counts on holidays carry the holiday's number.

So counts are put on weeks like this: a holiday whose date is known stands there, three others in the week where their
counts stand on average among those of their places; the other counts of a place are drawn, in their order, on the
weeks between its holidays, every choice of weeks being as likely. This keeps what differs by half hour, weekday, zone,
priority and holiday, and little of how weeks differ from one another: seasons, trends and bad days are blurred, and
counts scatter less than they really did.
"""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.demand.forecast.counts import Counts, compact

I8 = NDArray[np.int64]

FIRST_DAY = date(2016, 1, 1)
DAYS = 731
HALF_HOURS, WEEKDAYS, ZONES, PRIORITIES = 48, 7, 76, 3

KNOWN = {
    0: (date(2016, 1, 1), date(2017, 1, 1)),
    1: (date(2016, 2, 8), date(2016, 2, 9), date(2017, 2, 27), date(2017, 2, 28)),  # carnival
    5: (date(2016, 9, 7), date(2017, 9, 7)),
    6: (date(2016, 10, 12), date(2017, 10, 12)),
    7: (date(2016, 11, 2), date(2017, 11, 2)),
    8: (date(2016, 11, 15), date(2017, 11, 15)),
    9: (date(2016, 12, 25), date(2017, 12, 25)),
}
"""Holidays of Brazil that the file's numbers can be told from by weekdays and order; numbers 2 to 4 cannot."""


def read_rio(folder: Path, seed: int = 1) -> tuple[Counts, dict[date, str]]:
    """Counts [731 · 48, 76, 3] and the days that are holidays. `seed` draws the weeks."""
    rows = _rows(folder)
    holidays = _holidays(rows)
    counts = np.zeros((DAYS * HALF_HOURS, ZONES * PRIORITIES), np.uint8)
    rng = np.random.default_rng(seed)
    place = (rows[:, 0] * WEEKDAYS + rows[:, 1]) * ZONES * PRIORITIES + rows[:, 2] * PRIORITIES + rows[:, 3]
    order = np.lexsort((rows[:, 4], place))
    for cell in np.split(rows[order], np.flatnonzero(np.diff(place[order])) + 1):
        half_hour, weekday, zone, priority = cell[0, :4]
        day = _days_of(weekday)[_weeks_of(cell, holidays, rng)]
        counts[day * HALF_HOURS + half_hour, zone * PRIORITIES + priority] = cell[:, 5]
    lat, lon = _centres(folder)
    found = Counts(
        datetime(2016, 1, 1, tzinfo=UTC), 30, "UTC", tuple(f"zone {n:02}" for n in range(ZONES)),
        tuple(f"priority {n}" for n in range(PRIORITIES)), compact(counts.reshape(-1, ZONES, PRIORITIES)), lat, lon,
    )  # fmt: skip
    special = {
        FIRST_DAY + timedelta(int(_days_of(weekday)[week])): "holiday"
        for (_, weekday), weeks in holidays.items()
        for week in weeks
    }
    return found, special


def _rows(folder: Path) -> I8:
    with gzip.open(folder / "calls.dat.gz", "rt") as lines:
        # The last line is the word END.
        return np.array([line.split() for line in lines if line[0].isdigit()], np.int64)


def _days_of(weekday: int) -> I8:
    """Days from the first on which a weekday falls; 0 is Monday."""
    return np.arange((weekday - FIRST_DAY.weekday()) % 7, DAYS, 7)


def _holidays(rows: I8) -> dict[tuple[int, int], tuple[int, ...]]:
    """Weeks of each holiday and weekday, from where its counts stand among those of their places."""
    place = ((rows[:, 0] * WEEKDAYS + rows[:, 1]) * ZONES + rows[:, 2]) * PRIORITIES + rows[:, 3]
    many = np.bincount(place)
    weeks: dict[tuple[int, int], tuple[int, ...]] = {}
    for holiday in range(rows[:, 6].max() + 1):
        for weekday in range(WEEKDAYS):
            on = (rows[:, 6] == holiday) & (rows[:, 1] == weekday)
            if not on.any():
                continue
            part = (rows[on, 4] + 0.5) / many[place[on]]
            twice = np.bincount(place[on]).max() > 1
            halves = (part < 0.4, part >= 0.4) if twice else (np.ones(len(part), bool),)
            if holiday in KNOWN:
                days = (day for day in KNOWN[holiday] if day.weekday() == weekday)
                weeks[holiday, weekday] = tuple((day - FIRST_DAY).days // 7 for day in days)
                continue
            total = len(_days_of(weekday))
            centre = (np.average(part[half], weights=many[place[on]][half]) for half in halves)
            weeks[holiday, weekday] = tuple(int(np.clip(one * total, 0, total - 1)) for one in centre)
    return weeks


def _weeks_of(cell: I8, holidays: dict[tuple[int, int], tuple[int, ...]], rng: np.random.Generator) -> I8:
    """Week of each count of a place, in order and all different."""
    weekday = int(cell[0, 1])
    total = len(_days_of(weekday))
    taken = [week for (_, on), weeks in holidays.items() if on == weekday for week in weeks]
    free = np.setdiff1d(np.arange(total), taken)
    weeks = np.full(len(cell), -1)
    for row in np.flatnonzero(cell[:, 6] >= 0):
        possible = [week for week in holidays[int(cell[row, 6]), weekday] if week not in weeks]
        weeks[row] = min(possible, key=lambda week: abs(week / total - (row + 0.5) / len(cell)), default=-1)
    fixed = weeks[weeks >= 0]
    if np.any(np.diff(fixed) <= 0):  # two holidays that this place has the other way round
        weeks[:] = -1
    start, after = 0, -1
    for row in [*np.flatnonzero(weeks >= 0), len(cell)]:
        until = weeks[row] if row < len(cell) else total
        between = free[(free > after) & (free < until)]
        if len(between) < row - start:
            return np.sort(rng.choice(total, len(cell), replace=False))
        weeks[start:row] = np.sort(rng.choice(between, row - start, replace=False))
        start, after = row + 1, until
    return weeks


def _centres(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lines = [line.split() for line in (folder / "neighbors.dat").read_text().splitlines()]
    zones = sorted((int(line[0]), float(line[1]), float(line[2])) for line in lines if len(line) > 3)
    return np.array([zone[1] for zone in zones]), np.array([zone[2] for zone in zones])
