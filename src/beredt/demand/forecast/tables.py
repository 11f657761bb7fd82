"""A forecast and its backtest as tables."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.demand.forecast.choose import interval
from beredt.demand.forecast.forecast import Forecast
from beredt.demand.forecast.levels import AREAS, PARTS, TOTAL, URGENCIES, at_level
from beredt.demand.forecast.scores import PIT_BINS, QUANTILES, pit_histogram
from beredt.demand.forecast.spread import quantile

ALL = "all"
"""In place of an area or urgency: the sum over all of them."""

QUANTILE_NAMES = ("q025", "q10", "q50", "q90", "q975")


def forecast_table(answer: Forecast) -> pl.DataFrame:
    """One row per step, area and urgency, and per sum: begin (local), area, urgency, level, mean, quantiles."""
    counts, ahead = answer.counts, len(answer.mean)
    begins = pl.Series([answer.moment + n * counts.step for n in range(ahead)], dtype=pl.Datetime("ms", "UTC"))
    local = begins.dt.convert_time_zone(counts.zone)
    frames = []
    for level in answer.backtest.levels:
        names = names_of(level, counts.areas, counts.urgencies)
        mean = at_level(answer.mean, level)
        band = np.minimum(answer.backtest.band, len(answer.alpha[level]) - 1)
        alpha = answer.alpha[level][band][:, None]
        columns = {
            name: quantile(share, mean, alpha).astype(np.int64).ravel()
            for name, share in zip(QUANTILE_NAMES, QUANTILES, strict=True)
        }
        frames.append(
            pl.DataFrame({
                "begin": local.gather(np.repeat(np.arange(ahead), len(names))),
                "level": [level] * mean.size,
                "area": [area for area, _ in names] * ahead,
                "urgency": [urgency for _, urgency in names] * ahead,
                "mean": mean.ravel(),
                **columns,
            })
        )  # fmt: skip
    return pl.concat(frames).sort("begin", "area", "urgency", maintain_order=True)


def score_table(answer: Forecast) -> pl.DataFrame:
    """One row per level, model and score: its mean over origins and the 95 % interval of that."""
    rows = [
        (level, model, name, *interval(values))
        for (model, level), scores in answer.choice.scores.items()
        for name, values in scores._asdict().items()
    ]
    return pl.DataFrame(rows, ["level", "model", "score", "value", "low", "high"], orient="row")


def difference_table(answer: Forecast) -> pl.DataFrame:
    """One row per level, model and simple model: difference in deviance with its paired interval, and skill."""
    rows = [
        (one.level, one.model, one.reference, one.value, one.low, one.high, one.skill, one.better)
        for one in answer.choice.differences
    ]
    names = ["level", "model", "reference", "difference", "low", "high", "skill", "better_share"]
    return pl.DataFrame(rows, names, orient="row")


def calibration_table(answer: Forecast) -> pl.DataFrame:
    """One row per level and twentieth of probability: the share of counts that fell there, 0.05 when calibrated."""
    edges = np.linspace(0.0, 1.0, PIT_BINS + 1)
    frames = [
        pl.DataFrame({
            "level": [level] * PIT_BINS,
            "from": edges[:-1],
            "to": edges[1:],
            "share": pit_histogram(answer.backtest, answer.model, level),
        })
        for level in answer.backtest.levels
    ]  # fmt: skip
    return pl.concat(frames)


def last_days_table(answer: Forecast) -> pl.DataFrame:
    """The last forecast of the backtest beside what came, all areas and urgencies together."""
    tested, model = answer.backtest, answer.model
    mean = at_level(tested.said[model][-1], TOTAL)[:, 0]
    alpha = tested.alpha[model, TOTAL][-1][tested.band]
    begins = [tested.moments[-1] + n * answer.counts.step for n in range(len(mean))]
    return pl.DataFrame({
        "begin": pl.Series(begins, dtype=pl.Datetime("ms", "UTC")).dt.convert_time_zone(answer.counts.zone),
        "came": at_level(tested.came[-1], TOTAL)[:, 0].astype(np.int64),
        "mean": mean,
        **{
            name: quantile(share, mean, alpha).astype(np.int64)
            for name, share in zip(QUANTILE_NAMES, QUANTILES, strict=True)
        },
    })  # fmt: skip


def names_of(level: str, areas: tuple[str, ...], urgencies: tuple[str, ...]) -> list[tuple[str, str]]:
    """Area and urgency of each column of a level."""
    if level == PARTS:
        return [(area, urgency) for area in areas for urgency in urgencies]
    if level == AREAS:
        return [(area, ALL) for area in areas]
    if level == URGENCIES:
        return [(ALL, urgency) for urgency in urgencies]
    return [(ALL, ALL)]
