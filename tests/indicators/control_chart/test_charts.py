"""Charts by hand, against slow twins, and what must hold of any counts."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OutOfRangeError
from beredt.indicators.control_chart.chart import make_phases
from beredt.indicators.control_chart.individuals import xmr_chart
from beredt.indicators.control_chart.proportion import p_chart
from beredt.indicators.control_chart.rate import u_chart
from beredt.indicators.control_chart.signals import any_signal, find_signals

COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=20)
VALUES = st.lists(st.one_of(st.just(math.nan), st.integers(-1000, 1000).map(float)), min_size=1, max_size=20)


def test_a_share_by_hand() -> None:
    """1 of 10 and 3 of 10: p̄ = 0.2, σ = √(0.16/10) = 0.1265."""
    chart = p_chart(np.array([1.0, 3.0]), np.array([10.0, 10.0]), make_phases(2))
    assert chart.value.tolist() == [0.1, 0.3]
    assert chart.sigma == pytest.approx([0.126491] * 2, abs=1e-6)
    assert chart.low.tolist() == [0.0, 0.0], "a share is never below 0"
    assert chart.high == pytest.approx([0.579473] * 2, abs=1e-6)


def test_individuals_by_hand() -> None:
    """Values 1, 3, 2: ranges 2 and 1, mean 1.5, limits 2 ± 2.6587 · 1.5."""
    chart = xmr_chart(np.array([1.0, 3.0, 2.0]), make_phases(3))
    assert chart.moving_range[1:].tolist() == [2.0, 1.0]
    assert chart.high == pytest.approx([2 + 2.6587 * 1.5] * 3, abs=2e-4)
    assert chart.range_high == pytest.approx([3.2665 * 1.5] * 3, abs=2e-4)


def test_ranges_do_not_reach_over_gaps() -> None:
    chart = xmr_chart(np.array([1.0, math.nan, 9.0, 10.0]), make_phases(4))
    assert np.nanmax(chart.moving_range) == 1.0
    assert np.isnan(chart.moving_range[:3]).all()


def test_a_phase_has_its_own_centre_and_a_baseline_its_own_limits() -> None:
    cases, sizes = np.array([10, 10, 10, 30, 30, 60.0]), np.full(6, 100.0)
    chart = p_chart(cases, sizes, make_phases(6, steps=(3,), baseline=2))
    assert chart.centre.tolist() == [0.1] * 3 + [0.3] * 3
    assert np.flatnonzero(any_signal(find_signals(chart, "shewhart"))).tolist() == [5]


def test_a_phase_without_incidents_in_its_baseline_has_no_centre() -> None:
    chart = p_chart(np.array([0.0, 3.0]), np.array([0.0, 10.0]), make_phases(2, baseline=1))
    assert np.isnan(chart.centre).all()
    assert not any_signal(find_signals(chart)).any()


def test_where_chance_leaves_no_spread_any_difference_is_a_signal() -> None:
    chart = p_chart(np.array([0.0, 0.0, 1.0]), np.full(3, 10.0), make_phases(3, baseline=2))
    assert any_signal(find_signals(chart, "shewhart")).tolist() == [False, False, True]


def test_widened_limits_take_in_what_months_differ_beyond_chance() -> None:
    """Months of 20,000 incidents whose true share wanders: the plain chart cries wolf, the widened one does not."""
    random = np.random.default_rng(2)
    sizes = np.full(60, 20_000.0)
    cases = random.binomial(20_000, random.normal(0.75, 0.02, 60)).astype(float)
    plain = find_signals(p_chart(cases, sizes, make_phases(60)), "shewhart")["beyond"]
    wide = find_signals(p_chart(cases, sizes, make_phases(60), widened=True), "shewhart")["beyond"]
    assert plain.sum() > 20
    assert wide.sum() <= 1


def test_widening_leaves_true_binomial_counts_nearly_alone() -> None:
    random = np.random.default_rng(3)
    cases, sizes = random.binomial(500, 0.3, 400).astype(float), np.full(400, 500.0)
    plain, wide = (p_chart(cases, sizes, make_phases(400), widened=on) for on in (False, True))
    assert wide.sigma[0] == pytest.approx(plain.sigma[0], rel=0.1)


@pytest.mark.parametrize("chart", [p_chart, u_chart])
def test_what_cannot_be_counts_is_refused(chart: type) -> None:
    with pytest.raises(OutOfRangeError, match="are 0 or more"):
        chart(np.array([-1.0]), np.array([1.0]), make_phases(1))
    with pytest.raises(OutOfRangeError, match="as many counts"):
        chart(np.array([1.0, 1.0]), np.array([1.0]), make_phases(1))


def test_more_cases_than_incidents_and_odd_phases_are_refused() -> None:
    with pytest.raises(OutOfRangeError, match="above its number"):
        p_chart(np.array([2.0]), np.array([1.0]), make_phases(1))
    with pytest.raises(OutOfRangeError, match="from 0 to 2"):
        make_phases(3, steps=(3,))
    with pytest.raises(OutOfRangeError, match="1 point or more"):
        make_phases(3, baseline=0)
    with pytest.raises(OutOfRangeError, match="as many values"):
        xmr_chart(np.zeros(2), make_phases(3))


@given(COUNTS, st.sampled_from([1, 4, 10]))
def test_rates_do_not_depend_on_the_unit_of_size(counts: list[tuple[int, int]], factor: int) -> None:
    """Per hour or per ten hours: the same points stand out."""
    cases, sizes = np.array(counts, float).T
    one = u_chart(cases, sizes, make_phases(len(counts)))
    other = u_chart(cases, sizes * factor, make_phases(len(counts)))
    assert np.allclose(one.scores, other.scores, equal_nan=True)
    assert one.weak.tolist() == other.weak.tolist()


@given(COUNTS)
def test_shares_of_the_others_are_the_mirror_image(counts: list[tuple[int, int]]) -> None:
    cases = np.array([min(pair) for pair in counts], float)
    sizes = np.array([max(pair) for pair in counts], float)
    one = p_chart(cases, sizes, make_phases(len(counts)))
    other = p_chart(sizes - cases, sizes, make_phases(len(counts)))
    assert np.allclose(one.low, 1 - other.high, equal_nan=True)
    assert np.allclose(one.value, 1 - other.value, equal_nan=True)
    assert one.weak.tolist() == other.weak.tolist()


@given(VALUES)
def test_individuals_agree_with_a_slow_twin(values: list[float]) -> None:
    known = [value for value in values if not math.isnan(value)]
    pairs = itertools.pairwise(values)
    ranges = [abs(b - a) for a, b in pairs if not math.isnan(a) and not math.isnan(b)]
    chart = xmr_chart(np.array(values), make_phases(len(values)))
    if known:
        assert chart.centre[0] == pytest.approx(sum(known) / len(known))
    if ranges:
        half = 3 / (2 / math.sqrt(math.pi)) * sum(ranges) / len(ranges)
        assert chart.high[0] == pytest.approx(chart.centre[0] + half)
    else:
        assert np.isnan(chart.high).all()
