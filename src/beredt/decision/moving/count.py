"""What one replication tells of moving free units about."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.indicators.cells import groups_of_areas
from beredt.indicators.first_unit import first_units
from beredt.indicators.group_response import ResponseCounts, count_response
from beredt.indicators.moments import MS_PER_S, moments_of
from beredt.indicators.observed import MOVE, Frame, Year, contiguous
from beredt.indicators.response import responses_of
from beredt.indicators.utilisation import UnitSum, tally_units

DAY_S, NIGHT_END_S, NIGHT_START_S = 86_400.0, 21_600.0, 79_200.0
"""Night is from 22 to 6."""


class MovingCount(NamedTuple):
    """Counts of one replication."""

    response: ResponseCounts
    moves: int
    night_moves: int  # that begin between 22 and 6
    moved_km: float
    shifts: int  # duty intervals, each by its part in the period
    duty_s: float
    rest_s: float  # on duty at a station, neither moved nor sent


def count_moving(frame: Frame, year: Year) -> MovingCount:
    """Count one replication."""
    year = contiguous(year)
    moments = moments_of(frame, year)
    first = first_units(frame, year, moments)
    responses = responses_of(frame, year, moments, first)
    s = year.stints
    moves = (s.kind == MOVE) & (s.start_t >= frame.start_s) & (s.start_t < frame.end_s)
    hour_s = s.start_t[moves] % DAY_S
    on, off = np.maximum(frame.duty_on_t, frame.start_s), np.minimum(frame.duty_off_t, frame.end_s)
    shifts = np.maximum(off - on, 0.0)
    sums = tally_units(frame, year, moments, responses).sum(axis=0)
    return MovingCount(
        response=count_response(frame, year, responses, first.second, groups_of_areas(frame)),
        moves=int(moves.sum()),
        night_moves=int(((hour_s < NIGHT_END_S) | (hour_s >= NIGHT_START_S)).sum()),
        moved_km=float(s.km[moves].sum()),
        shifts=int((np.ceil(shifts / DAY_S)).sum()),
        duty_s=float(sums[UnitSum.DUTY]) / MS_PER_S,
        rest_s=float(sums[UnitSum.IDLE]) / MS_PER_S,
    )
