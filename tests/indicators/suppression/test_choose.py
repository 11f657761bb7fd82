"""What is left out cannot be worked out: an attacker who counts through every table, and one who solves programs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.suppression.additive import AdditiveTable, Relation, additive_table
from beredt.indicators.suppression.attacker import known_range, least_possible
from beredt.indicators.suppression.choose import choose_hidden

THRESHOLD = 5

COUNTS = st.integers(0, 15) | st.integers(0, 3)
BODIES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=2, max_size=4)
)


def row(*parts: int) -> AdditiveTable:
    """Parts, and their total as the last cell."""
    return additive_table([*parts, sum(parts)], [Relation(len(parts), tuple(range(len(parts))))])


def grid(body: Sequence[Sequence[int]]) -> AdditiveTable:
    """A table of two dimensions with all its margins; the grand total is the last cell."""
    whole = np.array(body, dtype=np.int64)
    whole = np.vstack([whole, whole.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    place = np.arange(whole.size).reshape(whole.shape)
    relations = [Relation(int(line[-1]), tuple(line[:-1].tolist())) for line in (*place, *place.T)]
    return additive_table(whole.ravel(), relations)


def cube(values: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> AdditiveTable:
    """A table of three dimensions with all its margins."""
    for axis in range(3):
        values = np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)
    place = np.arange(values.size).reshape(values.shape)
    lines = [line for axis in range(3) for line in np.moveaxis(place, axis, -1).reshape(-1, values.shape[axis])]
    return additive_table(values.ravel(), [Relation(int(line[-1]), tuple(line[:-1].tolist())) for line in lines])


def holds(table: AdditiveTable, threshold: int) -> None:
    """The rule, judged by the attacker who solves programs."""
    chosen = choose_hidden(table, threshold)
    assert chosen.hidden[chosen.small].all()
    seen = known_range(table, chosen.hidden)
    for cell in np.flatnonzero(chosen.small):
        assert seen.low[cell] <= max(1.0, least_possible(table, int(cell)))
        assert seen.high[cell] >= threshold - 1
        assert seen.low[cell] < seen.high[cell]


def test_a_row_with_one_small_part_loses_its_next_smallest_too() -> None:
    assert choose_hidden(row(3, 20, 8, 90), THRESHOLD).hidden.tolist() == [True, False, True, False, False]


def test_zeros_are_printed_and_help_nobody() -> None:
    assert choose_hidden(row(3, 0, 8), THRESHOLD).hidden.tolist() == [True, False, True, False]


def test_two_small_parts_that_make_less_than_the_threshold_need_a_third() -> None:
    """1 + 1 of a known total of 102: without a third hidden part both would be known."""
    assert choose_hidden(row(1, 1, 100), THRESHOLD).hidden.tolist() == [True, True, True, False]


def test_nothing_small_nothing_hidden() -> None:
    assert not choose_hidden(row(5, 20, 8, 90), THRESHOLD).hidden.any()


def test_threshold_of_nought_hides_nothing() -> None:
    assert not choose_hidden(row(1, 2, 3), 0).hidden.any()


def test_a_square_is_not_given_away_by_its_rows_and_columns() -> None:
    """Two hidden cells in each row and column, and yet a sum of rows less a sum of columns would tell one of them."""
    table = grid([[2, 30, 40], [50, 3, 60], [70, 80, 90]])
    holds(table, THRESHOLD)


def test_a_cell_follows_its_leader() -> None:
    """Late and in time follow the number of incidents."""
    relations = [Relation(3, (0, 1, 2)), Relation(0, (4, 5))]
    table = additive_table([3, 40, 50, 93, 3, 0], relations, leader=[0, 1, 2, 3, 0, 0])
    assert choose_hidden(table, THRESHOLD).hidden[[0, 4, 5]].all()


def test_parts_must_make_their_total() -> None:
    with pytest.raises(ValueError, match="the parts of cell 2 make 3, not 4"):
        additive_table([1, 2, 4], [Relation(2, (0, 1))])


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_counting_through_every_row(parts: list[int]) -> None:
    """The slow twin: every row of whole numbers that agrees with what is printed."""
    table = row(*parts)
    hidden = choose_hidden(table, THRESHOLD).hidden
    most = sum(parts) + THRESHOLD
    choices = [range(1, most + 1) if h and n else (n,) for n, h in zip(parts, hidden, strict=False)]
    agreeing = [one for one in itertools.product(*choices) if hidden[-1] or sum(one) == sum(parts)]
    for place, count in enumerate(parts):
        if 0 < count < THRESHOLD:
            assert {one[place] for one in agreeing} >= set(range(1, THRESHOLD))


@settings(max_examples=60)
@given(BODIES)
def test_tables_of_two_dimensions(body: list[list[int]]) -> None:
    holds(grid(body), THRESHOLD)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 5, 10]), st.sampled_from([2.0, 8.0, 40.0]))
def test_tables_of_three_dimensions(seed: int, threshold: int, mean: float) -> None:
    random = np.random.default_rng(seed)
    holds(cube(random.poisson(mean * random.random((3, 3, 2)))), threshold)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=8))
def test_hidden_parts_of_a_printed_total_add_up_to_the_threshold(parts: list[int]) -> None:
    """Else a mean of the whole and means of the others would give away a mean of fewer."""
    table = row(*parts)
    hidden = choose_hidden(table, THRESHOLD).hidden
    together = sum(n for n, h in zip(parts, hidden, strict=False) if h)
    assert hidden[-1] or together == 0 or together >= THRESHOLD
