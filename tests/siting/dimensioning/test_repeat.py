"""Searches made again with other years: the interval of a border's price by hand, and years that are really others."""

from __future__ import annotations

from math import isnan, sqrt
from pathlib import Path

import numpy as np
import pytest

from beredt.cli.checked_study import load_checked_study
from beredt.indicators.estimate import estimate
from beredt.siting.dimensioning.price import NOT_REPEATED, Price
from beredt.siting.dimensioning.repeat import with_other_years, with_repetitions
from tests.tiny_study import write_tiny_study


def test_the_interval_of_three_repetitions_by_hand() -> None:
    """0, 1 and 2 units: mean 1, s = 1, t(0.975, 2) = 4.3027."""
    one = estimate(np.array([0.0]))
    prices = {name: Price(1.0, one, one, one, NOT_REPEATED) for name in ("a", "b")}
    found = with_repetitions(prices, {"a": [0.0, 1.0, 2.0]})
    assert found["a"].repeated.value == pytest.approx(1.0)
    assert found["a"].repeated.high == pytest.approx(1.0 + 4.30265 / sqrt(3), abs=1e-4)
    assert found["a"].repeated.replications == 3
    assert isnan(found["b"].repeated.value)
    assert found["b"].repeated.replications == 0


def test_repetitions_meet_other_years_and_the_same_ones_again(tmp_path: Path) -> None:
    study = load_checked_study(str(write_tiny_study(tmp_path)))
    seeds = [with_other_years(study, number).settings.simulation.seed for number in (1, 2, 1)]
    assert seeds[0] == seeds[2]
    assert len({study.settings.simulation.seed, *seeds}) == 3
    assert with_other_years(study, 1).service is study.service
