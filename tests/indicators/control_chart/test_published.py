"""Charts worked through in a textbook: D. C. Montgomery, *Statistical Quality Control*, 7th ed. (2012)."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.indicators.control_chart.chart import ControlChart, make_phases
from beredt.indicators.control_chart.individuals import xmr_chart
from beredt.indicators.control_chart.proportion import p_chart
from beredt.indicators.control_chart.rate import u_chart
from beredt.indicators.control_chart.signals import find_signals

LEAKING_CANS = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
SHIPPING_ERRORS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
LOAN_COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]


def beyond(chart: ControlChart) -> list[int]:
    return np.flatnonzero(find_signals(chart, "shewhart")["beyond"]).tolist()


def test_cans_of_orange_juice_example_7_1() -> None:
    """Thirty samples of 50 cans: p̄ = 0.2313 with limits 0.0524 and 0.4102, samples 15 and 23 above."""
    chart = p_chart(np.array(LEAKING_CANS, float), np.full(30, 50.0), make_phases(30))
    assert chart.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert (chart.low[0], chart.high[0]) == pytest.approx((0.0524, 0.4102), abs=5e-5)
    assert beyond(chart) == [14, 22]


def test_cans_of_orange_juice_without_the_two_samples() -> None:
    """Without them p̄ = 0.2150, limits 0.0407 and 0.3893, and sample 21 is above as well."""
    phases = make_phases(30)
    phases.baseline[[14, 22]] = False
    chart = p_chart(np.array(LEAKING_CANS, float), np.full(30, 50.0), phases)
    assert (chart.centre[0], chart.low[0], chart.high[0]) == pytest.approx((0.2150, 0.0407, 0.3893), abs=7e-5)
    assert beyond(chart) == [14, 20, 22]


def test_supply_chain_errors_example_7_4() -> None:
    """Twenty weeks of 50 shipments with 74 errors: ū = 0.0740, upper limit 0.1894, lower limit cut off at 0."""
    chart = u_chart(np.array(SHIPPING_ERRORS, float), np.full(20, 50.0), make_phases(20))
    assert (chart.centre[0], chart.low[0], chart.high[0]) == pytest.approx((0.0740, 0.0, 0.1894), abs=5e-5)
    assert beyond(chart) == []
    assert chart.weak.all(), "3.7 errors expected a week"


def test_costs_of_a_loan_example_6_5() -> None:
    """Mean 300.5, mean moving range 7.79, limits 279.78 and 321.22, upper limit of ranges 25.45."""
    chart = xmr_chart(np.array(LOAN_COSTS, float), make_phases(20))
    assert chart.centre[0] == 300.5
    assert np.nanmean(chart.moving_range) == pytest.approx(7.79, abs=5e-3)
    assert (chart.low[0], chart.high[0]) == pytest.approx((279.78, 321.22), abs=0.015)
    assert chart.range_high[0] == pytest.approx(25.45, abs=0.015)
    assert beyond(chart) == []
