"""Whether two logs of calls could be two years of the same service: named tests with a known rate of false alarms.

Weeks of the two are put in pairs: the first with the first, and so on, so that both of a pair have the same season. If
the two come from the same source, nobody can tell which week of a pair belongs to which, so every test asks how great
its figure would be had the weeks of each pair been swapped by lot:

    p = (1 + number of lots with at least the figure that was seen) / (1 + number of lots)

That holds whatever the shape of the counts: days may be more scattered than chance, incidents may come in clusters.
What it takes as given is that weeks do not hang together with their neighbours more than the season makes them. A
difference is told where the least p, times the tests that are left (Holm), is below a chosen level: whatever the number
of tests, that is the rate of false alarms at most.

References:
    B. Phipson, G. K. Smyth (2010), Permutation P-values should never be zero, Statistical Applications in Genetics and
    Molecular Biology 9(1), article 39. · S. Holm (1979), A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6(2), 65–70.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from beredt.demand.variation import F8, I8
from beredt.errors import OutOfRangeError

WEEK_S = 604_800.0
DAY_S = 86_400.0
LEAST_WEEKS = 8
LOTS = 1999
GAPS = 20
"""Classes of the times between calls, each with as many calls of both logs together."""

NEAR_S = 3600.0
"""Within such a time a call follows another of the same area."""


class CallLog(NamedTuple):
    """Calls of a log in order of their time; n of them, A areas, U urgencies."""

    call_t: F8  # [n] seconds from a Monday at 00:00, ascending
    area: I8  # [n] 0 … A − 1
    urgency: I8  # [n] 0 … U − 1


class Likeness(NamedTuple):
    """What one test says: its name, the p-value, and that of all tests together (Holm)."""

    name: str
    p: float
    p_of_all: float


Measure = Callable[[CallLog, CallLog, int], tuple[F8, F8]]
"""Two logs and how many weeks → a figure of every week of each, float64[W, K]: swaps move whole rows."""


def hours_of_week(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """Calls in each hour of the week."""
    return _counted(one, other, weeks, lambda log: (log.call_t % WEEK_S // 3600.0).astype(np.int64))


def areas(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """Calls in each area."""
    return _counted(one, other, weeks, lambda log: log.area)


def urgencies(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """Calls of each urgency."""
    return _counted(one, other, weeks, lambda log: log.urgency)


def totals(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """All calls."""
    return _counted(one, other, weeks, lambda log: np.zeros(len(log.call_t), np.int64))


def inter_arrival(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """Times between calls, in classes of equally many."""
    gaps = [np.diff(log.call_t, prepend=log.call_t[:1]) for log in (one, other)]
    edges = np.quantile(np.concatenate(gaps), np.linspace(0.0, 1.0, GAPS + 1)[1:-1])
    by_log = {id(log): np.searchsorted(edges, gap) for log, gap in zip((one, other), gaps, strict=True)}
    return _counted(one, other, weeks, lambda log: by_log[id(log)])


def dispersion(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """How far counts of days scatter about the mean of their weekday in both logs, beyond chance."""
    first, second = (_daily(log, weeks) for log in (one, other))
    mean = (first.mean(axis=0) + second.mean(axis=0)) / 2.0
    scale = np.maximum(mean, 1e-9) ** 2
    scatter = [(((day - mean) ** 2 - day) / scale).sum(axis=1, keepdims=True) for day in (first, second)]
    return scatter[0], scatter[1]


def followers(one: CallLog, other: CallLog, weeks: int) -> tuple[F8, F8]:
    """Calls within an hour of another in the same area."""
    return _near(one, weeks), _near(other, weeks)


TESTS: Mapping[str, Measure] = {
    "total": totals,
    "hour_of_week": hours_of_week,
    "area": areas,
    "urgency": urgencies,
    "inter_arrival": inter_arrival,
    "dispersion": dispersion,
    "followers": followers,
}
"""By name; what each looks at stands with it."""


def compare_logs(
    one: CallLog, other: CallLog, weeks: int, seed: int = 0, tests: Mapping[str, Measure] = TESTS
) -> tuple[Likeness, ...]:
    """Run every test.

    Args:
        one: A log.
        other: The other; both begin on a Monday, in the same season.
        weeks: Whole weeks that both have, at least 8.
        seed: Of the lots.
        tests: By name.

    Raises:
        OutOfRangeError: Too few weeks, or a log without calls in them.
    """
    one, other = (_within(log, weeks) for log in (one, other))
    if weeks < LEAST_WEEKS or not len(one.call_t) or not len(other.call_t):
        got = f"{weeks} weeks with {len(one.call_t)} and {len(other.call_t)} calls"
        raise OutOfRangeError("whole weeks of both logs", got, f"give {LEAST_WEEKS} weeks with calls at least")
    signs = np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=(LOTS, weeks))
    signs = np.vstack([np.ones(weeks), signs])
    p = {name: _p_value(signs, *measure(one, other, weeks)) for name, measure in tests.items()}
    adjusted, least = {}, 0.0
    for rank, name in enumerate(sorted(p, key=p.__getitem__)):
        least = max(least, min(1.0, p[name] * (len(p) - rank)))
        adjusted[name] = least
    return tuple(Likeness(name, value, adjusted[name]) for name, value in p.items())


def _p_value(signs: F8, first: F8, second: F8) -> float:
    """Σ (difference)² / (what it would vary by) over columns, against the same with weeks swapped."""
    gap = first - second
    varies = (gap**2).sum(axis=0)
    used = varies > 0.0
    if not used.any():
        return 1.0
    figure = ((signs @ gap[:, used]) ** 2 / varies[used]).sum(axis=1)
    # Lots that come to the same figure must not differ by how numbers are added up.
    return float((figure >= figure[0] * (1.0 - 1e-9)).mean())


def _within(log: CallLog, weeks: int) -> CallLog:
    inside = (log.call_t >= 0.0) & (log.call_t < weeks * WEEK_S)
    return CallLog._make(column[inside] for column in log)


def _daily(log: CallLog, weeks: int) -> F8:
    day = (log.call_t // DAY_S).astype(np.int64)
    return np.bincount(day, minlength=7 * weeks).reshape(weeks, 7).astype(np.float64)


def _counted(one: CallLog, other: CallLog, weeks: int, of: Callable[[CallLog], I8]) -> tuple[F8, F8]:
    classes = [of(log) for log in (one, other)]
    size = 1 + max(int(found.max(initial=0)) for found in classes)
    tables = []
    for log, found in zip((one, other), classes, strict=True):
        cell = (log.call_t // WEEK_S).astype(np.int64) * size + found
        tables.append(np.bincount(cell, minlength=weeks * size).reshape(weeks, size).astype(np.float64))
    return tables[0], tables[1]


def _near(log: CallLog, weeks: int) -> F8:
    order = np.lexsort((log.call_t, log.area))
    time, area = log.call_t[order], log.area[order]
    near = (area[1:] == area[:-1]) & (time[1:] - time[:-1] < NEAR_S)
    week = (time[1:][near] // WEEK_S).astype(np.int64)
    return np.bincount(week, minlength=weeks).reshape(weeks, 1).astype(np.float64)
