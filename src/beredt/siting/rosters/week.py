"""The week cut into slots short enough that no permitted shift begins or ends within one."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Final

import numpy as np
from numpy.typing import NDArray

from beredt.siting.rosters.shift_form import WEEK_MIN, ShiftForm

I8 = NDArray[np.int64]

HOUR_MIN: Final = 60
WEEK_H: Final = 168


def slot_minutes(forms: Sequence[ShiftForm]) -> int:
    """The longest slot that divides an hour, every beginning and every length."""
    step = HOUR_MIN
    for form in forms:
        step = gcd(step, gcd(form.start_min, form.length_min))
    return step


def cover_of(forms: Sequence[ShiftForm], slot_min: int) -> I8:
    """How many cars of each form are on duty in each slot when there is one of it, int64 (slots, forms).

    Two shifts of one form overlap where it begins anew before it ends; then two cars are on duty.
    """
    cover = np.zeros((WEEK_MIN // slot_min, len(forms)), np.int64)
    for column, form in enumerate(forms):
        for begin, end in form.spans():
            np.add.at(cover[:, column], np.arange(begin // slot_min, end // slot_min) % len(cover), 1)
    return cover


def by_slot(by_hour: NDArray[np.generic], slot_min: int) -> NDArray[np.generic]:
    """A value of every hour of the week, (168,), as one of every slot."""
    return np.repeat(by_hour, HOUR_MIN // slot_min)
