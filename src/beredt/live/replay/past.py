"""A past stretch of days, as the picture takes it: events in their order, and what was decided when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from beredt.dispatch.world import PRIMARY
from beredt.errors import OptionError
from beredt.live.ground.ground import Ground
from beredt.live.known import LOCAL
from beredt.live.store.entry import Entry

TOGETHER_MS = 30_000
"""Units that were alerted so soon after the first one were sent by one decision."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole local days: from the midnight before `first`, so many of them."""

    first: date
    days: int

    @property
    def begin_ms(self) -> int:
        """The midnight before the first day, ms since 1970."""
        return _midnight_ms(self.first)

    @property
    def end_ms(self) -> int:
        """The midnight after the last day, ms since 1970."""
        return _midnight_ms(self.first + timedelta(days=self.days))


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident to which somebody was sent.

    `before` is the number of entries that were there when it was decided, at `decided_ms`; `together` are all units
    that were sent by that decision, `unit` is the one of them that was first at the scene, `stamped_s` seconds after
    the decision (None where nothing tells).
    """

    incident: str
    decided_ms: int
    before: int
    unit: str
    together: tuple[str, ...]
    stamped_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What is replayed.

    `entries` are numbered from 1, and gone through once: weeks of a live log do not fit into memory. `happened` is in
    order of decision. `places_at` gives units that are reckoned to be on the road at a moment (ms), with latitude and
    longitude; `elsewhere` are units that may wait at another place than the station where they are reckoned to stand.
    `left_out` counts, by reason, incidents that cannot be asked about; `noted` what else of the log could
    not be taken as it stands.
    """

    stretch: Stretch
    entries: Iterable[Entry]
    happened: Sequence[Happened]
    places_at: Callable[[int], Mapping[str, tuple[float, float]]]
    generated: bool | None
    left_out: Mapping[str, int] = field(default_factory=dict)
    noted: Mapping[str, int] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()


def nowhere_at(at_ms: int) -> Mapping[str, tuple[float, float]]:
    """Nothing is reckoned: the log itself tells where units were."""
    del at_ms
    return {}


def day_of(at_ms: int) -> date:
    """The local day of a moment."""
    return datetime.fromtimestamp(at_ms / 1000, LOCAL).date()


def no_such_day(stretch: Stretch, days: Sequence[date]) -> OptionError:
    """The error for a stretch that a log has nothing of; `days` are its first and last, or none."""
    has = f"the log has missions from {days[0]} to {days[-1]}" if days else "the log has no missions at all"
    reason = f"no unit was sent anywhere in {stretch.days} day(s) from then on; {has}"
    return OptionError("--day", stretch.first.isoformat(), reason, "name a day on which units were sent")


def is_main(ground: Ground, unit: str) -> bool:
    """Whether a unit of the study can carry a main mission out."""
    number = ground.unit_index.get(unit)
    return number is not None and bool(ground.world.unit_roles[number] & (1 << PRIMARY))


def _midnight_ms(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=LOCAL).timestamp() * 1000)
