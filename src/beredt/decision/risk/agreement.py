"""Krippendorff's alpha: how far assessors agree over all events, beyond what chance alone would give.

    α = 1 − D_o / D_e

D_o is the disagreement observed within events, D_e the one expected if the same scores were dealt out at random. It
takes any number of assessors, and events that some of them left out. Scores are ranks, so the distance between two of
them counts how many scores lie between (the ordinal metric):

    δ(c, k) = (Σ_{g=c..k} n_g − (n_c + n_k) / 2)²

[1] K. Krippendorff, Computing Krippendorff's alpha-reliability, University of Pennsylvania (2011).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]


def ordinal_alpha(units: Sequence[Sequence[int]], steps: Sequence[int]) -> float | None:
    """Alpha for ordinal scores.

    Args:
        units: of every event the scores that it got, in any order; events with fewer than two count for nothing.
        steps: all scores that there are, ascending.

    Returns:
        At most 1; None where nothing can be compared, or where all scores are the same one.
    """
    together = _coincidences([unit for unit in units if len(unit) > 1], steps)
    of_step = together.sum(axis=1)
    total = float(of_step.sum())
    if total <= 1.0:
        return None
    distance = _ordinal_distance(of_step)
    expected = float((np.outer(of_step, of_step) * distance).sum()) / (total - 1.0)
    if expected == 0.0:
        return None
    return 1.0 - float((together * distance).sum()) / expected


def _coincidences(units: Sequence[Sequence[int]], steps: Sequence[int]) -> F8:
    """How often two steps were given to the same event, every event weighing as many as it has scores, [s, s]."""
    found = np.zeros((len(steps), len(steps)))
    for unit in units:
        counts = np.array([list(unit).count(step) for step in steps], np.float64)
        found += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return found


def _ordinal_distance(of_step: F8) -> F8:
    """Squared number of scores between two steps, each of the two counted half, [s, s]."""
    below = np.cumsum(of_step) - of_step / 2.0
    return np.asarray(np.square(below[:, None] - below[None, :]))
