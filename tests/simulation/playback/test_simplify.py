"""What is left of a path is near enough, and no more than is needed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beredt.simulation.playback.simplify import kept_points

F8 = NDArray[np.float64]
TOLERANCE = 2.0


def naive(t: F8, xy: F8) -> list[bool]:
    """One path, by the rule as Ramer wrote it: keep the worst point of a gap, then look at both halves."""
    kept = [False] * len(t)

    def split(a: int, b: int) -> None:
        kept[a] = kept[b] = True
        off = [0.0]
        for i in range(a + 1, b):
            share = min(max((t[i] - t[a]) / (t[b] - t[a]), 0.0), 1.0) if t[b] > t[a] else 0.0
            off.append(float(np.hypot(*(xy[i] - xy[a] - share * (xy[b] - xy[a])))))
        if max(off) > TOLERANCE:
            worst = a + off.index(max(off))
            split(a, worst)
            split(worst, b)

    split(0, len(t) - 1)
    return kept


def paths() -> st.SearchStrategy[list[tuple[F8, F8]]]:
    """A few paths of whole seconds and metres: ties and standing still are common."""
    point = st.tuples(st.integers(0, 5), st.integers(-9, 9), st.integers(-9, 9))
    path = st.lists(point, min_size=2, max_size=40).map(
        lambda points: (
            np.cumsum([step for step, _, _ in points]).astype(float),
            np.array([place for _, *place in points], float),
        )
    )
    return st.lists(path, min_size=1, max_size=5)


def kept_of(some: list[tuple[F8, F8]]) -> list[list[bool]]:
    t, xy = np.concatenate([t for t, _ in some]), np.concatenate([xy for _, xy in some])
    first = np.concatenate([[0], np.cumsum([len(t) for t, _ in some])])
    kept = kept_points(t, xy, t, xy, first, TOLERANCE)
    return [kept[a:b].tolist() for a, b in pairwise(first)]


@given(paths())
def test_many_paths_at_once_are_as_one_by_one(some: list[tuple[F8, F8]]) -> None:
    assert kept_of(some) == [naive(t, xy) for t, xy in some]


@given(paths())
def test_no_point_is_further_off_than_the_tolerance(some: list[tuple[F8, F8]]) -> None:
    for (t, xy), kept in zip(some, kept_of(some), strict=True):
        steady = np.append(np.diff(t) > 0, True)  # at a jump two places are right
        keys = np.flatnonzero(kept)
        shown = np.column_stack([np.interp(t, t[keys], axis[keys]) for axis in xy.T])
        off = np.hypot(*(xy - shown).T)
        assert (off[steady & np.append(True, np.diff(t) > 0)] <= TOLERANCE + 1e-9).all()


def test_even_driving_needs_its_ends_alone() -> None:
    t = np.arange(100.0)
    assert np.flatnonzero(kept_of([(t, np.column_stack([3 * t, -t]))])[0]).tolist() == [0, 99]


def test_a_stop_on_a_straight_road_is_kept() -> None:
    """The line is the same, the time is not."""
    t = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
    x = np.array([0.0, 100.0, 100.0, 100.0, 200.0])
    assert np.flatnonzero(kept_of([(t, np.column_stack([x, 0 * x]))])[0]).tolist() == [0, 1, 3, 4]


def test_rounding_of_the_ends_is_reckoned_with() -> None:
    """Measured from the places that are written down: a rounded end may make a point between needed."""
    t, xy = np.array([0.0, 1.0, 2.0]), np.array([[0.0, 0.0], [1.9, 0.0], [0.0, 0.0]])
    written = np.array([[-0.5, 0.0], [2.0, 0.0], [-0.5, 0.0]])
    first = np.array([0, 3])
    assert not kept_points(t, xy, t, xy, first, TOLERANCE)[1]
    assert kept_points(t, xy, t, written, first, TOLERANCE)[1]
