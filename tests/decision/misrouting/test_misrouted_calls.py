"""Misrouted calls of a year, as an interval."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.misrouting.misrouted_calls import MisroutedCalls, misrouted_calls

AMOUNTS = st.floats(0.0, 50_000.0)
SHARES = st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)).map(lambda pair: (min(pair), max(pair)))


def slow_quantile(probability: float, mean: float) -> int:
    """The smallest number that a Poisson number does not exceed with this probability, term by term."""
    number, term = 0, exp(-mean)
    below = term
    while below < probability:
        number += 1
        term *= mean / number
        below += term
    return number


def test_a_story_of_forty_calls() -> None:
    """Of 40 calls near the border none to a quarter go astray: of ten expected at most, chance makes 17."""
    found = misrouted_calls(40.0, (0.0, 0.25), (0.0, 90.0))
    assert found == MisroutedCalls(0.0, 17.0, 0.0, 17 * 90 / 3600)


@given(st.floats(0.1, 200.0), SHARES)
def test_it_is_the_poisson_interval_term_by_term(near: float, shares: tuple[float, float]) -> None:
    found = misrouted_calls(near, shares, (0.0, 1.0))
    assert found.calls_low == (slow_quantile(0.025, near * shares[0]) if shares[0] > 0 else 0)
    assert abs(found.calls_high - (slow_quantile(0.975, near * shares[1]) if shares[1] > 0 else 0)) <= 1


@given(AMOUNTS, st.floats(0.0, 1.0), st.floats(0.0, 600.0))
def test_a_range_that_begins_at_zero_holds_zero(near: float, share: float, delay_s: float) -> None:
    found = misrouted_calls(near, (0.0, share), (0.0, delay_s))
    assert found.calls_low == found.lost_low_h == 0.0
    assert found.calls_high >= 0.0
    assert found.lost_high_h == pytest.approx(found.calls_high * delay_s / 3600)


@given(AMOUNTS, SHARES, st.floats(1.0, 2.0))
def test_more_calls_near_a_border_never_mean_fewer_misrouted(
    near: float, shares: tuple[float, float], more: float
) -> None:
    fewer, many = (misrouted_calls(calls, shares, (0.0, 60.0)) for calls in (near, near * more))
    assert many.calls_low >= fewer.calls_low
    assert many.calls_high >= fewer.calls_high
    assert fewer.calls_low <= fewer.calls_high
