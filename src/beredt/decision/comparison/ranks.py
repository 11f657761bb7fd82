"""Ranks under every weight: which alternative comes first, when nobody has said what the criteria are worth.

Stochastic multicriteria acceptability analysis (SMAA-2) [1, 2]. The benefit of alternative a is

    u(a) = Σ_c w_c · Σ_{m of c} v_m · sign_m · (x_am − x_0m) / swing_m

with weights w of the criteria, and v of the measures of each, drawn evenly from all that are possible (each set ≥ 0 and
adding up to 1), and figures x drawn from what is known of them. One swing of a measure, declared beforehand, counts as
much as one swing of another at equal weight. Told are

* the *acceptability* of each rank: the share of draws in which an alternative has it (equal alternatives share one);
* the *central weights*: the mean of the weights under which an alternative comes first: what one would have to think
  the criteria are worth for it to win;
* the *confidence*: with just those weights, the share of draws of the figures in which it comes first.

**The gate is no weight.** The measures of a gate criterion are never in the sum, and an alternative that fails it is in
no pool; no weight on anything else can bring it back. Whether the undecided may be chosen is not for a program to say,
so there are two pools: those that meet premise 1, and those with the undecided.

Departures from [1]: benefit is a difference measured in declared swings rather than from the worst figure to the best,
so that figures which hardly differ do not decide; simulated figures are drawn by resampling whole replications [3], the
same for all alternatives and measures, which keeps their dependence.

1. R. Lahdelma, J. Hokkanen and P. Salminen, *SMAA – Stochastic multiobjective acceptability analysis*, European Journal
   of Operational Research 106 (1998) 137–143, doi:10.1016/S0377-2217(97)00163-X.
2. R. Lahdelma and P. Salminen, *SMAA-2: Stochastic multicriteria acceptability analysis for group decision making*,
   Operations Research 49 (2001) 444–454, doi:10.1287/opre.49.3.444.11220.
3. B. Efron, *Bootstrap methods: another look at the jackknife*, Annals of Statistics 7 (1979) 1–26.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

TIE = 1e-12
"""Benefits closer than this are equal: rounding must not part alternatives that are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """What ranks are known of A alternatives over C criteria, from N draws.

    `acceptability`: (A, A), row a, column r: share of draws in which a has rank r, from 0. `central`: (A, C) weights,
    NaN where an alternative never comes first. `confidence`: (A,), NaN likewise.
    """

    acceptability: F8
    central: F8
    confidence: F8


def rank_alternatives(benefits: F8, criterion_of: Sequence[int], generator: np.random.Generator) -> Ranks:
    """Ranks of alternatives over all weights.

    Args:
        benefits: (N, A, M) draws of sign · difference / swing; all finite.
        criterion_of: (M,) the criterion of each measure, from 0, none left out.
        generator: of the weights.

    Raises:
        ValueError: no draws, alternatives or measures, or a benefit that is no number.
    """
    if not benefits.size or not np.isfinite(benefits).all():
        raise ValueError(f"benefits must be numbers, for some draws, alternatives and measures; got {benefits.shape}")
    criteria = np.asarray(criterion_of, np.int64)
    weights, by_measure = draw_weights(len(benefits), criteria, generator)
    ranks = ranks_of(np.einsum("nam,nm->na", benefits, by_measure))
    alternatives = benefits.shape[1]
    acceptability = np.stack([(ranks == rank).mean(axis=0) for rank in range(alternatives)], axis=1)
    central = np.full((alternatives, weights.shape[1]), np.nan)
    confidence = np.full(alternatives, np.nan)
    for one in range(alternatives):
        first = ranks[:, one] == 0
        if first.any():
            central[one] = weights[first].mean(axis=0)
            at = by_measure[first].mean(axis=0)
            confidence[one] = (ranks_of(benefits @ at)[:, one] == 0).mean()
    return Ranks(acceptability, central, confidence)


def draw_weights(draws: int, criterion_of: I8, generator: np.random.Generator) -> tuple[F8, F8]:
    """Weights of criteria (N, C) and of measures (N, M), even over all that are possible.

    A measure's weight is that of its criterion times its share of it.
    """
    criteria = int(criterion_of.max()) + 1
    weights = generator.dirichlet(np.ones(criteria), draws)
    by_measure = np.empty((draws, len(criterion_of)))
    for criterion in range(criteria):
        own = np.flatnonzero(criterion_of == criterion)
        by_measure[:, own] = weights[:, criterion, np.newaxis] * generator.dirichlet(np.ones(len(own)), draws)
    return weights, by_measure


def ranks_of(benefit: F8) -> I8:
    """Rank of each alternative in each draw, from 0: how many are better. (N, A) → int64 (N, A)."""
    better: I8 = (benefit[:, np.newaxis, :] > benefit[:, :, np.newaxis] + TIE).sum(axis=2)
    return better


def resampled_means(values: F8, draws: int, generator: np.random.Generator) -> F8:
    """Means over resampled replications, the same for every row: (…, R) → (draws, …).

    A mean of R values resampled from R has the spread of the mean, but for the factor √((R − 1)/R), which is put right
    here. With one replication every draw is its value.
    """
    replications = values.shape[-1]
    chosen = generator.integers(replications, size=(draws, replications))
    counts = np.apply_along_axis(np.bincount, 1, chosen, minlength=replications) / replications
    mean = values.mean(axis=-1)
    spread = np.sqrt(replications / (replications - 1)) if replications > 1 else 1.0
    drawn = np.moveaxis(np.tensordot(values, counts, axes=([-1], [1])), -1, 0)
    means: F8 = mean + (drawn - mean) * spread
    return means
