"""Hours on duty of one unit as a set of moments of the week: what tells whether two rosters are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from beredt.model.reading.weekdays import DAYS
from beredt.model.roster_row import RosterRow

SLOT_S: Final = 300
DAY_S: Final = 86_400
HOUR_S: Final = 3_600
WEEK_S: Final = 7 * DAY_S

Slots = frozenset[int]
"""Five-minute pieces of the week, Monday 00:00 first, in which a unit is on duty."""


class Shift(NamedTuple):
    """A shift that begins on each of some weekdays (1 = Monday to 7), in seconds after midnight."""

    weekdays: tuple[int, ...]
    start_s: int
    end_s: int

    @property
    def length_s(self) -> int:
        """Above 0, at most a day; an end at or before the start falls on the next day."""
        return self.end_s - self.start_s if self.end_s > self.start_s else self.end_s - self.start_s + DAY_S

    def text(self) -> str:
        """As edits write it: `mon-fri 08:00-20:00`."""
        return f"{_days(self.weekdays)} {_clock(self.start_s)}-{_clock(self.end_s)}"


EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)
ALL_DAY: Final = (Shift(EVERY_DAY, 0, DAY_S),)
"""Round the clock."""


def shifts_of(rows: Iterable[RosterRow]) -> tuple[Shift, ...]:
    """The shifts of a roster's rows."""
    return tuple(Shift(row.weekdays, row.start_s, row.end_s) for row in rows)


def slots_of(shifts: Iterable[Shift]) -> Slots:
    """When a unit with these shifts is on duty. A piece that is only begun counts whole."""
    return frozenset(
        slot % (WEEK_S // SLOT_S)
        for shift in shifts
        for day in shift.weekdays
        for slot in range(
            ((day - 1) * DAY_S + shift.start_s) // SLOT_S,
            -(-((day - 1) * DAY_S + shift.start_s + shift.length_s) // SLOT_S),
        )
    )


def shifts_of_hours(hours: Iterable[int]) -> tuple[Shift, ...]:
    """The fewest shifts that have these hours of the week (0 to 167), each at most a day long.

    Hours that hang together are one shift; a stretch longer than a day is cut at midnight.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for first, length in _stretches(sorted(set(hours))):
        for start, end in _days_of(first, length):
            found.setdefault((start % 24 * HOUR_S, ((end - 1) % 24 + 1) * HOUR_S), []).append(start // 24 % 7 + 1)
    return tuple(Shift(tuple(sorted(days)), start, end) for (start, end), days in sorted(found.items()))


def _stretches(hours: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First hour and length of hours that follow one another, also round the end of the week."""
    there = set(hours)
    if len(there) == 168:
        yield 0, 168
        return
    for hour in hours:
        if (hour - 1) % 168 in there:
            continue
        length = next(step for step in range(1, 169) if (hour + step) % 168 not in there)
        yield hour, length


def _days_of(first: int, length: int) -> Iterator[tuple[int, int]]:
    """A stretch as it is, or cut at midnight where it is longer than a day."""
    if length <= 24:
        yield first, first + length
        return
    end = first + length
    while first < end:
        cut = min((first // 24 + 1) * 24, end)
        yield first, cut
        first = cut


def _days(weekdays: Sequence[int]) -> str:
    """`mon-fri`, `sat;sun`."""
    runs: list[list[int]] = []
    for day in sorted(weekdays):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [[DAYS[day - 1] for day in run] for run in runs]
    return ";".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in names)


def _clock(seconds: int) -> str:
    return f"{seconds // HOUR_S:02d}:{seconds % HOUR_S // 60:02d}"
