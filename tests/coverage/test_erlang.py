from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.erlang import (
    busy_share,
    erlang_b,
    erlang_c,
    longer_wait_share,
    priority_waits_s,
    wait_mean_s,
)
from beredt.errors import OutOfRangeError
from tests.coverage.chains import shares, shares_in_fractions

CAPACITY_AT_ONE_PERCENT = {1: 0.0101, 2: 0.153, 5: 1.36, 10: 4.46, 20: 12.0, 50: 37.9, 100: 84.1}
"""Printed traffic tables: erlangs that so many lines carry when 1 % of calls are lost, to three digits."""


@pytest.mark.parametrize(("lines", "load"), CAPACITY_AT_ONE_PERCENT.items())
def test_the_printed_table_of_one_percent_loss(lines: int, load: float) -> None:
    digit = 10.0 ** (math.floor(math.log10(load)) - 2)
    assert erlang_b(lines, load - digit / 2) <= 0.01 <= erlang_b(lines, load + digit / 2)


@pytest.mark.parametrize("units", [0, 1, 3, 6])
def test_lost_calls_are_those_of_the_chain(units: int) -> None:
    load = Fraction(17, 5)

    def moves(busy: int) -> Mapping[int, Fraction]:
        up = {busy + 1: load} if busy < units else {}
        return up | ({busy - 1: Fraction(busy)} if busy else {})

    assert erlang_b(units, 3.4) == pytest.approx(float(shares_in_fractions(0, moves)[units]), rel=1e-14)


def test_large_groups_neither_overflow_nor_cancel() -> None:
    assert 0.0 < erlang_b(5_000, 5_000.0) < 0.02
    assert erlang_b(10, 1e-3) == pytest.approx(1e-30 / math.factorial(10) / math.exp(1e-3), rel=1e-12)


def test_one_unit_waits_as_in_m_m_1() -> None:
    assert erlang_c(1, 0.75) == pytest.approx(0.75)
    assert wait_mean_s(1, 0.75, 600.0) == pytest.approx(600.0 * 0.75 / 0.25)
    assert longer_wait_share(1, 0.75, 600.0, 1200.0) == pytest.approx(0.75 * math.exp(-0.5))


@given(units=st.integers(1, 40), use=st.floats(0.01, 0.98))
def test_littles_law_and_tail_agree_with_the_mean(units: int, use: float) -> None:
    load = use * units
    tail = np.array([longer_wait_share(units, load, 1.0, wait) for wait in np.linspace(0, 60 / (units - load), 6001)])
    step = 60 / (units - load) / 6000
    by_tail = float(((tail[1:] + tail[:-1]) / 2).sum() * step)
    assert by_tail == pytest.approx(wait_mean_s(units, load, 1.0), rel=1e-4)
    assert longer_wait_share(units, load, 1.0, 0.0) == erlang_c(units, load)


@given(
    units=st.integers(1, 12),
    parts=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4).filter(lambda parts: sum(parts) > 0.01),
    use=st.floats(0.05, 0.95),
)
def test_priorities_only_shift_waiting_from_one_to_another(units: int, parts: list[float], use: float) -> None:
    loads = [part / sum(parts) * use * units for part in parts]
    waits = priority_waits_s(units, loads, 900.0)
    mean = sum(load * wait for load, wait in zip(loads, waits, strict=True)) / sum(loads)
    assert mean == pytest.approx(wait_mean_s(units, sum(loads), 900.0), rel=1e-9)
    assert np.all(np.diff(waits) >= -1e-9 * waits[1:])


def test_priority_waits_are_those_of_the_chain() -> None:
    units, urgent, ordinary, most = 3, Fraction(9, 10), Fraction(3, 5), 40

    def moves(state: tuple[int, int]) -> Mapping[tuple[int, int], Fraction]:
        busy, ordinary_waiting = state  # busy units and urgent calls waiting
        found: dict[tuple[int, int], Fraction] = {}
        if busy < most:
            found[busy + 1, ordinary_waiting] = urgent + (ordinary if busy < units else 0)
        if busy >= units and ordinary_waiting < most:
            found[busy, ordinary_waiting + 1] = ordinary
        if busy == units and ordinary_waiting:
            found[busy, ordinary_waiting - 1] = Fraction(units)
        elif busy:
            found[busy - 1, ordinary_waiting] = Fraction(min(busy, units))
        return found

    chain = shares((0, 0), moves)
    urgent_waiting = sum(max(0, busy - units) * share for (busy, _), share in chain.items())
    ordinary_waiting = sum(waiting * share for (_, waiting), share in chain.items())
    waits = priority_waits_s(units, [0.9, 0.6], 1.0)
    assert waits[0] == pytest.approx(urgent_waiting / 0.9, rel=1e-6)
    assert waits[1] == pytest.approx(ordinary_waiting / 0.6, rel=1e-6)


@given(load=st.floats(0.0, 300.0))
def test_busy_units_are_poisson(load: float) -> None:
    share = busy_share(load, 900)
    number = np.arange(901)
    assert share.sum() == pytest.approx(1.0)
    assert (share * number).sum() == pytest.approx(load, abs=1e-9, rel=1e-9)
    assert (share * number**2).sum() == pytest.approx(load**2 + load, abs=1e-9, rel=1e-9)


def test_nothing_is_answered_outside_the_range() -> None:
    nan = float("nan")
    for call in (
        lambda: erlang_b(-1, 1.0),
        lambda: erlang_b(2, -0.1),
        lambda: erlang_b(2, nan),
        lambda: erlang_c(0, 0.0),
        lambda: erlang_c(3, 3.0),
        lambda: wait_mean_s(3, 2.0, 0.0),
        lambda: longer_wait_share(3, 2.0, 1.0, -1.0),
        lambda: priority_waits_s(3, [2.0, -0.5], 1.0),
        lambda: priority_waits_s(3, [2.0, 1.0], 1.0),
        lambda: busy_share(1.0, -1),
    ):
        with pytest.raises(OutOfRangeError):
            call()
    with pytest.raises(OutOfRangeError, match=r"load is 3\.0: from 3 erlangs on a queue for 3 units grows for ever"):
        erlang_c(3, 3.0)
    assert erlang_b(0, 0.0) == 1.0
    assert erlang_b(1, 0.0) == 0.0
    assert busy_share(0.0, 2).tolist() == [1.0, 0.0, 0.0]
