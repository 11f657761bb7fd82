"""Ranked lists of bases against a plain twin that strikes entries off."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.dispatch.priority_list import earlier_entries, first_unfilled


def chosen(ranked: list[int], free_at: list[int], otherwise: int = 9) -> int:
    entries = np.array(ranked, np.int32)
    return int(first_unfilled(entries, earlier_entries(entries), np.array(free_at, np.int32), otherwise))


def struck_off(ranked: list[int], free_at: list[int], otherwise: int = 9) -> int:
    """Twin: every other free unit strikes off the first entry of its base; the first one left is the answer."""
    left = list(ranked)
    for base, count in enumerate(free_at):
        for _ in range(count):
            if base in left:
                left.remove(base)
    return left[0] if left else otherwise


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_as_striking_off(ranked: list[int], free_at: list[int]) -> None:
    assert chosen(ranked, free_at) == struck_off(ranked, free_at)


def test_by_hand() -> None:
    ranked = [2, 0, 2, 1]
    assert chosen(ranked, [0, 0, 0]) == 2
    assert chosen(ranked, [0, 0, 1]) == 0
    assert chosen(ranked, [1, 0, 1]) == 2
    assert chosen(ranked, [3, 0, 2]) == 1
    assert chosen(ranked, [1, 1, 2]) == 9
    assert chosen([], [0, 0, 0]) == 9


def test_earlier_entries() -> None:
    assert earlier_entries(np.array([2, 0, 2, 2, 0], np.int32)).tolist() == [0, 0, 1, 2, 1]
    assert earlier_entries(np.zeros(0, np.int32)).tolist() == []
