"""Compliance tables against a twin that tries every configuration and every assignment."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.dispatch.compliance import compliance_room, compliance_table, goals_in_table

Table = dict[int, list[list[int]]]

BASES, UNITS = 4, 5
bases = st.integers(0, BASES - 1)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = draw(st.sets(st.integers(1, UNITS)))
    return {n: draw(st.lists(st.lists(bases, min_size=1, max_size=n), min_size=1, max_size=3)) for n in sorted(rows)}


def goals(table: Table, drive: list[list[int]], home: list[int]) -> list[int] | None:
    n = len(home)
    goal = np.full(UNITS, -1, np.int32)
    drive_ms = np.array(drive, np.int64).reshape(n, BASES)
    found = goals_in_table(
        compliance_table(table, UNITS), n, drive_ms, np.array(home, np.int32), goal, compliance_room(UNITS)
    )
    return [int(base) for base in goal[:n]] if found else None


def goals_by_trying(table: Table, drive: list[list[int]], home: list[int]) -> list[int] | None:
    """Twin: configurations in order, assignments in the order of a dictionary; strictly better only."""
    n = len(home)
    known = [size for size in table if size <= n]
    if not known or n == 0:
        return None
    best: tuple[int, list[int]] | None = None
    for slots in table[max(known)]:
        for order in permutations(range(n)):
            goal = [slots[j] if j < len(slots) else home[i] for i, j in enumerate(order)]
            total = sum(drive[i][goal[i]] for i in range(n))
            if best is None or total < best[0]:
                best = total, goal
    return best[1] if best else None


@given(st.data(), tables())
def test_as_trying_all(data: st.DataObject, table: Table) -> None:
    home = data.draw(st.lists(bases, min_size=0, max_size=UNITS))
    row = st.lists(st.integers(0, 9), min_size=BASES, max_size=BASES)
    drive = [data.draw(row) for _ in home]
    assert goals(table, drive, home) == goals_by_trying(table, drive, home)


def test_the_configuration_with_the_least_driving() -> None:
    drive = [[0, 5, 9, 9], [5, 0, 2, 9]]
    assert goals({2: [[0, 3], [0, 2], [2, 0]]}, drive, [0, 1]) == [0, 2]


def test_extra_units_go_home_and_their_drive_counts() -> None:
    # The nearer unit is far from its home; it fills the slot although the other would be as near.
    drive = [[3, 0, 9, 9], [3, 9, 0, 9], [3, 9, 9, 7]]
    assert goals({1: [[0]]}, drive, [1, 2, 3]) == [1, 2, 0]


def test_one_configuration_may_hold_a_base_twice() -> None:
    drive = [[0, 5, 9, 9], [1, 0, 2, 9]]
    assert goals({2: [[0, 0]]}, drive, [1, 1]) == [0, 0]
