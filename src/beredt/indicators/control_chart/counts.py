"""What the charts of counts share: limits from the counts, widened on request by what the counts do not explain."""

from __future__ import annotations

import numpy as np

from beredt.errors import OutOfRangeError
from beredt.indicators.control_chart.chart import MEAN_RANGE_OF_TWO, Phases, by_phase
from beredt.indicators.observed import F8, B


def check_counts(counts: F8, sizes: F8, phases: Phases) -> None:
    """Refuse what no counts can be.

    Args:
        counts: [T] cases.
        sizes: [T] what they were counted among.
        phases: Of T points.

    Raises:
        OutOfRangeError: Different lengths, or a count or size below 0.
    """
    if not counts.shape == sizes.shape == phases.number.shape:
        raise OutOfRangeError(
            "the number of points", (counts.size, sizes.size, phases.number.size), "give as many counts as sizes"
        )
    for name, values in (("a count", counts), ("a size", sizes)):
        if (values < 0).any():
            raise OutOfRangeError(name, float(values.min()), "counts and sizes are 0 or more")


def centre_of(counts: F8, sizes: F8, phases: Phases) -> F8:
    """Cases over sizes of the baseline of each phase, for each of its points; nan where the baseline is empty."""
    centre = np.full(counts.shape, np.nan)
    for points in by_phase(phases):
        known = points & phases.baseline & (sizes > 0)
        if known.any():
            centre[points] = counts[known].sum() / sizes[known].sum()
    return centre


def widening(scores: F8, phases: Phases) -> F8:
    """How much more neighbours differ than counts alone make them, for every point: Laney's σ_z.

    The mean difference of neighbouring scores over 1.128. Neighbours that lie in the baseline of one phase count; with
    none the counts are believed as they are, and it is 1.

    Args:
        scores: [T] distance from the centre in standard deviations of the counts; nan where there is none.
        phases: Of T points.
    """
    wider = np.ones(scores.shape)
    for points in by_phase(phases):
        neighbours = differences(scores, points & phases.baseline)
        if neighbours.size:
            wider[points] = np.abs(neighbours).mean() / MEAN_RANGE_OF_TWO
    return wider


def differences(values: F8, among: B) -> F8:
    """Differences of neighbouring points that both have a finite value and are both in `among`."""
    step = np.diff(values)
    return step[among[1:] & among[:-1] & np.isfinite(step)]
