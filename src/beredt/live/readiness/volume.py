"""How many incidents the coming hours bring: by the study's rates, or forecast from what was counted.

How much there is comes from the forecast, where it is from the study: each area keeps its share of an hour of the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from beredt.dispatch.world import F8
    from beredt.live.ground.ground import Ground

HOUR_MS = 3_600_000
STUDY = "study"


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """Expected incidents of the coming hours.

    `by` is the model that was asked, or `study`, then for `reason`; `filled` hours of the past were not counted and
    have the counts of another week. `mean` [H, 3] begins at `from_ms`, hour by hour, urgencies A, H, V.
    """

    by: str
    reason: str
    filled: int
    from_ms: int
    mean: F8

    def find(self, at_ms: int) -> F8 | None:
        """Incidents of each urgency in the hour of a moment, float64[3]; None where nothing is forecast."""
        hour = (at_ms - self.from_ms) // HOUR_MS
        if not 0 <= hour < len(self.mean):
            return None
        found: F8 = self.mean[hour]
        return found


def by_study(reason: str) -> Volume:
    """What the study's rates say, and why nothing was forecast."""
    return Volume(STUDY, reason, 0, 0, np.zeros((0, 3)))


def calls_at(ground: Ground, volume: Volume, at_ms: int) -> F8:
    """Incidents expected in the hour of a moment, float64[A, 3]: c[a, k]·v[k]/Σ_a c[a, k], c by the study's rates.

    Args:
        ground: the study.
        volume: v.
        at_ms: the moment.
    """
    calls: F8 = ground.calls[:, :, ground.hour_of_week(at_ms)]
    told = volume.find(at_ms)
    if told is None:
        return calls
    whole = calls.sum(axis=0)
    scaled: F8 = calls * np.divide(told, whole, out=np.ones(3), where=whole > 0.0)
    return scaled
