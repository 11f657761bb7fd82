"""Corrections for looking at several differences at once.

Bonferroni's tests every hypothesis at α/m. Holm's step-down [1] tests the smallest p-value at α/m, the next at α/(m−1)
and so on, and stops at the first that is not rejected. Both hold the chance of even one false rejection at α, whatever
the dependence between the rows; Holm's rejects everything that Bonferroni's does.

[1] S. Holm, A simple sequentially rejective multiple test procedure, *Scand. J. Statist.* 6 (1979) 65–70.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Correction = Literal["holm", "bonferroni", "none"]


def adjusted_p(p: Sequence[float], correction: Correction) -> tuple[float, ...]:
    """Adjusted p-values, in the given order: a row is rejected at family level α when its own is at most α.

    Holm: the k-th smallest becomes the largest of min(1, (m − j + 1)·p₍ⱼ₎) over j ≤ k. Bonferroni: min(1, m·p).
    """
    if correction == "none":
        return tuple(p)
    if correction == "bonferroni":
        return tuple(min(1.0, len(p) * one) for one in p)
    adjusted = [0.0] * len(p)
    largest = 0.0
    for step, row in enumerate(sorted(range(len(p)), key=lambda row: p[row])):
        largest = max(largest, min(1.0, (len(p) - step) * p[row]))
        adjusted[row] = largest
    return tuple(adjusted)


def interval_confidence(confidence: float, rows: int, correction: Correction) -> float:
    """Confidence of each row's interval, so that all `rows` intervals hold together with `confidence`.

    1 − (1 − confidence)/rows, with Holm's too: its own intervals would end at the margin for every row it rejects [1]
    and so would no longer show the size of a difference. Without correction, `confidence` itself.

    [1] O. Guilbaud, Simultaneous confidence regions corresponding to Holm's step-down procedure and other
        closed-testing procedures, *Biom. J.* 50 (2008) 678–692.
    """
    if correction == "none":
        return confidence
    return 1.0 - (1.0 - confidence) / max(rows, 1)
