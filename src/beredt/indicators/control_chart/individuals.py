"""The XmR chart: single values of any kind, such as a median response time, and how much neighbours differ."""

from __future__ import annotations

import numpy as np

from beredt.errors import OutOfRangeError
from beredt.indicators.control_chart.chart import MEAN_RANGE_OF_TWO, SIGMAS, ControlChart, Phases, by_phase
from beredt.indicators.control_chart.counts import differences
from beredt.indicators.observed import F8

_SPREAD_OF_RANGE = np.sqrt(2 - 4 / np.pi)
"""Standard deviation of the difference of two normal values, in theirs: d₃ of two, 0.853."""


def xmr_chart(values: F8, phases: Phases) -> ControlChart:
    """Values about their mean, with natural limits from how much neighbours differ.

    With x̄ the mean and m̄R the mean moving range over the baseline, the limits are

        x̄ ± 2.66 · m̄R    and, for the moving ranges themselves, 3.27 · m̄R

    with 2.66 = 3/d₂ and 3.27 = 1 + 3 d₃/d₂ for two values, d₂ = 2/√π and d₃ = √(2 − 4/π) taken exactly (Wheeler;
    Montgomery, section 6.4). It asks for no distribution, and so also takes shares and rates of few cases. A moving
    range is between two points next to each other: none reaches over a missing value or the beginning of a phase.

    Args:
        values: [T] any unit; nan where there is none.
        phases: Of T points.

    Raises:
        OutOfRangeError: Not as many values as points of the phases.
    """
    if values.shape != phases.number.shape:
        raise OutOfRangeError(
            "the number of points", (values.size, phases.number.size), "give as many values as phases"
        )
    centre, sigma = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    moving_range = np.full(values.shape, np.nan)
    for points in by_phase(phases):
        known = points & phases.baseline & np.isfinite(values)
        if known.any():
            centre[points] = values[known].mean()
        steps = np.abs(differences(values, known))
        if steps.size:
            sigma[points] = steps.mean() / MEAN_RANGE_OF_TWO
        inside = np.flatnonzero(points)[1:]
        moving_range[inside] = np.abs(values[inside] - values[inside - 1])
    return ControlChart(
        kind="xmr",
        value=values,
        centre=centre,
        sigma=sigma,
        low=centre - SIGMAS * sigma,
        high=centre + SIGMAS * sigma,
        weak=np.zeros(values.shape, np.bool_),
        phase=phases.number,
        moving_range=moving_range,
        range_high=(MEAN_RANGE_OF_TWO + SIGMAS * _SPREAD_OF_RANGE) * sigma,
    )
