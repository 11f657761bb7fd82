"""Which stretch of a simulated period is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from beredt.demand.intensity import Period
from beredt.errors import StretchError
from beredt.simulation.playback.playback import TICKS_PER_SECOND

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Stretch:
    """Simulated seconds from `from_s` to `to_s`, both whole ticks; `start` is the local standard time of the first."""

    from_s: float
    to_s: float
    start: datetime


def stretch_of(period: Period, begin: str, days: float) -> Stretch:
    """Find a stretch in a period.

    Args:
        period: what is simulated, warm-up and cool-down included.
        begin: the day that it begins with, counted from 0 at the first day that counts (below 0: in the warm-up), or
            a date or time in ISO form, local standard time: `2026-01-05`, `2026-01-05T06:30`.
        days: its length, above 0; need not be whole.

    Raises:
        StretchError: `begin` is neither, or the stretch is empty or not within the period.
    """
    if not 0 < days <= period.all_days:
        raise StretchError(f"{days:g} days cannot be shown: the simulated period has {period.all_days}")
    first = datetime.combine(period.first_day, time())
    start = _start_of(period, begin)
    from_s = _whole_ticks((start - first).total_seconds())
    to_s = _whole_ticks(from_s + days * DAY_S)
    if not 0 <= from_s < to_s <= period.end_s:
        last = first + timedelta(seconds=period.end_s)
        raise StretchError(
            f"{days:g} days from {start.isoformat()} are not within the simulated period, which runs from "
            f"{first.isoformat()} to {last.isoformat()} with its warm-up and cool-down: choose a stretch inside it"
        )
    return Stretch(from_s, to_s, first + timedelta(seconds=from_s))


def _start_of(period: Period, begin: str) -> datetime:
    try:
        return datetime.combine(period.start, time()) + timedelta(days=int(begin))
    except ValueError:
        pass
    except OverflowError:
        raise StretchError(f"day {begin} lies beyond every calendar: give a day of the simulated period") from None
    try:
        start = datetime.fromisoformat(begin)
    except ValueError:
        raise StretchError(
            f"{begin!r} is neither a number of a day (0 is the first that counts) nor a date or time such as "
            "2026-01-05 or 2026-01-05T06:30"
        ) from None
    if start.tzinfo is not None:
        raise StretchError(f"{begin!r} names a time zone: give local standard time without one")
    return start


def _whole_ticks(seconds: float) -> float:
    return round(seconds * TICKS_PER_SECOND) / TICKS_PER_SECOND
