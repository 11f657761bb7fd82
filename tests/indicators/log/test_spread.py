"""Cells hold what was put into them; quantiles, means and their intervals agree with numpy, scipy and chance."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from scipy.special import bdtr

from beredt.indicators.log.spread.counted import LIMITS_S, QUANTILES, count, joined
from beredt.indicators.log.spread.counting import (
    BLOCK,
    Timed,
    counted_by_place,
    counted_in_cells,
    place_order,
    width_of,
)
from beredt.indicators.log.spread.durations import (
    LONGEST_S,
    NO_DURATION,
    Durations,
    add_sums,
    in_cells,
    whole_seconds,
)
from beredt.indicators.log.spread.means import MANY, add_powers, mean_in
from beredt.indicators.log.spread.quantiles import interval_ranks, number_in, quantile_in, within_in

SECONDS = st.lists(st.integers(0, 4_000), min_size=1, max_size=60)


def durations_in(ms: NDArray[np.int64], cell: NDArray[np.int64], cells: int) -> Durations:
    """Durations laid out in their cells."""
    own, second = cell.astype(np.int32), whole_seconds(ms)
    sums = np.zeros(cells, np.int64)
    add_sums(np.ascontiguousarray(ms), own[None], sums)
    return in_cells(second, own, sums, 1)


def durations_of(*cells: list[int] | NDArray[np.int64]) -> Durations:
    """Cells of whole seconds."""
    seconds = [np.asarray(own, np.int64) for own in cells]
    cell = np.repeat(np.arange(len(cells)), [own.size for own in seconds])
    return durations_in(np.concatenate(seconds) * 1_000, cell, len(cells))


def test_a_story() -> None:
    """Response times of 6, 8, 8, 12 minutes and of 12 minutes and a thousandth of a second; one mission without."""
    ms = np.array([720_000, 480_000, 360_000, 480_000, 720_001, NO_DURATION])
    durations = durations_in(ms, np.zeros(6, np.int64), 2)
    assert number_in(durations).tolist() == [5, 0]
    assert within_in(durations, 720).tolist() == [4, 0]
    assert mean_in(durations).value[0] == pytest.approx(552.0002)
    assert quantile_in(durations, 0.5).value[0] == 480.0
    assert quantile_in(durations, 0.9).value[0] == pytest.approx(720 + 0.6)
    assert np.isnan([mean_in(durations).value[1], quantile_in(durations, 0.5).value[1]]).all()


@given(st.lists(st.tuples(st.integers(-1, 9_000_000), st.integers(0, 3)), max_size=200))
def test_nothing_is_lost(rows: list[tuple[int, int]]) -> None:
    """Each duration once in its cell, in order."""
    ms, cell = np.array(rows, np.int64).reshape(-1, 2).T
    durations = durations_in(ms, cell, 4)
    for number in range(4):
        own = ms[(cell == number) & (ms >= 0)]
        assert durations.laid_out(number).tolist() == np.sort(-(-own // 1000)).tolist()
        assert durations.sum_ms[number] == own.sum()


@given(st.lists(st.tuples(st.integers(-1, 4_000), st.integers(0, 2), st.integers(0, 3)), max_size=200))
def test_the_last_code_of_a_place_stands_for_all(rows: list[tuple[int, int, int]]) -> None:
    """Those of unknown code among them, which have no cell of their own."""
    second, place, code = np.array(rows, np.int64).reshape(-1, 3).T
    found = in_cells(second.astype(np.int32), (place * 4 + code).astype(np.int32), np.zeros(12, np.int64), 4)
    for cell in range(12):
        own = (second >= 0) & (place == cell // 4) & ((code == cell % 4) | (cell % 4 == 3))
        assert found.laid_out(cell).tolist() == np.sort(second[own]).tolist()


@given(
    st.lists(st.tuples(st.integers(-1, 400), st.integers(0, 2), st.integers(0, 3)), max_size=200), st.integers(1, 32)
)
def test_counted_or_put_in_order_durations_lie_in_the_same_cells(rows: list[tuple[int, int, int]], blocks: int) -> None:
    """However many are too long for the table of counts."""
    second, place, codes = np.array(rows, np.int32).reshape(-1, 3).T.copy()
    sums = np.zeros(12, np.int64)
    expected = in_cells(second, place * np.int32(4) + codes, sums, 4)
    own = Timed(second, codes.astype(np.int8), blocks * BLOCK, np.flatnonzero(second >= blocks * BLOCK))
    by_place = counted_by_place(own, place.__getitem__, place_order(place, 3), sums, 4)
    for found in (counted_in_cells(own, place.__getitem__, sums, 4), by_place):
        for name in Durations._fields:
            np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def test_a_table_of_counts_holds_nearly_all() -> None:
    second = np.random.default_rng(9).lognormal(6, 0.6, 50_000).astype(np.int32)
    assert 0.99 < np.mean(second < width_of(second)) < 1.0
    assert width_of(np.full(9, NO_DURATION, np.int32)) == 1


def test_what_is_told_of_parts_is_what_is_told_of_the_whole() -> None:
    cells = [[300, 400, 500, 600, 700, 1_600], [720] * 12, [], [60]]
    whole, parts = (
        count(durations_of(*cells)),
        joined([count(durations_of(*cells[:1])), count(durations_of(*cells[1:]))]),
    )
    assert parts.number.tolist() == whole.number.tolist()
    np.testing.assert_array_equal(np.stack(parts.mean), np.stack(whole.mean))
    for one in QUANTILES:
        np.testing.assert_array_equal(np.stack(parts.quantiles[one]), np.stack(whole.quantiles[one]))
    for one in LIMITS_S:
        assert parts.within[one].tolist() == whole.within[one].tolist()


def test_what_is_longer_than_the_longest_counts_as_that() -> None:
    assert quantile_in(durations_of([LONGEST_S + 5]), 0.5).value[0] == LONGEST_S


@given(st.lists(SECONDS, min_size=1, max_size=4), st.sampled_from([0.1, 0.5, 0.9, 0.95]))
def test_quantiles_as_numpy_has_them(cells: list[list[int]], quantile: float) -> None:
    found = quantile_in(durations_of(*cells), quantile)
    assert found.value == pytest.approx([np.quantile(cell, quantile) for cell in cells], abs=1e-6)


@given(st.integers(1, 400), st.sampled_from([0.5, 0.9]), st.sampled_from([0.9, 0.95]))
def test_ranks_hold_the_quantile_as_often_as_they_say(n: int, quantile: float, confidence: float) -> None:
    """By the binomial distribution as scipy.stats has it, and no rank further in does."""
    (low,), (high,) = interval_ranks(np.array([n]), quantile, confidence)
    tail = (1 - confidence) / 2
    assert low == 0 or stats.binom.cdf(low - 1, n, quantile) <= tail + 1e-9
    assert stats.binom.cdf(low, n, quantile) > tail - 1e-9
    assert high > n or stats.binom.sf(high - 1, n, quantile) <= tail + 1e-9
    assert stats.binom.sf(high - 2, n, quantile) > tail - 1e-9


@pytest.mark.parametrize("quantile", [0.5, 0.9, 0.99])
def test_ranks_are_the_least_that_will_do(quantile: float) -> None:
    """The distribution of each number looked at from its beginning."""
    numbers = [*range(1, 120), 1_000, 4_321]
    expected = [np.argmax(bdtr(np.arange(n + 1.0), n, quantile) >= tail) for tail in (0.025, 0.975) for n in numbers]
    low, high = interval_ranks(np.array(numbers), quantile, 0.95)
    assert [*low, *(high - 1)] == expected


def test_few_values_do_not_tell_where_the_90th_percentile_ends() -> None:
    """0.9^35 is above 2.5 %, 0.9^36 is not."""
    assert np.isnan(quantile_in(durations_of(list(range(35))), 0.9).high[0])
    assert quantile_in(durations_of(list(range(36))), 0.9).high[0] == 35


def test_ranks_of_fifty_million() -> None:
    (low,), (high,) = interval_ranks(np.array([50_000_000]), 0.9)
    half = 1.96 * np.sqrt(50_000_000 * 0.09)
    assert (low, high) == pytest.approx((45_000_000 - half, 45_000_000 + half), abs=3)


@given(st.lists(SECONDS, min_size=1, max_size=4), st.integers(0, 4_000))
def test_within(cells: list[list[int]], limit_s: int) -> None:
    assert within_in(durations_of(*cells), limit_s).tolist() == [sum(one <= limit_s for one in cell) for cell in cells]


def test_the_bootstrap_is_that_of_scipy() -> None:
    """BCa with another program's draws: the ends agree as far as chance lets them."""
    random = np.random.default_rng(5)
    seconds = np.rint(random.lognormal(6.3, 0.6, MANY - 1)).astype(np.int64)
    found = mean_in(durations_of(seconds))
    expected = stats.bootstrap((seconds,), np.mean, method="BCa", n_resamples=9_999, rng=random).confidence_interval
    width = expected.high - expected.low
    assert found.low[0] == pytest.approx(expected.low, abs=0.06 * width)
    assert found.high[0] == pytest.approx(expected.high, abs=0.06 * width)


@given(st.integers(0, 2**32), st.floats(0.1, 1.0), st.integers(MANY, 400))
def test_many_have_the_interval_whose_ends_halls_formula_makes_of_students(seed: int, sigma: float, n: int) -> None:
    """Put into Hall's formula as it is printed, each end gives the quantile of Student's t."""
    seconds = np.rint(np.random.default_rng(seed).lognormal(6.3, sigma, n)).astype(np.int64)
    found, mean, deviation = mean_in(durations_of(seconds)), seconds.mean(), seconds.std(ddof=1)
    skew = float(stats.skew(seconds))
    ends = (mean - np.array([found.low[0], found.high[0]])) * np.sqrt(n) / deviation
    bent = ends + skew * ends**2 / (3 * np.sqrt(n)) + skew**2 * ends**3 / (27 * n) + skew / (6 * np.sqrt(n))
    assert bent == pytest.approx(stats.t.ppf([0.975, 0.025], n - 1), abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 4_000), st.integers(1, 300)), min_size=1, max_size=40))
def test_powers_are_rounded_once_for_each_different_duration_not_for_every_one(runs: list[tuple[int, int]]) -> None:
    """The bound on the error of a sum grows with its terms: here these are the different durations, 40 of up to 12,000.

    N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed. (2002), section 4.2.
    """
    seconds = np.repeat(np.array([one for one, _ in runs]), np.array([times for _, times in runs]))
    squares, cubes = np.zeros((2, 1))
    durations = durations_of(seconds)
    add_powers(durations.first, durations.second, durations.until, squares, cubes)
    middle = Fraction(float(seconds.sum() / seconds.size))
    away = [(Fraction(one) - middle, times) for one, times in Counter(seconds.tolist()).items()]
    for found, power, rounded in ((squares[0], 2, 4), (cubes[0], 3, 6)):
        exact = sum(times * one**power for one, times in away)
        size = sum(times * abs(one) ** power for one, times in away)
        assert abs(Fraction(float(found)) - exact) <= (len(away) + rounded) * Fraction(1, 2**53) * size


def test_very_many_have_the_normal_interval() -> None:
    seconds = np.rint(np.random.default_rng(6).lognormal(6.3, 0.6, 400_000)).astype(np.int64)
    found = mean_in(durations_of(seconds))
    half = 1.959964 * seconds.std(ddof=1) / np.sqrt(seconds.size)
    assert (found.low[0], found.high[0]) == pytest.approx(
        (seconds.mean() - half, seconds.mean() + half), abs=0.02 * half
    )


def test_without_skewness_the_interval_is_students() -> None:
    seconds = [590, 610] * MANY
    found = mean_in(durations_of(seconds))
    expected = stats.t.interval(0.95, len(seconds) - 1, np.mean(seconds), stats.sem(seconds))
    assert (found.low[0], found.high[0]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("n", "sigma", "least"), [(12, 0.5, 0.88), (40, 0.5, 0.91), (MANY, 0.6, 0.93), (200, 0.9, 0.93)]
)
def test_intervals_hold_the_truth_about_as_often_as_they_say(n: int, sigma: float, least: float) -> None:
    """Durations as skewed as response times and more so. Of 1,500 cells 0.6 % more or fewer is chance."""
    random = np.random.default_rng(n)
    median = 540.0
    cells = np.rint(random.lognormal(np.log(median), sigma, (1_500, n))).astype(np.int64)
    durations = durations_of(*cells)
    truth = median * np.exp(sigma**2 / 2)
    mean, middle = mean_in(durations), quantile_in(durations, 0.5)
    held = np.mean((mean.low <= truth) & (truth <= mean.high))
    assert least - 0.012 <= held <= 0.97
    assert np.mean((middle.low <= median) & (median <= middle.high)) >= 0.94


def test_no_tail_is_missed_much_more_often_than_the_other() -> None:
    """Both ends are missed by about one in forty: what the normal interval gets wrong with tails to one side."""
    random = np.random.default_rng(8)
    cells = np.rint(random.lognormal(6.0, 0.8, (3_000, 300))).astype(np.int64)
    truth, found = np.exp(6.0 + 0.32), mean_in(durations_of(*cells))
    assert 0.015 <= np.mean(found.low > truth) <= 0.04
    assert 0.015 <= np.mean(found.high < truth) <= 0.045


def test_the_same_durations_give_the_same_interval_whatever_stands_beside_them() -> None:
    one, other = list(range(300, 360, 3)), [5, 9, 700, 800, 900]
    alone, beside = mean_in(durations_of(one)), mean_in(durations_of(other, one))
    assert (alone.low[0], alone.high[0]) == (beside.low[1], beside.high[1])


def test_durations_that_are_all_the_same_have_no_spread() -> None:
    found = mean_in(durations_of([600] * 8))
    assert (found.value[0], found.low[0], found.high[0]) == (600.0, 600.0, 600.0)
    assert np.isnan(mean_in(durations_of([600] * 4)).low[0])
