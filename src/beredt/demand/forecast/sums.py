"""Sums over hours: how many incidents in the next six hours, the next day, the whole forecast.

The hours of a day err together: a day that begins busy goes on so. So the interval of a sum is neither the sum of the
intervals of its hours, which is too wide, nor what hours apart from one another would give, which is too narrow. How
far sums scatter is seen on sums: forecasts of the past are summed in the same way and held against what came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.forecast.backtest import Backtest
from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.forecast import Forecast
from beredt.demand.forecast.levels import at_level
from beredt.demand.forecast.scores import QUANTILES
from beredt.demand.forecast.spread import covered, find_alpha, quantile
from beredt.demand.forecast.tables import QUANTILE_NAMES, names_of

HOURS = (6, 24, 168)
"""Lengths of sums that are told beside the whole forecast, where it is that long."""


def lengths_of(steps: int, steps_per_hour: int) -> tuple[int, ...]:
    """Steps of each sum, ascending; the last is the whole forecast."""
    return (*(hours * steps_per_hour for hours in HOURS if hours * steps_per_hour < steps), steps)


def window_sums(values: NDArray[Any], length: int) -> NDArray[Any]:
    """Sums of whole stretches of steps: [..., H, n] to [..., H // length, n]; what is left at the end is left out."""
    windows = values.shape[-2] // length
    kept = values[..., : windows * length, :]
    sums: NDArray[Any] = kept.reshape(*kept.shape[:-2], windows, length, kept.shape[-1]).sum(axis=-2)
    return sums


def alpha_of_sums(backtest: Backtest, model: str, level: str, length: int, origins: slice = slice(None)) -> F8:
    """Over-dispersion of each window, float64[windows], from origins of the past; windows of one band share theirs."""
    came = window_sums(at_level(backtest.came, level), length)[origins]
    said = window_sums(at_level(backtest.said[model], level), length)[origins]
    band = backtest.band[: came.shape[-2] * length : length]
    found = np.empty(len(band))
    for one in np.unique(band):
        mine = band == one
        found[mine] = find_alpha(came[:, mine].ravel(), said[:, mine].ravel())
    return found


def sums_table(answer: Forecast, levels: Sequence[str] = ()) -> pl.DataFrame:
    """One row per length, window, area and urgency: hours, begin (local), area, urgency, level, mean, quantiles.

    `levels` are those that are told [default: all].
    """
    counts = answer.counts
    per_hour = 60 // counts.step_min
    frames = []
    for length in lengths_of(len(answer.mean), per_hour):
        for level in levels or answer.backtest.levels:
            names = names_of(level, counts.areas, counts.urgencies)
            mean = window_sums(at_level(answer.mean, level), length)
            alpha = alpha_of_sums(answer.backtest, answer.model, level, length)[:, np.newaxis]
            moments = [answer.moment + n * length * counts.step for n in range(len(mean))]
            begins = pl.Series(moments, dtype=pl.Datetime("ms", "UTC")).dt.convert_time_zone(counts.zone)
            columns = {
                name: quantile(share, mean, alpha).astype(np.int64).ravel()
                for name, share in zip(QUANTILE_NAMES, QUANTILES, strict=True)
            }
            frames.append(
                pl.DataFrame({
                    "hours": [length // per_hour] * mean.size,
                    "begin": begins.gather(np.repeat(np.arange(len(mean)), len(names))),
                    "level": [level] * mean.size,
                    "area": [area for area, _ in names] * len(mean),
                    "urgency": [urgency for _, urgency in names] * len(mean),
                    "mean": mean.ravel(),
                    **columns,
                })
            )  # fmt: skip
    return pl.concat(frames)


def sum_coverage_table(answer: Forecast, levels: Sequence[str] = ()) -> pl.DataFrame:
    """How often such intervals held what came, hours, level, cover80, cover95: scatter from earlier origins alone."""
    tested, per_hour = answer.backtest, 60 // answer.counts.step_min
    rows = []
    for length in lengths_of(len(answer.mean), per_hour):
        for level in levels or tested.levels:
            came = window_sums(at_level(tested.came, level), length)
            said = window_sums(at_level(tested.said[answer.model], level), length)
            held = []
            for origin in range(tested.warm_up, len(came)):
                alpha = alpha_of_sums(tested, answer.model, level, length, slice(0, origin))[:, np.newaxis]
                held.append([covered(share, came[origin], said[origin], alpha).mean() for share in (0.8, 0.95)])
            rows.append((length // per_hour, level, *np.mean(held, axis=0).tolist()))
    return pl.DataFrame(rows, ["hours", "level", "cover80", "cover95"], orient="row")
