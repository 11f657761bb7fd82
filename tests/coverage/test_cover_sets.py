"""Points are put together by the bases that cover them, and nothing of their weight is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beredt.coverage.cover_sets import F8, B, CoverSets, group_points, join_sets


def as_rows(sets: CoverSets) -> list[tuple[tuple[int, ...], float]]:
    return [
        (tuple(np.flatnonzero(row).tolist()), float(weight))
        for row, weight in zip(sets.covers, sets.weight, strict=True)
    ]


def test_four_points_of_two_bases() -> None:
    covers = np.array([[0, 1, 1, 0, 1], [1, 1, 0, 0, 1]], np.bool_)
    sets = group_points(covers, np.array([5.0, 1.0, 2.0, 8.0, 3.0]))
    assert as_rows(sets) == [((1,), 5.0), ((0, 1), 4.0), ((0,), 2.0)]  # the fourth is out of reach


def test_urgencies_that_the_same_bases_cover_become_one_set() -> None:
    acute = CoverSets(np.array([[1, 0], [1, 1]], np.bool_), np.array([2.0, 3.0]))
    ordinary = CoverSets(np.array([[1, 1], [0, 1]], np.bool_), np.array([4.0, 1.0]))
    assert as_rows(join_sets(acute, ordinary)) == [((0,), 2.0), ((0, 1), 7.0), ((1,), 1.0)]


def test_without_points_or_bases_there_are_no_sets() -> None:
    assert group_points(np.zeros((3, 0), np.bool_), np.zeros(0)).covers.shape == (0, 3)
    assert group_points(np.zeros((0, 4), np.bool_), np.ones(4)).covers.shape == (0, 0)


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match=f"at least 0, got {weight}"):
        group_points(np.ones((1, 2), np.bool_), np.array([1.0, weight]))


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="3"):
        group_points(np.ones((1, 2), np.bool_), np.ones(3))


@st.composite
def points(draw: st.DrawFn) -> tuple[B, F8]:
    """Few points of up to 70 bases: more than fit into two numbers of 32 bits."""
    bases, kinds, count = draw(st.integers(1, 70)), draw(st.integers(1, 5)), draw(st.integers(0, 30))
    kind = draw(arrays(np.bool_, (bases, kinds)))
    of = draw(arrays(np.int64, count, elements=st.integers(0, kinds - 1)))
    weight = draw(arrays(np.float64, count, elements=st.sampled_from([0.0, 0.1, 0.7, 1.0, 3.0])))
    return kind[:, of], weight


@given(points())
def test_a_dictionary_finds_the_same_sets_in_the_same_order(given_points: tuple[B, F8]) -> None:
    covers, weight = given_points
    expected: dict[tuple[int, ...], float] = {}
    for point in range(len(weight)):
        bases = tuple(np.flatnonzero(covers[:, point]).tolist())
        if bases and weight[point] > 0:
            expected[bases] = expected.get(bases, 0.0) + float(weight[point])
    assert as_rows(group_points(covers, weight)) == list(expected.items())
