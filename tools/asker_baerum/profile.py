"""How incidents spread over the hours of the week: a curve of one's own, bent to the published shares.

Published (Oslo and Akershus 2018): of unit responses, the share between 9 and 19 is 58 % for acute, 57 % for urgent and
70 % for ordinary missions. The shape of the day in between, with its trough from 3 to 6, and the weekend factors are
assumptions.
"""

from __future__ import annotations

import numpy as np
import polars as pl

DAY_SHARE = {"A": 0.58, "H": 0.57, "V": 0.70}
WEEKEND = {"A": 1.0, "H": 0.95, "V": 0.6}
FIRST_DAY_HOUR, LAST_DAY_HOUR = 9, 18
# Relative frequency by hour of the day; raised to the power that gives the published share.
DAY = (
    *(0.70, 0.60, 0.53, 0.46, 0.44, 0.46, 0.55, 0.75, 1.00, 1.20, 1.32, 1.36),
    *(1.36, 1.34, 1.32, 1.30, 1.26, 1.22, 1.18, 1.14, 1.10, 1.02, 0.92, 0.82),
)


def hour_weights(day_share: float) -> list[float]:
    """Weights of the 24 hours, mean 1, of which the hours from 9 to 19 hold `day_share`."""
    day = np.array(DAY)
    is_day = (np.arange(24) >= FIRST_DAY_HOUR) & (np.arange(24) <= LAST_DAY_HOUR)
    low, high = 0.0, 10.0
    for _ in range(80):
        power = (low + high) / 2
        weight = day**power
        low, high = (power, high) if weight[is_day].sum() / weight.sum() < day_share else (low, power)
    return [float(w) for w in weight / weight.mean()]


def profile() -> pl.DataFrame:
    """The table `profile`: urgency, weekday (1 is Monday), hour, weight (4 decimals)."""
    rows = [
        (urgency, weekday, hour, round(weight * (WEEKEND[urgency] if weekday > 5 else 1.0), 4))
        for urgency, share in DAY_SHARE.items()
        for weekday in range(1, 8)
        for hour, weight in enumerate(hour_weights(share))
    ]
    return pl.DataFrame(rows, schema=["urgency", "weekday", "hour", "weight"], orient="row")
