"""Forms of times whose digits always stand at the same places."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from beredt.missions.read.byte_kernels import I4, I8
from beredt.missions.read.byte_values import DIGITS_OF_TIME, FIRST_YEAR, LAST_YEAR

_PARTS: Final = {"%d": (0, 2), "%m": (2, 2), "%Y": (4, 4), "%H": (8, 2), "%M": (10, 2), "%S": (12, 2)}
"""Parts of a form: the number of their first digit among those of a time, and how many they have."""

_SECONDS: Final = 12
"""Digits of a time to the minute."""


class Shape(NamedTuple):
    """Where the bytes of a time are."""

    digit_at: I8  # [14] of day, month, year, hour, minute and second; -1 for a digit that is 0 unsaid
    mark_at: I8  # [M] of everything else
    mark: I8  # [M] the byte that stands there

    @property
    def length(self) -> int:
        """Bytes of a time."""
        return int((self.digit_at >= 0).sum()) + self.mark_at.size


@cache
def shape_of(form: str) -> Shape | None:
    """A form of times by its places; None for one whose places are not always the same, or that lacks day or clock.

    Args:
        form: such as %d.%m.%Y %H:%M:%S.
    """
    digit_at = np.full(DIGITS_OF_TIME, -1, np.int64)
    marks: list[tuple[int, int]] = []
    at = place = 0
    while at < len(form):
        part = form[at : at + 2]
        if part in _PARTS:
            number, digits = _PARTS[part]
            digit_at[number : number + digits] = place + np.arange(digits)
            at, place = at + 2, place + digits
        elif form[at] == "%":
            return None
        else:
            marks.append((place, ord(form[at])))
            at, place = at + 1, place + 1
    if (digit_at[:_SECONDS] < 0).any():
        return None
    mark_at, mark = np.array(marks, np.int64).reshape(-1, 2).T
    return Shape(digit_at, mark_at.copy(), mark.copy())


@cache
def month_begins() -> I4:
    """Days from 1970-01-01 to each month from FIRST_YEAR to LAST_YEAR, and to the one after."""
    months = np.arange(f"{FIRST_YEAR}-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int32)
