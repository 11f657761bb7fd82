"""Units in two places at once, held against every pair of missions."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from beredt.missions.checks.overlaps import overlapping, overlaps_earlier

MISSIONS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 30), st.integers(0, 9)), max_size=14)


def at_once(begin: int, end: int, other_begin: int, other_end: int) -> bool:
    """Whether the unit is still away on the other mission when it rolls, or rolls to the other before it is free."""
    return other_begin <= begin < other_end or begin < other_begin < end


def slow(missions: list[tuple[int, int, int, int]]) -> list[bool]:
    """Every mission against every other of its unit that is earlier: by day, then by when it rolls, then by row."""
    found = []
    for row, (unit, day, begin, length) in enumerate(missions):
        earlier = [
            (other_begin, other_begin + other_length)
            for other, (its, other_day, other_begin, other_length) in enumerate(missions)
            if its == unit and (other_day, other_begin, other) < (day, begin, row)
        ]
        found.append(any(at_once(begin, begin + length, *one) for one in earlier))
    return found


@given(MISSIONS)
@example([(0, 1, 0, 0), (0, 0, 0, 1)])  # of no length, at the very moment at which one of an earlier day begins
@example([(0, 0, 0, 0), (0, 0, 0, 1)])  # and of the same day, where the row decides
def test_the_slow_twin_agrees(missions: list[tuple[int, int, int, int]]) -> None:
    unit, day, begin, length = (np.array([one[k] for one in missions], np.int64) for k in range(4))
    assert overlapping(unit, day, begin, begin + length).tolist() == slow(missions)


@given(MISSIONS, MISSIONS)
def test_cut_in_two_it_is_the_same(
    first: list[tuple[int, int, int, int]], then: list[tuple[int, int, int, int]]
) -> None:
    """All missions of one unit, those of the second part on later days."""
    one = [(0, day, begin, length) for _, day, begin, length in first]
    two = [(0, day + 3, begin, length) for _, day, begin, length in then]
    own, earlier = (tuple(np.array([row[k] for row in rows], np.int64) for k in range(4)) for rows in (two, one))
    alone = overlapping(own[0], own[1], own[2], own[2] + own[3])
    across = overlaps_earlier(own[2], own[2] + own[3], earlier[2], earlier[2] + earlier[3])
    assert (alone | across).tolist() == slow([*one, *two])[len(one) :]
