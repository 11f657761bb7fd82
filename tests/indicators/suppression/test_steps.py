"""Tables chosen step by step: what is found by short ways is what plain programs, one for every cell, say."""

from __future__ import annotations

import heapq

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import F8, I8, AdditiveTable, B, Relation, additive_table
from beredt.indicators.suppression.attacker import unknowns_of
from beredt.indicators.suppression.choose import ENOUGH, choose_hidden
from beredt.indicators.suppression.neighbourhood import Web, near_cells, web_of
from beredt.indicators.suppression.program import least_cost
from beredt.indicators.suppression.stuck import movable_cells

THRESHOLD = 5
TINY = 1e-6
SEEDS = st.integers(0, 2**32 - 1)


def with_margins(values: I8) -> I8:
    for axis in range(values.ndim):
        values = np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)
    return values


def least(cost: F8, low: F8, high: F8, relations: csr_array, right: F8) -> float:
    """The least cost of values between low and high that obey all relations; -inf without limit."""
    rows = LinearConstraint(relations, right, right) if relations.shape[0] else ()
    found = milp(cost, bounds=Bounds(low, high), constraints=rows)
    return -np.inf if found.x is None else float(found.fun)


def ranked_cube(seed: int, mean: float, shape: tuple[int, ...] = (2, 3, 3)) -> AdditiveTable:
    """Three dimensions with all margins, a part of every cell that follows it, and what is coarse before what is fine.

    Cells of the cube come first, and then, in the same order, how many of each were late.
    """
    random = np.random.default_rng(seed)
    values = random.poisson(mean * random.random(shape))
    late = random.binomial(values, 0.3)
    both = [with_margins(values), with_margins(late)]
    size = both[0].size
    place = np.arange(size).reshape(both[0].shape)
    lines = [line for axis in range(3) for line in np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])]
    relations = [
        Relation(start + int(line[-1]), tuple((start + line[:-1]).tolist())) for start in (0, size) for line in lines
    ]
    timely = (both[0] - both[1]).ravel()
    relations += [Relation(cell, (size + cell, 2 * size + cell)) for cell in range(size)]
    rank = sum((np.indices(place.shape)[axis] < place.shape[axis] - 1).astype(np.int64) for axis in range(place.ndim))
    assert isinstance(rank, np.ndarray)
    counts = np.concatenate([both[0].ravel(), both[1].ravel(), timely])
    return additive_table(counts, relations, leader=np.tile(np.arange(size), 3), rank=np.tile(rank.ravel(), 3))


def spans(table: AdditiveTable, hidden: B, asked: B) -> dict[int, float]:
    """How far apart the least and the greatest value of hidden cells are, broken numbers included."""
    found: dict[int, float] = {}
    for unknowns in unknowns_of(table.relations, table.counts, hidden):
        for place, cell in enumerate(unknowns.cells.tolist()):
            if not asked[cell]:
                continue
            towards = np.zeros(unknowns.cells.size)
            towards[place] = 1.0
            ends = np.ones(towards.size), np.full(towards.size, np.inf)
            low, high = (least(sign * towards, *ends, unknowns.relations, unknowns.right) for sign in (1, -1))
            found[cell] = -high - low
    return found


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.sampled_from([3.0, 8.0, 40.0]))
def test_every_small_count_of_a_table_in_steps_keeps_three_values(seed: int, mean: float) -> None:
    table = ranked_cube(seed, mean)
    chosen = choose_hidden(table, THRESHOLD)
    assert chosen.hidden[chosen.small].all()
    seen = spans(table, chosen.hidden, chosen.small)
    # With everything hidden a total of two is still known to be at least two.
    doubtful = np.isin(np.arange(table.counts.size), [cell for cell, span in seen.items() if span < ENOUGH - TINY])
    for cell, most in spans(table, table.counts > 0, doubtful).items():
        assert seen[cell] >= min(ENOUGH, most) - TINY


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.floats(0.1, 0.9))
def test_a_cell_called_stuck_is_stuck(seed: int, share: float) -> None:
    """Plain programs: every flow leaves it as it is, whatever it is asked to do."""
    random = np.random.default_rng(seed)
    table = ranked_cube(seed, 6.0, (2, 2, 2))
    counts = np.maximum(table.counts, 1)
    free = random.random(counts.size) < share
    movable = movable_cells(table.relations, counts, free)
    assert not (movable & ~free).any()
    low, high = np.where(free, 1.0 - counts, 0.0), np.where(free, 10.0, 0.0)
    for cell in np.flatnonzero(free & ~movable).tolist():
        towards = np.zeros(counts.size)
        towards[cell] = 1.0
        for sign in (1, -1):
            assert abs(least(sign * towards, low, high, table.relations, np.zeros(table.relations.shape[0]))) < TINY


def test_a_count_of_one_between_printed_ones_and_another_one_is_stuck() -> None:
    """1 + 1 of a printed total of 12 with a printed 10: neither can go down, so neither can go up."""
    table = additive_table([1, 1, 10, 12], [Relation(3, (0, 1, 2))])
    assert not movable_cells(table.relations, table.counts, np.array([True, True, False, False])).any()
    assert movable_cells(table.relations, table.counts, np.array([True, True, True, False])).sum() == 3


def near_by_hand(web: Web, cells: list[int], most: int) -> set[int]:
    """Relations by how far away they are, those of one distance in their order."""
    relations, found, asked = web.relations, set(cells), set()
    by_cell = [web.by_cell[[cell]].indices.tolist() for cell in range(web.part.size)]
    width = np.diff(relations.indptr).tolist()
    waiting = [(width[one], one) for cell in cells for one in by_cell[cell]]
    heapq.heapify(waiting)
    while waiting and len(found) < most:
        far, relation = heapq.heappop(waiting)
        if relation in asked:
            continue
        asked.add(relation)
        for cell in relations[[relation]].indices.tolist():
            if cell not in found:
                found.add(cell)
                for other in by_cell[cell]:
                    heapq.heappush(waiting, (far + width[other], other))
    return found


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(3, 60))
def test_near_cells_are_those_that_a_list_of_what_is_waiting_gives(seed: int, most: int) -> None:
    random = np.random.default_rng(seed)
    table = ranked_cube(seed, 6.0)
    free = random.random(table.counts.size) < 0.8
    web = web_of(table.relations, free)
    cells = np.sort(random.choice(np.flatnonzero(free), 2, replace=False))
    near = near_cells(web, cells, most)
    assert (np.diff(near) > 0).all()
    if web.parts_of(cells).size > most:
        assert set(near.tolist()) == near_by_hand(web, cells.tolist(), most)
    else:
        assert near.tolist() == web.parts_of(cells).tolist()


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_the_quick_program_finds_what_a_checked_one_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    relations = ranked_cube(seed, 6.0).relations
    cost = random.normal(size=relations.shape[1])
    low, high = -random.integers(0, 5, cost.size).astype(float), random.integers(0, 9, cost.size).astype(float)
    found = least_cost(cost, low, high, csr_array(relations.T))
    wanted = least(cost, low, high, relations, np.zeros(relations.shape[0]))
    assert found is not None
    assert abs(relations @ found).max() < TINY
    assert abs(cost @ found - wanted) < TINY


def test_the_same_table_loses_the_same_cells_every_time() -> None:
    table = ranked_cube(1, 8.0)
    first = choose_hidden(table, THRESHOLD).hidden
    assert (choose_hidden(table, THRESHOLD).hidden == first).all()
