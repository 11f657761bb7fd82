"""What units do, as short logs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from beredt.simulation.playback.history import Doing, UnitHistory
from beredt.simulation.playback.playback import OFF_DUTY, StatusLog
from beredt.simulation.playback.tracks import ticks_of


def status_log_of(history: UnitHistory) -> StatusLog:
    """The log of a unit, in ticks of simulated time; what lasts less than a tick is left out.

    Args:
        history: of the unit. Where nothing is told of it, it is off duty.
    """
    doing = [Doing(0.0, OFF_DUTY, -1)] if history.since_start else []
    for activity in history.activities:
        ends = [*(after.t for after in activity.doing[1:]), activity.end_t]
        doing += [one for one, end in zip(activity.doing, ends, strict=True) if one.t < min(end, activity.end_t)]
    for before, after in pairwise([*history.activities, None]):
        if before is not None and (after is None or after.start_t > before.end_t):
            doing.append(Doing(before.end_t, OFF_DUTY, -1))
    doing.sort(key=lambda one: one.t)
    t = ticks_of(np.array([one.t for one in doing], np.float64))
    last_of_tick = np.append(np.diff(t) > 0, True)
    code = np.array([one.code for one in doing], np.int64)
    about = np.array([one.about for one in doing], np.int64)
    return StatusLog(t[last_of_tick], code[last_of_tick], about[last_of_tick])
