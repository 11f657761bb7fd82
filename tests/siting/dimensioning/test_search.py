"""The search for a fleet, with a formula in the place of the simulation, so that every fleet can be tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.coverage.erlang import erlang_b
from beredt.siting.dimensioning.fleet import Fleet
from beredt.siting.dimensioning.rule import DimensionRule, read_dimension_rule
from beredt.siting.dimensioning.search import Found, find_fleet
from beredt.siting.dimensioning.shares import NEAREST, TARGET, Shares

RULE = read_dimension_rule(None)
CALLS = 1e6
TWO_BANDS = RULE.model_copy(update={"bands": RULE.bands[:2]})


def stations_apart(
    load: np.ndarray, help_share: float, reach: np.ndarray
) -> Callable[[Sequence[Fleet]], Mapping[Fleet, Shares]]:
    """Every station a loss system of its own; who finds it busy is reached by the next one with some chance.

    load: (S, P) erlangs. reach: (S, P) share within the target when a unit of the station goes, half of it otherwise.
    """

    def one(fleet: Fleet) -> Shares:
        counts = fleet.array()
        free = np.array(
            [
                [1 - erlang_b(int(n), float(a)) for n, a in zip(*row, strict=True)]
                for row in zip(counts, load, strict=True)
            ]
        )
        others = np.roll(free, 1, axis=0) * help_share
        within = reach * (free + (1 - free) * others * 0.5)
        kept = np.stack([np.clip(free + (1 - free) * others * 0.1, 0, 1), within])[..., np.newaxis] * CALLS
        return Shares(np.full(kept.shape, CALLS), kept)

    return lambda fleets: {fleet: one(fleet) for fleet in fleets}


def search(load: np.ndarray, reach: np.ndarray, help_share: float = 0.5, guess: int = 1) -> Found:
    shape = load.shape
    return find_fleet(stations_apart(load, help_share, reach), np.full(shape, guess), np.full(shape, 5), RULE)


def keeps(
    found: Found, fleet: Fleet, load: np.ndarray, reach: np.ndarray, help_share: float, rule: DimensionRule
) -> bool:
    share = stations_apart(load, help_share, reach)([fleet])[fleet].share()
    wanted = np.array([rule.nearest_share, rule.target_share]).reshape(2, 1, 1)
    return not (found.asked & (share < wanted)).any()


def test_two_erlangs_by_day_ask_for_four_units_and_a_quarter_by_night_for_one() -> None:
    load, reach = np.array([[2.0, 0.6, 0.25]]), np.full((1, 3), 0.5)
    found = search(load, reach, help_share=0.0)
    assert found.fleet.counts == ((4, 2, 1),)
    assert found.status == "proved"
    assert not found.asked[TARGET].any()  # half of the calls are too far away for any fleet
    assert found.asked[NEAREST].all()
    assert [(one.cell, one.broken, one.part) for one in found.removals] == [
        ((0, 0), (0, 0), NEAREST),
        ((0, 1), (0, 1), NEAREST),
    ]


def test_the_target_asks_for_more_where_an_ample_fleet_can_keep_it() -> None:
    load, near, far = np.array([[1.0, 1.0, 1.0]]), np.full((1, 3), 0.95), np.full((1, 3), 0.5)
    assert search(load, near, help_share=0.0).fleet.counts == ((4, 4, 4),)
    assert search(load, far, help_share=0.0).fleet.counts == ((2, 2, 2),)


def test_steps_lead_from_the_guess_to_the_fleet() -> None:
    found = search(np.array([[2.0, 0.6, 0.25], [1.0, 0.1, 3.0]]), np.full((2, 3), 0.5), guess=2)
    counts = np.full((2, 3), 2)
    for step in found.steps:
        counts[step.cell] += 1 if step.what == "add" else -1
    assert Fleet.of(counts) == found.fleet


def test_a_stop_answers_with_a_fleet_that_keeps_the_rule() -> None:
    load, reach = np.array([[2.0, 0.6, 0.25]]), np.full((1, 3), 0.5)
    for most in range(6):
        asked = 0

        def stop(most: int = most) -> bool:
            nonlocal asked
            asked += 1
            return asked > most

        found = find_fleet(stations_apart(load, 0.0, reach), np.ones((1, 3), int), np.full((1, 3), 5), RULE, stop)
        assert keeps(found, found.fleet, load, reach, 0.0, RULE)
        if found.status == "stopped":
            assert found.removals == ()
    assert most == 5


@pytest.mark.parametrize("other", [(1, 0), (0, 1), (1, 1)])
def test_a_cell_that_is_ample_already_is_mended_by_its_neighbours(other: tuple[int, int]) -> None:
    """The rule holds in the first cell only when another cell has all its units, whatever the first has."""

    def evaluate(fleets: Sequence[Fleet]) -> Mapping[Fleet, Shares]:
        found = {}
        for fleet in fleets:
            kept = np.full((2, 2, 2, 1), CALLS)
            if fleet.array()[other] < 3:
                kept[NEAREST, 0, 0] = 0.0
            found[fleet] = Shares(np.full((2, 2, 2, 1), CALLS), kept)
        return found

    found = find_fleet(evaluate, np.ones((2, 2), int), np.full((2, 2), 3), TWO_BANDS)
    assert found.status == "proved"
    assert found.fleet == Fleet.of(np.ones((2, 2), int)).changed(other, 2)


def test_the_target_is_not_asked_for_where_an_ample_fleet_only_just_reaches_it() -> None:
    load, reach = np.array([[1.0, 1.0, 1.0]]), np.array([[0.905, 0.92, 0.5]])
    found = search(load, reach, help_share=0.0)
    assert found.asked[TARGET].tolist() == [[False, True, False]]
    assert found.fleet.counts[0][0] == found.fleet.counts[0][2]


def test_fleets_that_are_compared_are_asked_for_the_same() -> None:
    load, reach = np.array([[1.0, 1.0, 1.0]]), np.full((1, 3), 0.95)
    may_ask = np.ones((2, 1, 3), np.bool_)
    may_ask[TARGET, 0, 1] = False
    found = find_fleet(
        stations_apart(load, 0.0, reach), np.ones((1, 3), int), np.full((1, 3), 5), RULE, may_ask=may_ask
    )
    assert found.asked[TARGET].tolist() == [[True, False, True]]


LOADS = st.lists(st.floats(0.01, 2.5), min_size=4, max_size=4).map(lambda one: np.array(one).reshape(2, 2))
REACH = st.lists(st.floats(0.3, 1.0), min_size=4, max_size=4).map(lambda one: np.array(one).reshape(2, 2))


def two(load: np.ndarray, reach: np.ndarray, help_share: float) -> Found:
    return find_fleet(stations_apart(load, help_share, reach), np.ones((2, 2), int), np.full((2, 2), 5), TWO_BANDS)


@settings(max_examples=60)
@given(LOADS, REACH, st.floats(0.0, 1.0))
def test_taking_any_unit_breaks_the_rule(load: np.ndarray, reach: np.ndarray, help_share: float) -> None:
    found = two(load, reach, help_share)
    assert keeps(found, found.fleet, load, reach, help_share, TWO_BANDS)
    counts = found.fleet.array()
    for cell in np.ndindex(*counts.shape):
        if counts[cell] > 1:
            assert not keeps(found, found.fleet.changed(cell, -1), load, reach, help_share, TWO_BANDS)
    assert {one.cell for one in found.removals} == {cell for cell in np.ndindex(*counts.shape) if counts[cell] > 1}


@settings(max_examples=25)
@given(LOADS, REACH)
def test_stations_that_do_not_help_each_other_get_the_fewest_of_all_fleets(load: np.ndarray, reach: np.ndarray) -> None:
    found = two(load, reach, 0.0)
    fleets = (Fleet.of(np.array(one).reshape(2, 2)) for one in product(range(1, 6), repeat=4))
    least = min(int(one.array().sum()) for one in fleets if keeps(found, one, load, reach, 0.0, TWO_BANDS))
    assert found.fleet.array().sum() == least


@settings(max_examples=25)
@given(LOADS, st.floats(1.0, 1.5))
def test_more_demand_never_asks_for_fewer_units(load: np.ndarray, more: float) -> None:
    reach = np.full((2, 2), 0.5)
    less, greater = two(load, reach, 0.0), two(load * more, reach, 0.0)
    assert (greater.fleet.array() >= less.fleet.array()).all()


@pytest.mark.parametrize("guess", [1, 3, 5])
def test_where_the_search_begins_does_not_matter_for_stations_by_themselves(guess: int) -> None:
    load, reach = np.array([[2.0, 0.6, 0.25], [0.3, 1.4, 0.9]]), np.full((2, 3), 0.5)
    assert search(load, reach, 0.0, guess).fleet == search(load, reach, 0.0).fleet
