"""How far two judgements of the same incidents agree, the telephone's and the crew's.

The table counts incidents by the urgency of the telephone (rows) and the urgency that the crew's triage answers to
(columns), both 0 acute, 1 urgent, 2 ordinary. Two kinds of over- and under-triage are in use, and are told apart:

- of all incidents: **over-triage** when the telephone was more urgent than the scene, **under-triage** when less;
- of the acute ones: the share of acute calls that were not acute at the scene (1 − positive predictive value), and the
  share of those acute at the scene that the telephone did not call acute (1 − sensitivity).

Kappa is agreement beyond what the margins alone give: κ = 1 − Σ vᵢⱼ pᵢⱼ / Σ vᵢⱼ pᵢ. p.ⱼ, with the disagreement vᵢⱼ 1
off the diagonal, |i − j| (linear) or (i − j)² (quadratic).

1. J. Cohen, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20 (1960) 37–46.
2. J. L. Fleiss, J. Cohen and B. S. Everitt, *Large sample standard errors of kappa and weighted kappa*, Psychological
   Bulletin 72 (1969) 323–327.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from scipy.special import ndtri

from beredt.errors import OutOfRangeError
from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.observed import F8, I8
from beredt.indicators.wilson import wilson_share

Weighting = Literal["none", "linear", "quadratic"]


class AgreementValue(NamedTuple):
    """One measure of agreement.

    `cases` of `size` incidents make it; of kappa, `cases` are those on the diagonal. `value`, `low` and `high` are nan
    where nothing can be said.
    """

    measure: str
    cases: int
    size: int
    value: float
    low: float
    high: float


def agreement_values(table: I8, confidence: float = CONFIDENCE) -> tuple[AgreementValue, ...]:
    """Every measure of agreement of one table, with intervals.

    Args:
        table: [3, 3] incidents by telephone urgency and urgency at the scene, 0 or more.
        confidence: Of the intervals, two-sided, between 0 and 1.

    Returns:
        concordance, over_triage, under_triage (of all); acute_not_acute (of acute calls), acute_missed (of those acute
        at the scene); kappa, kappa_linear, kappa_quadratic.

    Raises:
        OutOfRangeError: A count is below 0.
    """
    size, diagonal = int(table.sum()), int(np.trace(table))
    shares = (
        ("concordance", diagonal, size),
        ("over_triage", int(np.triu(table, 1).sum()), size),
        ("under_triage", int(np.tril(table, -1).sum()), size),
        ("acute_not_acute", int(table[0, 1:].sum()), int(table[0].sum())),
        ("acute_missed", int(table[1:, 0].sum()), int(table[:, 0].sum())),
    )
    weightings: tuple[tuple[str, Weighting], ...] = (
        ("kappa", "none"),
        ("kappa_linear", "linear"),
        ("kappa_quadratic", "quadratic"),
    )
    return (
        *(_share(name, cases, number, confidence) for name, cases, number in shares),
        *(AgreementValue(name, diagonal, size, *kappa(table, how, confidence)) for name, how in weightings),
    )


def kappa(table: I8, weighting: Weighting = "none", confidence: float = CONFIDENCE) -> tuple[float, float, float]:
    """Kappa with its large-sample interval.

    With weights wᵢⱼ = 1 − vᵢⱼ / max v and wᵢ. = Σⱼ p.ⱼ wᵢⱼ, w.ⱼ = Σᵢ pᵢ. wᵢⱼ, agreement a = Σ wᵢⱼ pᵢⱼ, by chance
    e = Σ wᵢⱼ pᵢ. p.ⱼ, the variance is

        (Σ pᵢⱼ (wᵢⱼ (1 − e) − (wᵢ. + w.ⱼ)(1 − a))² − (a e − 2 e + a)²) / (n (1 − e)⁴)

    (reference 2, equation 13). The interval is cut off at ±1; below some 50 incidents it is only a hint.

    Args:
        table: [k, k] incidents by two judgements, the classes in order.
        weighting: How much worse it is to be two classes off.
        confidence: Of the interval.

    Returns:
        Value, low, high: all nan without incidents, or when both judgements always name one and the same class.

    Raises:
        OutOfRangeError: A count is below 0.
    """
    if (table < 0).any():
        raise OutOfRangeError("a count of incidents", int(table.min()), "counts are 0 or more")
    size = int(table.sum())
    if size == 0:
        return (np.nan,) * 3
    share = table / size
    weight = _weights(len(table), weighting)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    agreed = float((weight * share).sum())
    by_chance = float(rows @ weight @ columns)
    if by_chance >= 1 - 1e-12:
        return (np.nan,) * 3
    value = (agreed - by_chance) / (1 - by_chance)
    means = (weight @ columns)[:, None] + (rows @ weight)[None, :]
    spread = (share * (weight * (1 - by_chance) - means * (1 - agreed)) ** 2).sum()
    variance = (spread - (agreed * by_chance - 2 * by_chance + agreed) ** 2) / (size * (1 - by_chance) ** 4)
    half = float(ndtri((1 + confidence) / 2)) * float(np.sqrt(max(variance, 0.0)))
    return value, max(value - half, -1.0), min(value + half, 1.0)


def to_urgencies(matrix: I8, level_urgency: tuple[int, ...]) -> I8:
    """Put together the levels of a scale that answer to the same urgency.

    Args:
        matrix: [3, L] incidents by telephone urgency and level.
        level_urgency: Urgency code of each of the L levels.

    Returns:
        [3, 3] incidents by telephone urgency and urgency at the scene.
    """
    table = np.zeros((3, 3), np.int64)
    for level, urgency in enumerate(level_urgency):
        table[:, urgency] += matrix[:, level]
    return table


def _weights(classes: int, weighting: Weighting) -> F8:
    apart = np.abs(np.subtract.outer(np.arange(classes), np.arange(classes))).astype(np.float64)
    disagreement = {"none": (apart > 0).astype(np.float64), "linear": apart, "quadratic": apart**2}[weighting]
    return np.asarray(1 - disagreement / disagreement.max(), np.float64)


def _share(name: str, cases: int, size: int, confidence: float) -> AgreementValue:
    value, low, high = (float(one) for one in wilson_share(np.array(cases), np.array(size), confidence))
    return AgreementValue(name, cases, size, value, low, high)
