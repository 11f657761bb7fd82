"""How far rates may be off, as a study has it in `rate_spread` and `area_factors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.demand.rates import area_factors
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code

F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RateKnowledge:
    """Relative spreads by area and urgency: of the region's rate, which its areas share, and of each area's factor."""

    region: NDArray[np.int64]  # [areas]
    of_rate: F8  # [areas, 3]
    of_area: F8  # [areas, 3]

    def relative_variance(self, incidents: F8, chosen: NDArray[np.bool_], codes: Sequence[int]) -> float:
        """Relative variance of a sum over areas and urgencies: regions, areas and urgencies are apart from one another.

        Args:
            incidents: [areas, 3].
            chosen: [areas] which are summed.
            codes: the urgencies.
        """
        whole = variance = 0.0
        for code in codes:
            own = incidents[:, code] * chosen
            whole += own.sum()
            by_region = np.bincount(self.region, own * self.of_rate[:, code])
            variance += (by_region**2).sum() + ((own * self.of_area[:, code]) ** 2).sum()
        return float(variance / whole**2) if whole > 0.0 else 0.0

    @property
    def is_open(self) -> bool:
        """Whether the study leaves anything open."""
        return bool(self.of_rate.any() or self.of_area.any())


def rate_knowledge(study: Study) -> RateKnowledge:
    """What the study says; all 0 where it says nothing."""
    service = study.service
    regions = sorted({area.rate_region for area in service.areas})
    region = np.array([regions.index(area.rate_region) for area in service.areas], np.int64)
    spread = np.zeros((len(regions), len(URGENCIES)))
    if "rate_spread" in study.demand:
        for name, urgency, value in study.demand["rate_spread"].select("rate_region", "urgency", "relative_sd").rows():
            if name in regions:
                spread[regions.index(name), urgency_code(urgency)] = value
    return RateKnowledge(region, spread[region], area_factors(service)[1])
