"""How much more than estimated projects cost: a reference class, as two points of a lognormal.

    cost = estimate · P50 · (P85 / P50)^(z / 1.0364),   z standard normal

so that half of all projects of the class stay below P50 times their estimate and 85 % below P85 times. The outside view
of a class of finished projects instead of the plan's own is D. Kahneman and A. Tversky's; for public works see B.
Flyvbjerg, *From Nobel Prize to project management: getting risks right*, Project Management Journal 37 (2006) 5–15.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from beredt.decision.ranges import DRAWS, F8, Range, draw

P50, P85 = "overrun_p50", "overrun_p85"
Z_85 = 1.0364333894937898
"""The 85 % quantile of the standard normal."""


def overrun_draws(figures: Mapping[str, Range], seed: int) -> F8 | None:
    """[DRAWS] factors on an estimate; None where the class is not given.

    One draw holds for every item and alternative: what makes one part dearer mostly makes the others dearer too.

    Args:
        figures: of the table `cost_figures`.
        seed: of the study.
    """
    if P50 not in figures or P85 not in figures:
        return None
    half, most = draw(figures[P50], seed, P50), draw(figures[P85], seed, P85)
    z = np.random.default_rng([seed, crc32(b"overrun")]).standard_normal(DRAWS)
    return overrun_at(z, half, np.maximum(most, half))


def overrun_at(z: F8, p50: F8, p85: F8) -> F8:
    """The formula: [n] standard normal numbers and points of the class, each above 0, to [n] factors."""
    return np.asarray(p50 * (p85 / p50) ** (z / Z_85))
