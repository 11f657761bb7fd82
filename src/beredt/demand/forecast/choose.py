"""Which model to believe: the one that was best on the past, unless a simple one was as good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from beredt.demand.forecast.backtest import Backtest
from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.scores import Scores, score
from beredt.demand.special import stdtrit

SIMPLE = ("week_mean", "week_mean_of_a_year", "medic")
"""Models that a spreadsheet can work out."""

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Difference:
    """A model against another at one level, origin by origin, in Poisson deviance per count; below 0 it is better.

    `low` and `high` are the 95 % t-interval over origins; `skill` is 1 − deviance / deviance of the reference; `better`
    the share of origins where the model was the better one.
    """

    model: str
    reference: str
    level: str
    value: float
    low: float
    high: float
    skill: float
    better: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What the backtest says.

    Attributes:
        model: The model that the forecast is made with.
        best: The model with the least deviance at the finest level.
        simple: The best of the simple ones there.
        against_simple: `best` against `simple`; None where they are the same.
        scores: By model and level.
        differences: Of every model to the simple ones, at every level.
    """

    model: str
    best: str
    simple: str
    against_simple: Difference | None
    scores: Mapping[tuple[str, str], Scores]
    differences: tuple[Difference, ...]

    @property
    def simple_is_as_good(self) -> bool:
        """Whether no model is better than a simple one beyond chance."""
        return self.model == self.simple


def choose(backtest: Backtest) -> Choice:
    """Score all models, and choose by deviance at the finest level.

    A model that is not simple is chosen only where the interval of its difference to the best simple one is below 0.
    """
    scores = {(model, level): score(backtest, model, level) for model in backtest.said for level in backtest.levels}
    finest = backtest.levels[0]
    mean = {model: float(scores[model, finest].deviance.mean()) for model in backtest.said}
    best = min(mean, key=mean.__getitem__)
    simple = min((model for model in SIMPLE if model in mean), key=mean.__getitem__)
    against = None if best == simple else compare(scores, best, simple, finest)
    differences = tuple(
        compare(scores, model, reference, level)
        for level in backtest.levels
        for reference in SIMPLE
        for model in backtest.said
        if model != reference and reference in mean
    )
    chosen = best if against is not None and against.high < 0.0 else simple
    return Choice(chosen, best, simple, against, scores, differences)


def compare(scores: Mapping[tuple[str, str], Scores], model: str, reference: str, level: str) -> Difference:
    """Deviance of a model against that of another."""
    ours, theirs = scores[model, level].deviance, scores[reference, level].deviance
    value, low, high = interval(ours - theirs)
    skill = 1.0 - float(ours.mean() / theirs.mean())
    return Difference(model, reference, level, value, low, high, skill, float((ours < theirs).mean()))


def interval(values: F8) -> tuple[float, float, float]:
    """Mean of [O] values, and its t-interval; origins are taken as independent of one another."""
    mean, count = float(values.mean()), len(values)
    if count == 1:
        return mean, -np.inf, np.inf
    half = float(stdtrit(count - 1, 0.5 + CONFIDENCE / 2.0) * values.std(ddof=1) / np.sqrt(count))
    return mean, mean - half, mean + half
