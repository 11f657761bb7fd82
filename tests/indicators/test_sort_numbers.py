"""Numbers come out in order, however many, and however they lie."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.indicators.sort_numbers import FEW, sort_numbers


@pytest.mark.parametrize(("least", "most"), [(0, 1), (-(2**61), 2**61), (-40, 5_000), (10**15, 10**15 + 2**20)])
@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, 2 * FEW + 1])
def test_numbers_are_in_order(least: int, most: int, count: int) -> None:
    numbers = np.random.default_rng(count).integers(least, most, count)
    given = numbers.copy()
    assert sort_numbers(numbers).tolist() == sorted(given.tolist())
    assert numbers.tolist() == given.tolist()
