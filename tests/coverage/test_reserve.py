from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.erlang import erlang_c, priority_waits_s
from beredt.coverage.reserve import reserve_waits
from beredt.errors import OutOfRangeError
from tests.coverage.chains import shares


@pytest.mark.parametrize(("units", "reserve"), [(3, 0), (3, 1), (3, 2), (5, 2)])
def test_waits_are_those_of_the_chain(units: int, reserve: int) -> None:
    urgent, ordinary, most = Fraction(4, 5), Fraction(1, 4), 40
    cutoff = units - reserve

    def moves(state: tuple[int, int]) -> Mapping[tuple[int, int], Fraction]:
        busy, held = state  # busy units and urgent calls waiting; ordinary calls waiting
        found: dict[tuple[int, int], Fraction] = {}
        if busy < most:
            found[busy + 1, held] = urgent + (ordinary if busy < cutoff else 0)
        if busy >= cutoff and held < most:
            found[busy, held + 1] = ordinary
        if busy == cutoff and held:
            found[busy, held - 1] = Fraction(busy)
        elif busy:
            found[busy - 1, held] = Fraction(min(busy, units))
        return found

    chain = shares((0, 0), moves)
    waits = reserve_waits(units, reserve, [0.8], 0.25, 1.0)
    assert waits.queued_share == pytest.approx(sum(p for (busy, _), p in chain.items() if busy >= units), rel=1e-6)
    assert waits.held_share == pytest.approx(sum(p for (busy, _), p in chain.items() if busy >= cutoff), rel=1e-6)
    urgent_waiting = sum(max(0, busy - units) * p for (busy, _), p in chain.items())
    assert waits.urgent_wait_s[0] == pytest.approx(urgent_waiting / 0.8, rel=1e-6)
    assert waits.ordinary_wait_s == pytest.approx(sum(held * p for (_, held), p in chain.items()) / 0.25, rel=1e-6)


@given(
    units=st.integers(1, 20),
    loads=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.01, 1.0)),
    use=st.floats(0.05, 0.95),
)
def test_no_reserve_is_the_plain_priority_queue(units: int, loads: tuple[float, float, float], use: float) -> None:
    acute, urgent, ordinary = (load / sum(loads) * use * units for load in loads)
    waits = reserve_waits(units, 0, [acute, urgent], ordinary, 700.0)
    plain = priority_waits_s(units, [acute, urgent, ordinary], 700.0)
    np.testing.assert_allclose([*waits.urgent_wait_s, waits.ordinary_wait_s], plain, rtol=1e-8)
    assert waits.held_share == pytest.approx(waits.queued_share)
    assert waits.queued_share == pytest.approx(erlang_c(units, acute + urgent + ordinary))


def test_a_reserve_helps_urgent_calls_at_the_cost_of_ordinary_ones() -> None:
    ladder = [reserve_waits(6, reserve, [0.9, 0.6], 1.1, 1.0) for reserve in range(4)]
    assert all(np.all(a.urgent_wait_s > b.urgent_wait_s) for a, b in pairwise(ladder))
    assert all(a.ordinary_wait_s < b.ordinary_wait_s for a, b in pairwise(ladder))


def test_nothing_is_answered_outside_the_range() -> None:
    for units, reserve, urgent, ordinary, mission_s in (
        (0, 0, 0.1, 0.1, 1.0),
        (3, 3, 0.1, 0.1, 1.0),
        (3, -1, 0.1, 0.1, 1.0),
        (3, 1, 3.0, 0.1, 1.0),
        (3, 1, 0.1, 0.0, 1.0),
        (3, 1, 0.1, 0.1, -1.0),
    ):
        with pytest.raises(OutOfRangeError):
            reserve_waits(units, reserve, [urgent], ordinary, mission_s)
    with pytest.raises(OutOfRangeError, match=r"ordinary_load is 1\.0: with this reserve no more than 0\.\d+ erlangs"):
        reserve_waits(3, 2, [0.5], 1.0, 1.0)
