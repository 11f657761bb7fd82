"""How good forecasts were: one number per origin, so that models can be compared origin by origin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.forecast.backtest import Backtest
from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.levels import at_level
from beredt.demand.forecast.spread import covered, probability_up_to, quantile

QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)
INTERVALS = (0.8, 0.95)
PIT_BINS = 20


class Scores(NamedTuple):
    """Scores of one model at one level, [O] each over the origins that are scored.

    deviance: Poisson deviance per count, 2 (y log(y / μ) − y + μ); 0 is perfect, and the expected count is its best
    answer.
    mae: Mean distance of the expected count from what came.
    pinball: Mean pinball loss of QUANTILES.
    cover80, cover95: Coverage of the central intervals, ties broken by lot, see `covered`.
    within80, within95: Share of counts from the lower to the upper quantile, both included: never less in the long
    run.
    """

    deviance: F8
    mae: F8
    pinball: F8
    cover80: F8
    cover95: F8
    within80: F8
    within95: F8


def score(backtest: Backtest, model: str, level: str) -> Scores:
    """Score the forecasts of a model at a level."""
    came = at_level(backtest.came, level)[backtest.scored]
    said = at_level(backtest.said[model], level)[backtest.scored]
    alpha = backtest.alpha[model, level][backtest.scored][:, backtest.band][:, :, None]
    at = [quantile(share, said, alpha) for share in QUANTILES]
    rows = (1, 2)
    loss = [np.maximum(share * (came - q), (share - 1.0) * (came - q)) for share, q in zip(QUANTILES, at, strict=True)]
    return Scores(
        deviance(came, said).mean(axis=rows),
        np.abs(came - said).mean(axis=rows),
        np.mean(loss, axis=0).mean(axis=rows),
        covered(0.8, came, said, alpha).mean(axis=rows),
        covered(0.95, came, said, alpha).mean(axis=rows),
        ((came >= at[1]) & (came <= at[3])).mean(axis=rows),
        ((came >= at[0]) & (came <= at[4])).mean(axis=rows),
    )


def deviance(came: F8, said: F8) -> F8:
    """Poisson deviance of every count."""
    some = np.maximum(came, 1.0)  # where nothing came, the first term is 0 whatever stands here
    return 2.0 * (np.where(came > 0.0, came * np.log(some / said), 0.0) - came + said)


def pit_histogram(backtest: Backtest, model: str, level: str) -> F8:
    """[PIT_BINS] share of probability in each bin of the probability integral transform: all alike when calibrated."""
    came = at_level(backtest.came, level)[backtest.scored]
    said = at_level(backtest.said[model], level)[backtest.scored]
    alpha = backtest.alpha[model, level][backtest.scored][:, backtest.band][:, :, None]
    above, below = probability_up_to(came, said, alpha), probability_up_to(came - 1.0, said, alpha)
    width = np.maximum(above - below, 1e-300)
    edges = np.linspace(0.0, 1.0, PIT_BINS + 1)
    reached = [np.clip((edge - below) / width, 0.0, 1.0).mean() for edge in edges]
    return np.diff(reached)
