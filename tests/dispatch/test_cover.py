"""What the free units cover: worked out by hand, against a plain twin, and laws that must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.cover_sets import CoverSets
from beredt.coverage.expected_cover import expected_cover, marginal_cover
from beredt.dispatch.cover import Cover, FreeNow, best_base, count_free, empty_cover, loss, nobody_free
from beredt.simulation.pack_cover import pack_cover

UNITS = 6


def sets_of(*rows: tuple[set[int], float], bases: int) -> CoverSets:
    """Sets of demand from (bases that cover it, weight)."""
    covers = np.array([[b in row[0] for b in range(bases)] for row in rows], np.bool_).reshape(len(rows), bases)
    return CoverSets(covers, np.array([row[1] for row in rows], np.float64))


VILLAGES = sets_of(({0}, 10.0), ({0, 1}, 6.0), ({1}, 5.0), ({2}, 4.0), bases=3)
"""Base 0 covers the town and, with base 1, the bridge; base 1 also covers a village; base 2 an island."""


def test_the_first_unit_goes_to_the_town_and_the_next_by_what_the_first_has_left() -> None:
    cover = pack_cover(VILLAGES, 0.5, UNITS)
    now = nobody_free(cover)
    assert best_base(cover, now) == 0
    assert now.gain.tolist() == [8.0, 5.5, 2.0]  # half of 10 + 6, of 6 + 5, of 4

    count_free(cover, now, 0, 1)
    # A second unit at base 0 adds a quarter of 16, one at base 1 a quarter of 6 and half of 5: a tie, the first wins.
    assert best_base(cover, now) == 0
    assert now.gain.tolist() == [4.0, 4.0, 2.0]
    assert loss(cover, now, 0) == 8.0

    count_free(cover, now, 0, 1)
    assert best_base(cover, now) == 1
    assert now.gain.tolist() == [2.0, 3.25, 2.0]

    count_free(cover, now, 1, 1)
    # The island is now as good as the town, but comes later.
    assert best_base(cover, now) == 2
    assert now.gain.tolist() == [1.625, 1.625, 2.0]
    assert loss(cover, now, 0) == 10 / 4 + 6 / 8  # one of two in the town, one of three at the bridge
    assert loss(cover, now, 1) == 5 / 2 + 6 / 8


def test_units_that_are_never_busy_cover_only_once() -> None:
    cover = pack_cover(VILLAGES, 0.0, UNITS)
    now = nobody_free(cover)
    chosen = []
    for _ in range(4):
        chosen.append(best_base(cover, now))
        count_free(cover, now, chosen[-1], 1)
    assert chosen == [0, 1, 2, 0]  # then nothing is left to cover, and the first base is as good as any
    assert now.gain.tolist() == [0.0, 0.0, 0.0]
    assert loss(cover, now, 0) == 0.0
    assert loss(cover, now, 2) == 4.0


def test_a_service_that_asks_for_no_cover_counts_nothing() -> None:
    cover = empty_cover(3)
    now = nobody_free(cover)
    count_free(cover, now, 2, 1)
    assert best_base(cover, now) == -1
    assert loss(cover, now, 2) == 0.0
    count_free(cover, now, 2, -1)


def test_only_bases_on_offer_are_chosen() -> None:
    cover = pack_cover(VILLAGES, 0.5, UNITS, offered=np.array([False, True, True]))
    now = nobody_free(cover)
    assert best_base(cover, now) == 1
    count_free(cover, now, 0, 1)  # the others cover all the same
    count_free(cover, now, 1, 1)
    count_free(cover, now, 1, 1)
    assert best_base(cover, now) == 2
    assert loss(cover, now, 0) == 10 / 2 + 6 / 8


def test_two_rules_with_busy_fractions_of_their_own_count_the_same_units() -> None:
    cover = pack_cover(VILLAGES, 0.5, UNITS)
    now = nobody_free(cover)
    count_free(cover, now, 0, 1)
    count_free(cover, now, 0, 1)
    other = cover._replace(power=marginal_cover(0.25, UNITS))
    assert loss(cover, now, 0) == 16 * 0.5 * 0.5
    assert loss(other, now, 0) == 16 * 0.75 * 0.25


@pytest.mark.parametrize("busy_fraction", [-0.1, 1.0, float("nan")])
def test_a_busy_fraction_outside_its_range_is_refused(busy_fraction: float) -> None:
    with pytest.raises(ValueError, match="busy fraction is at least 0 and below 1, got"):
        pack_cover(VILLAGES, busy_fraction, UNITS)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[CoverSets, float]:
    """Sets and a busy fraction. Weights of few values make ties common; others make sums round."""
    bases = draw(st.integers(1, 7))
    weights = draw(st.sampled_from([st.sampled_from([0.1, 0.2, 0.3]), st.floats(1e-3, 1e3), st.just(1.0)]))
    rows = draw(st.lists(st.tuples(st.sets(st.integers(0, bases - 1), min_size=1), weights), max_size=12))
    return sets_of(*rows, bases=bases), draw(st.sampled_from([0.0, 0.25, 0.4, 0.5, 0.9]))


def gains_anew(sets: CoverSets, q: float, units_at: list[int]) -> list[float]:
    """Twin: every gain by the formula, sets in ascending order."""
    k = [sum(n for b, n in enumerate(units_at) if row[b]) for row in sets.covers]
    gains = []
    for b in range(len(units_at)):
        total = 0.0
        for g, row in enumerate(sets.covers):
            if row[b]:
                total += float(sets.weight[g]) * (q ** k[g] * (1.0 - q))
        gains.append(total)
    return gains


def free_at(cover: Cover, units_at: list[int]) -> FreeNow:
    now = nobody_free(cover)
    for base, units in enumerate(units_at):
        for _ in range(units):
            count_free(cover, now, base, 1)
    return now


@given(worlds(), st.data())
def test_a_long_run_of_changes_gives_what_a_plain_twin_forms_anew(
    world: tuple[CoverSets, float], data: st.DataObject
) -> None:
    sets, q = world
    cover = pack_cover(sets, q, UNITS)
    now = nobody_free(cover)
    bases = sets.covers.shape[1]
    units_at = [0] * bases
    for step in data.draw(st.lists(st.integers(-2, bases - 1), max_size=40)):
        if step == -2:  # a unit becomes free
            gains = gains_anew(sets, q, units_at)
            best = best_base(cover, now)
            assert now.gain.tolist() == pytest.approx(gains, rel=1e-13)
            # Never less than any other by what its own numbers say, and the first of equals.
            assert best == now.gain.tolist().index(max(now.gain.tolist()))
            if sum(units_at) < UNITS:
                count_free(cover, now, best, 1)
                units_at[best] += 1
        elif step == -1 and any(units_at):  # one is sent
            base = data.draw(st.sampled_from([b for b in range(bases) if units_at[b]]))
            count_free(cover, now, base, -1)
            units_at[base] -= 1
        elif step >= 0 and sum(units_at) < UNITS:
            count_free(cover, now, step, 1)
            units_at[step] += 1
    # Not a bit has drifted: the same counts from scratch give the same sums.
    fresh = free_at(cover, units_at)
    assert best_base(cover, now) == best_base(cover, fresh)
    assert now.k.tolist() == fresh.k.tolist()
    assert now.gain.tobytes() == fresh.gain.tobytes()


@given(worlds(), st.lists(st.integers(0, 6), max_size=UNITS - 1), st.integers(0, 6))
def test_one_more_free_unit_never_raises_any_gain(world: tuple[CoverSets, float], free: list[int], more: int) -> None:
    sets, q = world
    bases = sets.covers.shape[1]
    cover = pack_cover(sets, q, UNITS)
    now = free_at(cover, np.bincount(np.array(free, np.int64) % bases, minlength=bases).tolist())
    best_base(cover, now)
    before = now.gain.copy()
    count_free(cover, now, more % bases, 1)
    best_base(cover, now)
    assert (now.gain <= before).all()


@given(worlds(), st.lists(st.integers(0, 6), max_size=UNITS - 1), st.integers(0, 6))
def test_gain_and_loss_are_the_two_sides_of_the_expected_cover(
    world: tuple[CoverSets, float], free: list[int], more: int
) -> None:
    sets, q = world
    bases = sets.covers.shape[1]
    base = more % bases
    cover = pack_cover(sets, q, UNITS)
    units_at = np.bincount(np.array(free, np.int64) % bases, minlength=bases)
    now = free_at(cover, units_at.tolist())
    best_base(cover, now)
    gain = now.gain[base]
    count_free(cover, now, base, 1)
    assert loss(cover, now, base) == gain  # to the bit: it takes away what it has brought

    before = expected_cover(sets, units_at, q)
    units_at[base] += 1
    assert expected_cover(sets, units_at, q) - before == pytest.approx(gain, rel=1e-9, abs=1e-9 * (1 + before))
