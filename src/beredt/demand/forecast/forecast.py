"""The next hours: models judged on the past, the best one asked, its answer with quantiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from beredt.demand.forecast.backtest import Backtest, Tell, alphas_of, run_backtest
from beredt.demand.forecast.calendar import calendar_of
from beredt.demand.forecast.choose import Choice, choose
from beredt.demand.forecast.counts import F8, Counts
from beredt.demand.forecast.models.boosting import LEAST_INCIDENTS, boosting
from beredt.demand.forecast.models.glm import glm
from beredt.demand.forecast.models.medic import medic
from beredt.demand.forecast.models.split import split_kernel, split_shares
from beredt.demand.forecast.models.week_mean import week_mean, week_mean_of_a_year
from beredt.demand.forecast.question import Model, Question

ORIGINS = 26


@dataclass(frozen=True, slots=True)
class Forecast:
    """An answer.

    Attributes:
        moment: When the forecast begins: the end of the counts.
        counts: The past.
        model: The model that was asked.
        mean: float64[H, A, U] expected counts; sums are sums of these.
        alpha: [bands] over-dispersion at each level, see `levels.bands`.
        backtest: What the models would have said in the past.
        choice: What follows from it.
    """

    moment: datetime
    counts: Counts
    model: str
    mean: F8
    alpha: Mapping[str, F8]
    backtest: Backtest
    choice: Choice


def models_for(counts: Counts) -> dict[str, Model]:
    """Models that are tried: over one area nothing is split, and trees are asked of long logs only."""
    models: dict[str, Model] = {
        "week_mean": week_mean, "week_mean_of_a_year": week_mean_of_a_year, "medic": medic, "glm": glm
    }  # fmt: skip
    if len(counts.areas) > 1:
        models["split_shares"] = split_shares
        if counts.lat is not None:
            models["split_kernel"] = split_kernel
    if counts.counts.sum(dtype=np.int64) >= LEAST_INCIDENTS:
        models["boosting"] = boosting
    return models


def forecast(
    counts: Counts,
    special: Mapping[date, str],
    ahead: int,
    models: Mapping[str, Model],
    origins: int = ORIGINS,
    model: str | None = None,
    weather: F8 | None = None,
    tell: Tell = lambda *_: None,
) -> Forecast:
    """Forecast the steps after the counts.

    Args:
        counts: The past [T, A, U].
        special: Kinds of days that are not like their weekday, of past and future.
        ahead: Steps that are asked for, H.
        models: Models to try; the simple ones among them.
        origins: Moments of the past at which they are tried.
        model: The model to ask [default: the one that the backtest chooses].
        weather: float64[T + H, k].
        tell: Told of the progress.

    Raises:
        OptionError: The past is too short for a backtest.
    """
    calendar = calendar_of(counts, ahead, special)
    backtest = run_backtest(counts, calendar, ahead, models, origins, weather, tell)
    choice = choose(backtest)
    asked = model or choice.model
    mean = models[asked](Question(counts, calendar, ahead, weather))
    alpha = {level: alphas_of(backtest, asked, level) for level in backtest.levels}
    return Forecast(counts.end, counts, asked, mean, alpha, backtest, choice)
