"""Quantiles of the binomial distribution, held against the library that has all distributions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from beredt.indicators.catalogue.spread import _binomial_quantile


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("share", [0.005, 0.025, 0.975, 0.995])
def test_binomial_quantiles(share: float, chance: float) -> None:
    trials = np.array([*range(1, 400), 10_000, 99_999, 1_000_000])
    assert (
        _binomial_quantile(share, trials, chance).tolist()
        == np.asarray(stats.binom.ppf(share, trials, chance)).tolist()
    )
