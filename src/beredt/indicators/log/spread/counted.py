"""What is told of the durations of cells, without the durations: those may be too many to be kept in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.log.spread.durations import Durations
from beredt.indicators.log.spread.means import Mean, mean_in
from beredt.indicators.log.spread.quantiles import Quantile, number_in, quantile_in, within_in

I8 = NDArray[np.int64]

QUANTILES = (0.5, 0.9)
LIMITS_S = (12 * 60, 25 * 60)


class Counted(NamedTuple):
    """Durations of C cells as they are told."""

    number: I8  # [C]
    mean: Mean
    quantiles: Mapping[float, Quantile]  # of QUANTILES
    within: Mapping[int, I8]  # [C] how many are at most that long; of LIMITS_S


def count(durations: Durations) -> Counted:
    """All that is told of some cells."""
    return Counted(
        number_in(durations),
        mean_in(durations),
        {quantile: quantile_in(durations, quantile) for quantile in QUANTILES},
        {limit_s: within_in(durations, limit_s) for limit_s in LIMITS_S},
    )


def joined(parts: Sequence[Counted]) -> Counted:
    """The cells of several parts, one part after the other."""
    return Counted(
        np.concatenate([part.number for part in parts]),
        Mean(*map(np.concatenate, zip(*(part.mean for part in parts), strict=True))),
        {
            one: Quantile(*map(np.concatenate, zip(*(part.quantiles[one] for part in parts), strict=True)))
            for one in QUANTILES
        },
        {one: np.concatenate([part.within[one] for part in parts]) for one in LIMITS_S},
    )
