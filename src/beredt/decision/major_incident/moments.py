"""When an event happens in each sample: spread over the simulated period, and the same for all alternatives."""

from __future__ import annotations

import numpy as np

from beredt.decision.major_incident.major_incident import WEEKDAYS, When
from beredt.demand.intensity import DAY_HOURS, HOUR_S, Period
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import DRAWS_BLOCK
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.dispatch.world import F8
from beredt.errors import OptionError

DAY_S = DAY_HOURS * HOUR_S


def sample_alarms(when: When, period: Period, samples: int, follow_s: float, seed: int) -> F8:
    """Draw the first alarm of every sample, seconds from simulated time 0, whole minutes.

    Sample k happens in replication k. Its day is drawn from the k-th of `samples` equal parts of the days that the
    study counts and that `when` allows; the minute, where it is not given, from the whole day.

    Args:
        when: the weekday and the clock, as far as they are given.
        period: what is simulated.
        samples: their number, ≥ 1.
        follow_s: seconds that must be left of the period after the alarm.
        seed: the study's.

    Raises:
        OptionError: no day of the period will do.
    """
    latest_s = DAY_S if when.clock_s is None else float(when.clock_s)
    days = [
        day
        for day in range(period.warmup_days, period.warmup_days + period.days)
        if when.weekday in (None, (period.first_day.weekday() + day) % 7 + 1)
        and day * DAY_S + latest_s + follow_s <= period.end_s
    ]
    if not days:
        raise OptionError(
            "--when",
            _said(when),
            f"no such day of the {period.days} that the study simulates has {follow_s / HOUR_S:.0f} hours after it",
            "simulate more days, follow the event for a shorter time, or give another weekday",
        )
    key = stratum_numbers(["major incident/when"])[0, :1]
    alarms = np.empty(samples)
    for k in range(samples):
        of_day, of_clock = uniform_rows(seed, k, key, np.zeros(1, np.int64), range(DRAWS_BLOCK, DRAWS_BLOCK + 1))[:2, 0]
        day = days[int((k + of_day) / samples * len(days))]
        clock_s = np.floor(of_clock * 1440.0) * 60.0 if when.clock_s is None else float(when.clock_s)
        alarms[k] = day * DAY_S + clock_s
    return alarms


def _said(when: When) -> str:
    """As it is written on the command line."""
    clock = [] if when.clock_s is None else [f"{when.clock_s // 3600:02d}:{when.clock_s % 3600 // 60:02d}"]
    return "-".join([*([] if when.weekday is None else [WEEKDAYS[when.weekday - 1]]), *clock]) or "any"
