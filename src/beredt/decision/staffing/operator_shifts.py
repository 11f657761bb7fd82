"""Shifts of operators that cover the need of every hour: what a roster adds to the hours that are needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.siting.program import Limits
from beredt.siting.rosters.design import Permitted, RosterPlan, Week, fewest_hours
from beredt.siting.rosters.shift_form import ShiftForm

I8 = NDArray[np.int64]

EVERY_DAY, WORKING_DAYS, WEEKEND = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5), (6, 7)

FORMS = tuple(
    ShiftForm(id=f"{name}-{start:02d}", weekdays=days, start_min=60 * start, length_min=480, crew=1)
    for start in (0, 3, 7, 9, 11, 15, 19, 23)
    for name, days in (("every-day", EVERY_DAY), ("working-days", WORKING_DAYS), ("weekend", WEEKEND))
)
"""Shifts of eight hours that begin at the hours at which shifts of such centres often do; an assumption."""

GOOD_ENOUGH = Limits(gap=0.005)
"""Half a per cent of the hours is less than what is not known of the calls."""


def operator_shifts(need: I8) -> RosterPlan:
    """The roster with the fewest hours, (168,) operators of each hour of the week in, shifts out.

    Raises:
        SitingError: nothing was found.
    """
    nothing = np.zeros(len(need))
    return fewest_hours(Week(need, nothing, nothing), Permitted(FORMS), GOOD_ENOUGH)
