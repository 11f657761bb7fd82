"""Time stamps as whole milliseconds from the beginning of the period, so that every sum of times is exact."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.observed import F8, I8, Frame, Year

MS_PER_S: Final = 1_000
MS_PER_HOUR: Final = 3_600_000
MS_PER_DAY: Final = 86_400_000

NEVER: Final = 2**50
"""A time stamp that never came: some 35,000 years after the period."""


class Moments(NamedTuple):
    """Columns of a year and of its duty intervals in ms from `Frame.start_s`; before the period they are negative."""

    days: int  # of the period
    length_ms: int  # of the period: whole days
    call: I8  # [I]
    ready: I8  # [I]
    assign: I8  # [N]
    scene: I8  # [N]
    free: I8  # [N]
    stint_start: I8  # [L]
    stint_arrive: I8  # [L]
    stint_end: I8  # [L]
    duty_on: I8  # [D]
    duty_off: I8  # [D]


def moments_of(frame: Frame, year: Year) -> Moments:
    """Round every time stamp to whole milliseconds.

    Stamps are rounded, never durations: intervals that follow end on end still do, and their sums are exact.

    Raises:
        ValueError: The period of the frame is not one or more whole days.
    """
    start_ms, end_ms = round(frame.start_s * MS_PER_S), round(frame.end_s * MS_PER_S)
    days, rest = divmod(end_ms - start_ms, MS_PER_DAY)
    if rest or days < 1:
        raise ValueError(
            f"the period from {frame.start_s!r} s to {frame.end_s!r} s is not a number of whole days: "
            "start_s and end_s of the frame must be midnights"
        )

    def ms(column: F8) -> I8:
        whole: I8 = _whole_ms(column, start_ms)
        return whole

    incidents, missions, stints = year.incidents, year.missions, year.stints
    return Moments(
        days=days,
        length_ms=days * MS_PER_DAY,
        call=ms(incidents.call_t),
        ready=ms(incidents.ready_t),
        assign=ms(missions.assign_t),
        scene=ms(missions.scene_t),
        free=ms(missions.free_t),
        stint_start=ms(stints.start_t),
        stint_arrive=ms(stints.arrive_t),
        stint_end=ms(stints.end_t),
        duty_on=ms(frame.duty_on_t),
        duty_off=ms(frame.duty_off_t),
    )


@njit(cache=True)
def _whole_ms(seconds: F8, start_ms: int) -> I8:
    moments = np.empty(seconds.size, np.int64)
    for i in range(seconds.size):
        if np.isfinite(seconds[i]):
            moments[i] = np.int64(np.rint(seconds[i] * MS_PER_S)) - start_ms
        else:
            moments[i] = NEVER
    return moments
