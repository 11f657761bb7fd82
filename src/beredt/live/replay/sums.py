"""What a replay comes to: agreement, difference in response with its interval, error of expectations, moves.

An interval is that of a bootstrap by days: days are drawn with replacement, each with all its incidents, because the
incidents of a day have their weather, crews and events in common. One day alone has no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.live.replay.beside import Beside, Replayed
from beredt.live.replay.past import day_of

ALL, TOLD_PLACES = "all", "told_places"
"""All incidents · those in which neither of the two units stood where it was only reckoned to be."""
DRAWS = 2_000
SEED = 1
FEWEST_DAYS = 2
FEW_DAYS = 10
"""With fewer days than this an interval by days is itself uncertain."""
LEVEL = 0.95

F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval by days, None where it is not known."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Incidents of one urgency, all, or those with told places. Seconds.

    `agreed` is the share of incidents to which an advised unit was sent; `difference` is the mean of expected seconds
    of the advised unit less those of the unit that was sent, over `reckoned` incidents, those in which both are the
    same counting 0; `error` is stamped less expected seconds of units that were sent, over `errors` incidents.
    """

    urgency: str
    incidents: int
    agreed: Figure
    reckoned: int
    difference: Figure
    sooner: int
    later: int
    errors: int
    error: Figure
    error_q10: float | None
    error_q90: float | None

    def as_json(self) -> dict[str, Any]:
        """All fields, as JSON's values."""
        return asdict(self)


def sums_of(found: Replayed) -> tuple[Sums, ...]:
    """All incidents, those of each urgency that there is, and those in which no place was reckoned."""
    rows = found.incidents
    told = [one for one in rows if not one.reckoned_place]
    of_urgency = [_sums(name, [one for one in rows if one.urgency == name]) for name in
                  sorted({one.urgency for one in rows})]  # fmt: skip
    return (_sums(ALL, rows), *of_urgency, *([_sums(TOLD_PLACES, told)] if len(told) < len(rows) else []))


def _sums(urgency: str, rows: Sequence[Beside]) -> Sums:
    reckoned = [one for one in rows if one.difference_s is not None]
    errors = np.array([one.stamped_s - one.sent_s for one in rows if one.stamped_s is not None
                       and one.sent_s is not None])  # fmt: skip
    return Sums(
        urgency=urgency,
        incidents=len(rows),
        agreed=_mean_by_days(rows, lambda one: float(one.agreed)),
        reckoned=len(reckoned),
        difference=_mean_by_days(reckoned, lambda one: one.difference_s or 0.0),
        sooner=sum((one.difference_s or 0.0) < 0.0 for one in reckoned),
        later=sum((one.difference_s or 0.0) > 0.0 for one in reckoned),
        errors=errors.size,
        error=_mean_by_days(
            [one for one in rows if one.stamped_s is not None and one.sent_s is not None],
            lambda one: (one.stamped_s or 0.0) - (one.sent_s or 0.0),
        ),
        error_q10=float(np.quantile(errors, 0.1)) if errors.size else None,
        error_q90=float(np.quantile(errors, 0.9)) if errors.size else None,
    )


def _mean_by_days(rows: Sequence[Beside], value: Callable[[Beside], float]) -> Figure:
    """The mean of a value over incidents, Σ x / Σ n, with days as they are drawn anew."""
    if not rows:
        return Figure(None, None, None)
    days, place = np.unique([day_of(one.decided_ms).toordinal() for one in rows], return_inverse=True)
    values = np.array([value(one) for one in rows])
    count = np.bincount(place).astype(np.float64)
    total = np.bincount(place, weights=values)
    mean = float(total.sum() / count.sum())
    if days.size < FEWEST_DAYS:
        return Figure(mean, None, None)
    drawn = np.random.default_rng(SEED).integers(0, days.size, (DRAWS, days.size))
    means: F8 = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(mean, float(low), float(high))
