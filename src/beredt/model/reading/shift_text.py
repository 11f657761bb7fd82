"""A shift of a roster on one line, as edits write it."""

from __future__ import annotations

import re

from beredt.model.field import clock_seconds
from beredt.model.reading.weekdays import parse_weekdays

_SHIFT = re.compile(r"(?P<days>\S+)\s+(?P<start>\d\d:\d\d)\s*-\s*(?P<end>\d\d:\d\d)")


def parse_shift(text: str) -> tuple[tuple[int, ...], int, int]:
    """Weekdays (1 = Monday to 7, ascending), start and end in seconds after midnight of `mon-fri 08:00-20:00`.

    An end before the start falls on the next day; a whole day is `00:00-24:00`. Raises ValueError for anything
    else, and for a shift that ends when it begins.
    """
    found = _SHIFT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not days and hours")
    weekdays = parse_weekdays(found["days"])
    start_s, end_s = clock_seconds(found["start"]), clock_seconds(found["end"])
    if start_s == 86_400:
        raise ValueError("a shift begins from 00:00 to 23:59")
    if start_s == end_s:
        raise ValueError("a shift that ends when it begins never starts; a whole day is 00:00-24:00")
    return weekdays, start_s, end_s
