"""Rate limits, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from beredt.web.access.allowance import Allowance, Rate
from tests.web.access.conftest import Clock


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 5), st.floats(0.5, 10))
def test_in_any_stretch_no_more_are_let_through_than_the_rate_allows(
    pauses: Sequence[float], burst: int, refill_s: float
) -> None:
    clock = Clock(0.0)
    allowance = Allowance(Rate(burst, refill_s), clock)
    let: list[float] = []
    for pause in pauses:
        clock.now += pause
        if allowance.take("one") == 0:
            let.append(clock.now)
    for first in range(len(let)):
        for last in range(first, len(let)):
            assert last - first + 1 <= burst + (let[last] - let[first]) / refill_s + 1e-6


def test_the_wait_that_is_told_is_the_wait_that_helps() -> None:
    clock = Clock(0.0)
    allowance = Allowance(Rate(2, 10.0), clock)
    assert [allowance.take("one"), allowance.take("one")] == [0, 0]
    clock.now = 4
    assert allowance.take("one") == 6
    clock.now = 9.99
    assert allowance.take("one") > 0
    clock.now = 10
    assert allowance.take("one") == 0


def test_looking_takes_nothing_and_others_are_others() -> None:
    allowance = Allowance(Rate(1, 10.0), Clock(0.0))
    assert [allowance.wait_s("one") for _ in range(3)] == [0, 0, 0]
    allowance.take("one")
    assert (allowance.take("other"), allowance.take("one")) == (0, 10)
    allowance.forgive("one")
    assert allowance.take("one") == 0


def test_a_clock_that_is_set_back_gives_and_takes_nothing() -> None:
    clock = Clock(100.0)
    allowance = Allowance(Rate(1, 10.0), clock)
    allowance.take("one")
    clock.now = 50
    assert allowance.take("one") == 10


def test_many_callers_do_not_fill_the_memory() -> None:
    allowance = Allowance(Rate(1, 10.0), Clock(0.0), most_keys=3)
    for name in "abcd":
        allowance.take(name)
    assert [allowance.wait_s(name) > 0 for name in "abcd"] == [False, True, True, True]
