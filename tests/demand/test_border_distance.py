"""Distance to the areas of another centre."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.demand import border_distance
from beredt.demand.border_distance import border_distance_km, distance_between_km, distance_to_km
from tests.demand.small_service import small_service, with_areas


def test_a_row_of_areas_by_hand() -> None:
    """a4 and b1 lie 5 km apart, and the other's cell begins half a kilometre before its point."""
    distance = border_distance_km(small_service())
    np.testing.assert_allclose(distance, [7.5, 6.5, 5.5, 4.5, 4.5, 5.5, 6.5, 7.5], atol=0.01)


def test_without_another_centre_there_is_no_border() -> None:
    service = small_service()
    alone = with_areas(service, [replace(area, centre="centre-a") for area in service.areas])
    assert np.isinf(border_distance_km(alone)).all()


def test_the_border_follows_the_areas_when_they_change_centre() -> None:
    service = small_service()
    moved = [replace(a, centre="centre-b" if a.id == "a4" else a.centre) for a in service.areas]
    np.testing.assert_allclose(border_distance_km(with_areas(service, moved))[:4], [2.5, 1.5, 0.5, 0.5], atol=0.01)


def test_distance_to_a_municipality() -> None:
    areas = small_service().areas
    there = np.array([area.municipality == "east" for area in areas])
    distance = distance_between_km(areas, there)
    np.testing.assert_allclose(distance[:4], [7.5, 6.5, 5.5, 4.5], atol=0.01)
    assert not distance[there].any()
    assert np.isinf(distance_between_km(areas, np.zeros(len(areas), np.bool_))).all()


PLACE = st.tuples(st.floats(-20, 20), st.floats(-20, 20))


@given(st.lists(PLACE, min_size=1, max_size=15), st.lists(st.tuples(PLACE, st.sampled_from([0.25, 0.5])), max_size=15))
def test_equals_looking_at_every_pair(
    here: list[tuple[float, float]], there: list[tuple[tuple[float, float], float]]
) -> None:
    points = np.array([place for place, _ in there]).reshape(-1, 2)
    distance = distance_to_km(np.array(here), points, np.array([half for _, half in there]))
    for (x, y), got in zip(here, distance, strict=True):
        every = (max(float(np.hypot(x - u, y - v)) - half, 0.0) for (u, v), half in there)
        assert got == pytest.approx(min(every, default=np.inf), abs=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 60))
def test_few_and_many_points_are_searched_alike(seed: int, here: int, there: int) -> None:
    """All pairs, or a search tree: to the last bit the same."""
    pick = np.random.default_rng(seed)
    points, others = pick.normal(0.0, 50.0, (here, 2)), pick.normal(0.0, 50.0, (there, 2))
    half_km = pick.choice([0.25, 0.5], there)
    by_pairs = distance_to_km(points, others, half_km)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(border_distance, "MOST_PAIRS", 0)
        by_tree = distance_to_km(points, others, half_km)
    assert np.array_equal(by_pairs, by_tree)
