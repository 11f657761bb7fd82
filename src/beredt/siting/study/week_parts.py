"""Parts of the week in which units may stand differently, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from beredt.errors import OptionError
from beredt.model.reading.weekdays import DAYS, parse_weekdays

DAY_H, WEEK_H = 24, 168
YEAR_H = 8_760.0

DAY_EVENING_NIGHT = "day=08-16,evening=16-24,night=00-08"
"""The parts of the day that fleets are dimensioned for, too."""

_PART = re.compile(r"^([a-z0-9][a-z0-9_-]*)=(?:([a-z;-]+)\s+)?([0-9]{2})-([0-9]{2})$")
_REMEDY = f"write such as {DAY_EVENING_NIGHT}, with days in front of hours where they differ: work=mon-fri 08-16"


@dataclass(frozen=True, slots=True)
class WeekPart:
    """A part of the week. `id`: its name. `hours`: hours of the week, 0 (Monday 00:00–01:00) to 167, ascending."""

    id: str
    hours: tuple[int, ...]

    @property
    def hours_per_year(self) -> float:
        """Hours a year of 365 days, the week's share of it."""
        return len(self.hours) / WEEK_H * YEAR_H


def parse_week_parts(text: str) -> tuple[WeekPart, ...]:
    """The parts that fill a week, in the order in which they are named.

    Args:
        text: `day-evening-night` for 08–16, 16–24 and 00–08 on all days; `hours` for each hour of the day by itself; or
            `NAME=[DAYS ]HH-HH` with commas between. An end at or before the beginning is on the next day; a name that
            comes again adds hours to its part.

    Raises:
        OptionError: it means nothing, or an hour of the week is in no part or in two.
    """
    if text == "hours":
        text = ",".join(f"h{hour:02d}={hour:02d}-{hour + 1:02d}" for hour in range(DAY_H))
    elif text == "day-evening-night":
        text = DAY_EVENING_NIGHT
    found: dict[str, list[int]] = {}
    for piece in text.split(","):
        name, hours = _parse_part(piece.strip())
        found.setdefault(name, []).extend(hours)
    _check_fills_week(text, found)
    return tuple(WeekPart(name, tuple(sorted(hours))) for name, hours in found.items())


def _parse_part(piece: str) -> tuple[str, list[int]]:
    match = _PART.match(piece.lower())
    if match is None:
        raise OptionError("--periods", piece, "that is no part of a week", _REMEDY)
    name, days, first, last = match.group(1), match.group(2), int(match.group(3)), int(match.group(4))
    if first >= DAY_H or last > DAY_H:
        raise OptionError("--periods", piece, "a day has hours from 00 to 24", _REMEDY)
    try:
        weekdays = parse_weekdays(days) if days else tuple(range(1, len(DAYS) + 1))
    except ValueError:
        raise OptionError("--periods", piece, f"{days} are no weekdays", "write such as mon-fri or sat;sun") from None
    length = last - first if last > first else last - first + DAY_H
    return name, [((day - 1) * DAY_H + first + step) % WEEK_H for day in weekdays for step in range(length)]


def _check_fills_week(text: str, parts: dict[str, list[int]]) -> None:
    counted = [0] * WEEK_H
    for hours in parts.values():
        for hour in hours:
            counted[hour] += 1
    for hour, times in enumerate(counted):
        if times != 1:
            when = f"{DAYS[hour // DAY_H]} {hour % DAY_H:02d}:00"
            message = f"{when} is in no part" if times == 0 else f"{when} is in {times} parts"
            raise OptionError("--periods", text, message, "let every hour of the week be in one part")
