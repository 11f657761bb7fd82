"""Placement and workload found together: the judge, the agreement, and cycles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.coverage.erlang import erlang_b
from beredt.coverage.hypercube import hypercube
from beredt.errors import OutOfRangeError
from beredt.siting.agreed_mexclp import agreed_fractions, solve_agreed_mexclp
from beredt.siting.busy_units import busy_units
from beredt.siting.mexclp import build
from beredt.siting.periods import HOURS_PER_YEAR
from beredt.siting.placement import Purse
from beredt.siting.problem import make_problem
from tests.siting.trying_all import draw_problem, two_periods

YEAR_S = 3600.0 * HOURS_PER_YEAR


def test_one_site_is_erlangs_loss() -> None:
    """Two units, one erlang: one in five calls finds both busy, and each works 40 % of the time."""
    problem = make_problem([[0.0, 9.0]], [60.0, 40.0], 5)
    judged = busy_units(problem, Purse(units=2).periods_of(problem), np.array([[2]]), YEAR_S / 100)
    lost = erlang_b(2, 1.0)
    assert judged.exact
    np.testing.assert_allclose(judged.utilisation, [[(1 - lost) / 2]])
    np.testing.assert_allclose(judged.in_time, [[1 - lost, 0.0]])
    assert judged.covered == pytest.approx(60 * (1 - lost))


def test_three_stations_of_the_known_value() -> None:
    """The published hypercube with three units, put as a siting problem; the second class has its own target."""
    travel = [[1, 2, 3], [2, 1, 2], [3, 3, 1]]  # lists 1-2-3, 2-1-3, 3-2-1
    problem = make_problem(travel, [[50, 50, 50], [50, 50, 50]], [1, 2], permitted=1.0)
    judged = busy_units(problem, Purse().periods_of(problem), np.array([[1, 1, 1]]), YEAR_S / 100)
    exact = hypercube([1.0, 1.0, 1.0], [[0, 1, 2], [1, 0, 2], [2, 1, 0]], 1.0, queue=False)
    np.testing.assert_allclose(judged.utilisation[0], exact.utilisation)
    np.testing.assert_allclose(judged.served[0], exact.dispatches * 3)
    own = exact.dispatches.diagonal() * 3
    np.testing.assert_allclose(judged.in_time[0], own)
    next_door = np.array([exact.dispatches[1, 0], exact.dispatches[0, 1], exact.dispatches[1, 2]]) * 3
    np.testing.assert_allclose(judged.in_time[1], own + next_door)


def test_borders_and_drives_are_seen() -> None:
    """A closed border makes two halves; a priced one lengthens the way in the list and counts in part."""
    travel = [[0, 60], [60, 0]]
    closed = make_problem(travel, [100, 100], 120, permitted=[[1, 0], [0, 1]])
    halves = busy_units(closed, Purse().periods_of(closed), np.array([[1, 1]]), YEAR_S / 100)
    assert not halves.exact
    np.testing.assert_allclose(halves.in_time, [[0.5, 0.5]], rtol=1e-9)
    priced = make_problem(travel, [100, 100], 120, permitted=[[1, 0.5], [0.5, 1]])
    shared = busy_units(priced, Purse().periods_of(priced), np.array([[1, 1]]), YEAR_S / 100)
    own, other = shared.served[0, 0, 0], shared.served[0, 1, 0]
    assert shared.covered == pytest.approx(200 * (own + other / 2))
    longer = busy_units(priced, Purse().periods_of(priced), np.array([[1, 1]]), YEAR_S / 100, drive_share=YEAR_S / 6000)
    assert longer.utilisation.min() > shared.utilisation.min()


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 4), periods=st.booleans(), plain=st.booleans())
def test_mexclp_with_agreed_fractions_sees_what_the_hypercube_sees(
    seed: int, units: int, periods: bool, plain: bool
) -> None:
    problem = draw_problem(seed, plain=True) if plain else make_problem(
        draw_problem(seed, plain=True).travel_s, draw_problem(seed, plain=True).demand, draw_problem(seed).target_s
    )  # fmt: skip
    purse = Purse(units=units, periods=two_periods(problem) if periods else None)
    chosen = purse.periods_of(problem)
    rng = np.random.default_rng(seed)
    placed = np.zeros((chosen.count, problem.sites), np.int64)
    for row in placed:
        np.add.at(row, rng.integers(0, problem.sites, units), 1)
    judged = busy_units(problem, chosen, placed, 2.0e5)
    fractions = agreed_fractions(problem, chosen, placed, judged)
    seen = build(problem, fractions, Purse(units=units, periods=purse.periods)).value(placed)
    assert seen == pytest.approx(judged.covered, rel=2e-3)  # an area that nobody is free for is cut at 99.9 %


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 4), periods=st.booleans())
def test_the_loop_ends_and_tells_how(seed: int, units: int, periods: bool) -> None:
    problem = draw_problem(seed, plain=True)
    purse = Purse(units=units, periods=two_periods(problem) if periods else None)
    found = solve_agreed_mexclp(problem, 1.0e5, purse, most_rounds=8)
    covered = [each.covered for each in found.rounds]
    assert found.answer.objective == max(covered)
    assert 1 <= len(found.rounds) <= 8
    last = found.rounds[-1]
    if found.agreed:
        assert (last.units == found.rounds[-2].units).all()
        assert last.expected == pytest.approx(last.covered, rel=2e-3)
    elif len(found.rounds) < 8:
        assert found.cycle > 0
    judged = busy_units(problem, purse.periods_of(problem), last.units, 1.0e5)
    assert last.covered == pytest.approx(judged.covered)
    assert found.answer.measures["agreed"] == float(found.agreed)


def test_agreement_on_a_road_by_hand() -> None:
    """A town and a village, far apart and equally far: all that matters is how busy the town's units are."""
    problem = make_problem([[0, 900], [900, 0]], [95, 5], 60, site_ids=("town", "village"))
    found = solve_agreed_mexclp(problem, YEAR_S / 50, Purse(units=3))
    assert found.agreed
    assert found.cycle == 0
    assert dict(found.answer.chosen) == {"town": 3}
    assert found.answer.measures["mean_utilisation"] == pytest.approx(2 * (1 - erlang_b(3, 2.0)) / 3)
    assert found.answer.objective == pytest.approx(95 * (1 - erlang_b(3, 2.0)))


def test_what_makes_no_sense_is_refused() -> None:
    problem = draw_problem(1, plain=True)
    with pytest.raises(OutOfRangeError, match="mission_s"):
        solve_agreed_mexclp(problem, 0.0, Purse(units=2))
    with pytest.raises(OutOfRangeError, match="most_rounds"):
        solve_agreed_mexclp(problem, 1.0, Purse(units=2), most_rounds=0)
    with pytest.raises(OutOfRangeError, match="every period needs a unit"):
        solve_agreed_mexclp(problem, 1.0, Purse(units=0))
    with pytest.raises(OutOfRangeError, match="drive_share"):
        busy_units(problem, Purse().periods_of(problem), np.ones((1, 4), np.int64), 1.0, drive_share=-1.0)
