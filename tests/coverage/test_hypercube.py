from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.erlang import erlang_b, erlang_c, wait_mean_s
from beredt.coverage.hypercube import hypercube
from beredt.errors import OutOfRangeError
from tests.coverage.chains import Moves, shares_in_fractions

RING = [[0, 1, 2], [1, 0, 2], [2, 0, 1]]
Busy = frozenset[int]


def moves_of(calls: Sequence[Fraction], lists: Sequence[Sequence[int]], rates: Sequence[Fraction]) -> Moves[Busy]:
    """The chain of the hypercube without a line, as one would explain it."""

    def moves(busy: Busy) -> Mapping[Busy, Fraction]:
        found = {busy - {unit}: rates[unit] for unit in busy}
        for call, wanted in zip(calls, lists, strict=True):
            free = [unit for unit in wanted if unit not in busy]
            if free:
                found[busy | {free[0]}] = found.get(busy | {free[0]}, Fraction(0)) + call
        return found

    return moves


def number_of(busy: Busy) -> int:
    return sum(1 << unit for unit in busy)


@pytest.mark.reference
def test_the_known_value_is_reproduced(reference_data: Path) -> None:
    text = (reference_data / "README.md").read_text(encoding="utf-8")
    found = re.search(r"utilisations ([\d., ]+); P\(all busy\)[^.]*?= (0\.\d+)", text.replace("\n", " "))
    assert found, "README.md of the reference data has no hypercube value any more"
    solved = hypercube([1.0, 1.0, 1.0], RING, 1.0, queue=False)
    np.testing.assert_allclose(solved.utilisation, [float(value) for value in found[1].split(",")], atol=1e-10, rtol=0)
    assert solved.all_busy == pytest.approx(float(found[2]), abs=1e-10, rel=0)


def test_three_units_in_fractions() -> None:
    chain = shares_in_fractions(Busy(), moves_of([Fraction(1)] * 3, RING, [Fraction(1)] * 3))
    solved = hypercube([1.0, 1.0, 1.0], RING, 1.0, queue=False)
    for busy, share in chain.items():
        assert solved.states[number_of(busy)] == pytest.approx(float(share), rel=1e-14)
    assert sum(chain.values()) == 1
    assert chain[frozenset({0, 1, 2})] == Fraction(9, 26)  # Erlang B of three units and three erlangs


def test_two_stations_in_closed_form() -> None:
    """With calls a and b, their sum c, and missions of mean 1, the balance of "only unit 0 is busy" gives its share.

    p₁₀·(1 + c) = a·p₀₀ + p₁₁, and the number of busy units is Erlang's: p₁₁ = p₀₀·c²/2 and p₀₀ = 1/(1 + c + c²/2).
    """
    a, b = 0.7, 0.4
    c = a + b
    empty = 1.0 / (1.0 + c + c * c / 2.0)
    both = empty * c * c / 2.0
    first, second = (a * empty + both) / (1.0 + c), (b * empty + both) / (1.0 + c)
    lost = hypercube([a, b], [[0, 1], [1, 0]], 1.0, queue=False)
    np.testing.assert_allclose(lost.states, [empty, first, second, both], rtol=1e-14)
    np.testing.assert_allclose(lost.utilisation, [first + both, second + both], rtol=1e-14)
    np.testing.assert_allclose(
        lost.dispatches,
        np.array([[(empty + second) * a, second * b], [first * a, (empty + first) * b]]) / c,
        rtol=1e-13,
    )
    queued = hypercube([a, b], [[0, 1], [1, 0]], 1.0, queue=True)
    more = both / (1.0 - c / 2.0)
    whole = empty + first + second + more
    np.testing.assert_allclose(queued.states, np.array([empty, first, second, more]) / whole, rtol=1e-14)
    assert queued.all_busy == pytest.approx(erlang_c(2, c))
    assert queued.wait_mean_s == pytest.approx(wait_mean_s(2, c, 1.0))


def preference_lists(units: int, areas: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.permutations(range(units)), min_size=areas, max_size=areas)


@given(data=st.data(), units=st.integers(1, 4), areas=st.integers(1, 4))
def test_any_small_cube_is_that_of_the_chain(data: st.DataObject, units: int, areas: int) -> None:
    rate = st.fractions(Fraction(1, 10), Fraction(5), max_denominator=20)
    calls = data.draw(st.lists(rate, min_size=areas, max_size=areas))
    ends = data.draw(st.lists(rate, min_size=units, max_size=units))
    lists = data.draw(preference_lists(units, areas))
    chain = shares_in_fractions(Busy(), moves_of(calls, lists, ends))
    solved = hypercube([float(c) for c in calls], lists, [float(e) for e in ends], queue=False)
    for busy, share in chain.items():
        assert solved.states[number_of(busy)] == pytest.approx(float(share), rel=1e-12)
    # What a unit takes on it ends.
    taken = solved.dispatches.sum(axis=1) * float(sum(calls))
    np.testing.assert_allclose(taken, solved.utilisation * [float(e) for e in ends], rtol=1e-12)


@given(data=st.data(), units=st.integers(1, 10), use=st.floats(0.05, 0.97), queue=st.booleans())
def test_the_number_of_busy_units_is_erlangs(data: st.DataObject, units: int, use: float, queue: bool) -> None:
    lists = data.draw(preference_lists(units, 5))
    calls = np.array([3.0, 0.0, 1.0, 2.0, 4.0]) / 10 * use * units
    solved = hypercube(calls, lists, 1.0, queue=queue)
    load = use * units
    expected = erlang_c(units, load) if queue else erlang_b(units, load)
    assert solved.all_busy == pytest.approx(expected, rel=1e-10)
    assert solved.utilisation.sum() == pytest.approx(load if queue else load * (1 - expected), rel=1e-10)
    assert solved.wait_mean_s == pytest.approx(wait_mean_s(units, load, 1.0) if queue else 0.0, rel=1e-10)
    assert solved.dispatches.sum() == pytest.approx(1.0 if queue else 1.0 - expected, rel=1e-10)
    np.testing.assert_allclose(solved.dispatches.sum(axis=1) * load, solved.utilisation, rtol=1e-9)
    if queue:
        np.testing.assert_allclose(solved.dispatches.sum(axis=0), calls / load, rtol=1e-9, atol=1e-15)


def test_nothing_is_answered_outside_the_range() -> None:
    for calls, lists, rates, queue in (
        ([1.0, -1.0], [[0, 1], [1, 0]], 1.0, False),
        ([0.0, 0.0], [[0, 1], [1, 0]], 1.0, False),
        ([1.0], [[0, 1], [1, 0]], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 1]], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 2]], 1.0, False),
        ([1.0, 1.0], [[0, 1], [1, 0]], 0.0, False),
        ([1.0, 1.0], [[0, 1], [1, 0]], 1.0, True),
        ([1.0], [list(range(15))], 1.0, False),
    ):
        with pytest.raises(OutOfRangeError):
            hypercube(calls, lists, rates, queue=queue)
