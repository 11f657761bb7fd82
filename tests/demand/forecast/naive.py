"""The same answers by plain loops and by an optimiser that knows nothing: slow and obvious."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.question import Question
from beredt.demand.forecast.ridge import NEVER_DRAWN, Design


def medic(question: Question) -> F8:
    """The MEDIC rule, step by step."""
    past = question.past
    week = 7 * past.steps_per_day
    usual = (past.counts.sum(axis=0, dtype=int) + 0.5) / (past.steps + 1)
    answer = np.empty((question.ahead, *past.counts.shape[1:]))
    for h in range(question.ahead):
        found = []
        for year in range(5):
            for weeks in range(1, 5):
                step = past.steps + h - weeks * week - year * 52 * week
                if 0 <= step < past.steps:
                    found.append(past.counts[step])
        if not found:
            same = [past.steps + h - n * week for n in range(1, 200)]
            found = [past.counts[step] for step in same if 0 <= step < past.steps][:4]
        total = sum((one.astype(float) for one in found), np.zeros(usual.shape))
        answer[h] = (total + usual) / (len(found) + 1)
    return answer


def penalised_fit(y: F8, design: Design, variance: F8, slot_variance: float, dispersion: float) -> F8:
    """[n] log means at the maximum of the penalised likelihood, every coefficient written out."""
    whole = np.hstack([
        design.of_slot[design.slot],
        design.of_day[design.day],
        design.of_step.toarray(),
        np.eye(len(design.of_slot))[design.slot],
    ])  # fmt: skip
    drawn = [1e-9 if g == NEVER_DRAWN else 1.0 / variance[g] for g in design.group]
    penalty = np.array([*drawn, *[1.0 / slot_variance] * len(design.of_slot)])

    def loss(b: F8) -> tuple[float, F8]:
        log_mean = whole @ b
        mean = np.exp(log_mean)
        value = (mean - y * log_mean).sum() / dispersion + 0.5 * (penalty * b * b).sum()
        return float(value), whole.T @ (mean - y) / dispersion + penalty * b

    start = np.zeros(whole.shape[1])
    start[0] = np.log(y.mean())
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 20_000, "gtol": 1e-9, "ftol": 1e-15})
    log_mean: F8 = whole @ found.x
    return log_mean


def negative_binomial(count: int, mean: float, alpha: float) -> float:
    """P(Y ≤ count) by adding up probabilities, each from the one before."""
    size = 1.0 / alpha
    share = mean / (size + mean)
    probability = (1.0 - share) ** size
    total = 0.0
    for n in range(count + 1):
        total += probability
        probability *= (size + n) / (n + 1) * share
    return total
