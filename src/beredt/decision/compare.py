"""Paired differences: the same replication of two services, one subtracted from the other.

Both services meet the same incidents with the same luck, so the difference within a replication varies far less than
either figure [1]. The replications are independent, and each is a mean over thousands of incidents: Student's t
over the R differences gives the interval.

[1] A. M. Law, *Simulation Modeling and Analysis*, 5th ed. (2015), sections 10.2.1 (paired-t) and 11.2 (common random
    numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np
from scipy.special import stdtrit

from beredt.decision.group_measures import F8, MEASURES, GroupMeasures, Measure


@dataclass(frozen=True, slots=True)
class Difference:
    """Alternative minus baseline, one group and measure.

    `mean` in the unit of `DIFFERENCE_UNIT`, NaN without any pair; `error`: its standard error, 0 where all pairs
    differ by the same, NaN with fewer than two pairs; `pairs`: replications in which both services have a value.
    """

    group: str
    measure: Measure
    mean: float
    error: float
    pairs: int

    def interval(self, confidence: float) -> tuple[float, float]:
        """Two-sided interval: mean ∓ t(R − 1) · error; NaN with fewer than two pairs.

        `confidence`: above 0 and below 1.
        """
        if not isfinite(self.error):
            return nan, nan
        half = t_quantile(0.5 + confidence / 2.0, self.pairs - 1) * self.error
        return self.mean - half, self.mean + half


def paired_differences(
    alternative: GroupMeasures, baseline: GroupMeasures, groups: Sequence[str]
) -> tuple[Difference, ...]:
    """Difference of every measure of every group, group by group.

    Both must come from the same replications. Raises ValueError where their numbers differ or a group is missing.
    """
    if alternative.replications != baseline.replications:
        raise ValueError(
            f"pairs need equally many replications, got {alternative.replications} of the alternative and "
            f"{baseline.replications} of the baseline: cut both with first()"
        )
    return tuple(
        paired_difference(group, measure, alternative.values(measure, group), baseline.values(measure, group))
        for group in groups
        for measure in MEASURES
    )


def paired_difference(group: str, measure: Measure, alternative: F8, baseline: F8) -> Difference:
    """Mean and standard error of `alternative − baseline`, float64 (R,) each; pairs with a NaN are left out."""
    differences = alternative - baseline
    differences = differences[np.isfinite(differences)]
    mean, error = mean_and_error(differences)
    return Difference(group, measure, mean, error, len(differences))


def mean_and_error(values: F8) -> tuple[float, float]:
    """Mean of values (n,) and its standard error s/√n; NaN where they cannot be known (n < 1, n < 2)."""
    if len(values) == 0:
        return nan, nan
    if len(values) == 1:
        return float(values[0]), nan
    if (values == values[0]).all():
        # Rounding in the mean must not make an error out of none: equal services differ by exactly 0.
        return float(values[0]), 0.0
    return float(values.mean()), float(values.std(ddof=1)) / sqrt(len(values))


def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t with `freedom` (≥ 1) degrees of freedom."""
    return float(stdtrit(freedom, probability))
