"""A Poisson regression whose coefficients are drawn to 0 in groups, each as strongly as its own data ask for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.demand.forecast.counts import F8

LEAST_VARIANCE = 1e-8
MOST_VARIANCE = 25.0
NEVER_DRAWN = -1
"""Group of a coefficient that is not drawn to 0."""

ROUNDS = 40
ENOUGH = 1e-3
"""Largest change of a log mean in the last round."""

STEADY = 0.05
"""Largest change of the logarithm of a variance in the last round."""


class Design(NamedTuple):
    """The columns of a regression on time: what depends on the place in the week, on the day, and on the step itself.

    Most columns are the same for all steps of a day, or for all steps at one place in the week. Sums of products over
    steps are then sums over days or places, which is what makes years of hours cheap.
    """

    slot: NDArray[np.int64]  # [n] place in the week of each step
    day: NDArray[np.int64]  # [n] row of `of_day` of each step
    of_slot: F8  # [S, a] the first column is the constant
    of_day: F8  # [D, b]
    of_step: csr_array  # [n, c], mostly zeros
    group: NDArray[np.int64]  # [a + b + c] group of each column, NEVER_DRAWN where it is free

    def part(self, rows: slice) -> Design:
        """Some of the steps."""
        return self._replace(slot=self.slot[rows], day=self.day[rows], of_step=self.of_step[rows])


class Fit(NamedTuple):
    """A fitted regression: log of the expected count = columns · `slope` + `effect[slot]`.

    `variance` is what was found for each group, `slot_variance` for the effects of the slots; `dispersion` is
    Pearson's, at least 1.
    """

    slope: F8  # [a + b + c]
    effect: F8  # [S]
    variance: F8
    slot_variance: float
    dispersion: float

    def log_mean(self, design: Design) -> F8:
        """[n] log of the expected counts."""
        of_slot, of_day, of_step = _cut(design, self.slope)
        by_slot = design.of_slot @ of_slot + self.effect
        log_mean: F8 = by_slot[design.slot] + (design.of_day @ of_day)[design.day] + design.of_step @ of_step
        return log_mean


def fit_poisson(y: F8, design: Design) -> Fit:
    """Fit counts by penalised likelihood, and the strength of each penalty by what the coefficients turn out to be.

    Coefficients of group g are taken as normal with mean 0 and variance v_g, and so are the effects of the slots.
    Newton's method finds them for given variances; each round then sets v_g = Σ b² / (n_g − tr V_gg / v_g), where V
    is the inverse of the penalised information: the fixed point is the maximum of the approximate marginal
    likelihood. Counts may scatter more than Poisson: the information is divided by Pearson's dispersion, so that
    penalties are then stronger.

    The slots are a factor with many levels: their part of the information is diagonal and is eliminated first.

    Args:
        y: [n] counts.
        design: Columns of the n steps.

    Reference:
        S. N. Wood, M. Fasiolo (2017), A generalized Fellner-Schall method for smoothing parameter optimization,
        Biometrics 73(4), 1071–1081.
    """
    rows, group = len(y), design.group
    effect, slope = np.zeros(len(design.of_slot)), np.zeros(len(group))
    slope[0] = np.log(max(y.mean(), 0.5 / rows))
    fit = Fit(slope, effect, np.full(int(group.max(initial=-1)) + 1, 0.1), 0.01, 1.0)
    mean = np.full(rows, y.mean() if y.any() else 0.5 / rows)
    for _ in range(ROUNDS):
        new, reach = _improve(fit, y, mean, design)
        mean = np.exp(new.log_mean(design))
        moved = np.log(np.append(new.variance, new.slot_variance) / np.append(fit.variance, fit.slot_variance))
        fit = new
        if reach < ENOUGH and np.abs(moved).max() < STEADY:
            break
    return fit


def _improve(fit: Fit, y: F8, mean: F8, design: Design) -> tuple[Fit, float]:
    """One step of Newton's and one of the variances; and the largest change of a log mean."""
    penalty = _penalty(design.group, fit.variance)
    outer, cross, inner = _information(mean / fit.dispersion, design)
    inner = inner + 1.0 / fit.slot_variance
    outer = outer + np.diag(penalty)
    shared = cross / inner[:, None]
    covariance = np.linalg.inv(outer - cross.T @ shared)
    pull, pull_slot = _pull((y - mean) / fit.dispersion, design)
    pull_slot -= fit.effect / fit.slot_variance
    move = covariance @ (pull - penalty * fit.slope - shared.T @ pull_slot)
    change = fit._replace(slope=move, effect=pull_slot / inner - shared @ move)
    # A step of Newton's from far away may be far too long; log means move by 1 at most.
    reach = float(np.abs(change.log_mean(design)).max())
    damp = min(1.0, 1.0 / max(reach, 1e-12))
    slope, effect = fit.slope + damp * change.slope, fit.effect + damp * change.effect
    spread = np.diag(covariance)
    spread_slot = 1.0 / inner + np.einsum("sq,qr,sr->s", shared, covariance, shared, optimize=True)
    freedom = float((1.0 - spread * penalty).sum() + (1.0 - spread_slot / fit.slot_variance).sum())
    dispersion = max(1.0, float(((y - mean) ** 2 / mean).sum()) / max(len(y) - freedom, 1.0))
    variance = np.array([
        _variance(slope[design.group == g], spread[design.group == g], before) for g, before in enumerate(fit.variance)
    ])  # fmt: skip
    return Fit(slope, effect, variance, _variance(effect, spread_slot, fit.slot_variance), dispersion), reach


def _information(weight: F8, design: Design) -> tuple[F8, F8, F8]:
    """Sums of weighted products over steps: columns by columns, slots by columns, and slots alone."""
    slots, days = len(design.of_slot), len(design.of_day)
    where = csr_array((weight, (design.slot, design.day)), shape=(slots, days))
    in_slot = np.bincount(design.slot, weight, slots).astype(np.float64)
    in_day = np.bincount(design.day, weight, days)
    slot_by_day: F8 = np.asarray(where @ design.of_day)
    step = design.of_step.multiply(weight[:, None]).tocsr()
    rows = np.arange(len(weight))
    one = np.ones(len(weight))
    slot_by_step = (csr_array((one, (design.slot, rows)), shape=(slots, len(rows))) @ step).toarray()
    day_by_step = (csr_array((one, (design.day, rows)), shape=(days, len(rows))) @ step).toarray()
    slot_by_slot = design.of_slot * in_slot[:, None]
    cross = np.hstack([slot_by_slot, slot_by_day, slot_by_step])
    a, b = design.of_slot.shape[1], design.of_day.shape[1]
    outer = np.empty((cross.shape[1], cross.shape[1]))
    outer[:a] = design.of_slot.T @ cross
    outer[a : a + b, a : a + b] = design.of_day.T @ (design.of_day * in_day[:, None])
    outer[a : a + b, a + b :] = design.of_day.T @ day_by_step
    outer[a + b :, a + b :] = (design.of_step.T @ step).toarray()
    lower = np.tril_indices(len(outer), -1)
    outer[lower] = outer.T[lower]
    return outer, cross, in_slot


def _pull(excess: F8, design: Design) -> tuple[F8, F8]:
    """Gradient of the likelihood by column, and by slot."""
    by_slot = np.bincount(design.slot, excess, len(design.of_slot)).astype(np.float64)
    by_day = np.bincount(design.day, excess, len(design.of_day))
    pull = np.concatenate([design.of_slot.T @ by_slot, design.of_day.T @ by_day, design.of_step.T @ excess])
    return pull, by_slot


def _cut(design: Design, slope: F8) -> tuple[F8, F8, F8]:
    a, b = design.of_slot.shape[1], design.of_day.shape[1]
    return slope[:a], slope[a : a + b], slope[a + b :]


def _penalty(group: NDArray[np.int64], variance: F8) -> F8:
    # A little for free ones, too: a column of zeros must not stop the fit.
    return np.where(group == NEVER_DRAWN, 1e-9, 1.0 / np.append(variance, 1.0)[group])


def _variance(value: F8, spread: F8, before: float) -> float:
    """The next variance of a group from its coefficients and their uncertainty."""
    told = max(len(value) - float(spread.sum()) / before, 1e-3)
    return float(np.clip((value @ value) / told, LEAST_VARIANCE, MOST_VARIANCE))
