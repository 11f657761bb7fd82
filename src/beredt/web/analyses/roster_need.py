"""The need of rosters out of a dimensioning: its units in every hour of the week."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from beredt.errors import UnknownIdError
from beredt.siting.rosters.week import WEEK_H
from beredt.web.analyses.dimension_shapes import DimensioningOut
from beredt.web.analyses.roster_shapes import NeedOf

I8 = NDArray[np.int64]
DAYS = 7


def need_of(told: DimensioningOut, wish: NeedOf, hours_of: Mapping[str, tuple[int, ...]]) -> dict[str, list[int]]:
    """Units in every hour of the week, Monday 00:00 first, by station.

    Args:
        told: the dimensioning.
        wish: which of its scenarios.
        hours_of: clock hours of each band.

    Raises:
        UnknownIdError: the dimensioning has no such scenario.
    """
    wanted = (wish.alternative, wish.borders, wish.without)
    found = {(one.alternative, one.borders, one.without): one for one in told.scenarios}
    if wanted not in found:
        raise UnknownIdError("scenario of the dimensioning", "/".join(wanted), ["/".join(one) for one in found])
    need: dict[str, I8] = {}
    for cell in found[wanted].cells:
        week = need.setdefault(cell.station, np.zeros(WEEK_H, np.int64))
        week.reshape(DAYS, -1)[:, list(hours_of[cell.band])] = cell.units
    return {station: week.tolist() for station, week in need.items()}
