"""Big events: incidents beyond those of an ordinary day, in one place for some hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import polars as pl

from beredt.demand.extra_strata import ExtraStrata, no_strata
from beredt.demand.intensity import DAY_HOURS, HOUR_S, Period
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.demand.variation import NOBODY
from beredt.model.area import Area
from beredt.model.recurring_day import parse_day
from beredt.model.urgency import urgency_code


def list_big_events(table: pl.DataFrame, areas: Sequence[Area], period: Period) -> ExtraStrata:
    """Strata of all events that fall into the period, each spread evenly over its hours.

    Args:
        table: `big_events`, checked.
        areas: Areas of the service.
        period: What is simulated; of an event that it cuts, the part inside counts.
    """
    place = {area.id: number for number, area in enumerate(areas)}
    hours = period.all_days * DAY_HOURS
    found = no_strata(hours)
    for row in table.iter_rows(named=True):
        on = parse_day(row["date"])
        for number in range(-int(row["hours"] // DAY_HOURS) - 1, period.all_days):
            day = period.first_day + timedelta(days=number)
            if not on.is_on(day):
                continue
            begin = number * DAY_HOURS + int(row["start"] // HOUR_S)
            inside = np.zeros(hours)
            inside[max(begin, 0) : max(begin + row["hours"], 0)] = 1.0
            if inside.sum() > 0.0:
                code = urgency_code(row["urgency"])
                name = stratum_numbers([f"big_events/{row['id']}/{day.isoformat()}"])[0, code]
                one = ExtraStrata(
                    stratum=np.array([name]),
                    area=np.array([place[row["area"]]], np.int32),
                    urgency=np.array([code], np.int8),
                    expected=np.array([row["incidents"] * inside.sum() / row["hours"]]),
                    shape=np.zeros(1, np.int32),
                    hourly=inside[np.newaxis, :],
                    follows=np.array([NOBODY], np.int8),
                )
                found = found.joined(one)
    return found
