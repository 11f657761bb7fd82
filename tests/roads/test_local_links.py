from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.roads.density import density_per_km2
from beredt.roads.flat import flat_km
from beredt.roads.local_links import local_links, local_way, triangles_of
from beredt.roads.water import crosses_water
from tests.roads.small import NO_WATER, RULES


def linked(xy: list[tuple[float, float]], water: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = NO_WATER,
           **changed: float) -> set[tuple[int, int]]:  # fmt: skip
    rules = replace(RULES, **changed)  # type: ignore[arg-type]
    points = np.array(xy)
    links = local_links(points, np.zeros(len(xy)), water, rules, triangles_of(points))
    return set(zip(links.start.tolist(), links.end.tolist(), strict=True))


def test_neighbours_are_linked_and_those_too_far_are_not() -> None:
    assert linked([(0, 0), (1, 0), (0, 1), (8, 8)]) == {(0, 1), (0, 2), (1, 2)}


def test_natural_neighbours_are_linked_even_where_others_are_nearer() -> None:
    crowd = [(0.1 * i, 0.05 * (i % 3)) for i in range(10)]
    across = [*crowd, (0.4, 2.0)]
    assert not any(10 in pair for pair in linked(across, neighbours=0, max_km=1.0))
    assert any(10 in pair for pair in linked(across, neighbours=0))


def test_points_on_one_line_are_linked_by_nearness_alone() -> None:
    assert (0, 1) in linked([(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)], neighbours=1)


def test_two_points_and_one_point_and_points_at_one_spot() -> None:
    assert linked([(0, 0), (1, 0)]) == {(0, 1)}
    assert linked([(0, 0)]) == set()
    assert (0, 1) in linked([(0, 0), (0, 0), (1, 1), (1, 0), (0, 1)])


def test_a_link_does_not_cross_water() -> None:
    fjord = np.array([[[0.5, -5.0], [0.5, 5.0]]])
    assert linked([(0, 0), (1, 0), (0, 1), (1, 1)], fjord) == {(0, 2), (1, 3)}


def test_touching_a_shore_is_not_crossing_it() -> None:
    shore = np.array([[[0.0, 0.0], [0.0, 2.0]]])
    start, end = np.array([[0.0, 1.0], [-1.0, 1.0]]), np.array([[1.0, 1.0], [1.0, 1.0]])
    assert crosses_water(start, end, shore).tolist() == [False, True]


@pytest.mark.parametrize(
    ("crow", "people", "km", "minutes"),
    [
        (1.0, 10.0, 1.25, 1.25 * 1.30),
        (1.6, 1000.0, 2.0, 2.0 * 1.35),
        (2.0, 2000.0, 3.8, 3.8 * 1.45),
        (1.0, 4000.0, 1.25, 1.25 * 1.60),
    ],
)
def test_way_and_time_by_hand(crow: float, people: float, km: float, minutes: float) -> None:
    found_km, seconds = local_way(np.array([crow]), np.array([people]), RULES)
    assert found_km[0] == pytest.approx(km)
    assert seconds[0] == pytest.approx(minutes * 60)


def test_density_is_counted_in_a_square_of_three_kilometres() -> None:
    homes = np.array([[0.0, 0.0], [1.4, 1.4], [1.6, 0.0]])
    assert density_per_km2(np.array([[0.0, 0.0]]), homes, np.array([90.0, 9.0, 900.0])) == pytest.approx([11.0])
    assert density_per_km2(np.array([[0.0, 0.0]]), np.empty((0, 2)), np.empty(0)) == pytest.approx([0.0])


def test_a_degree_of_longitude_is_half_as_long_at_sixty_degrees_north() -> None:
    east, north = flat_km(np.array([61.0]), np.array([11.0]), (60.0, 10.0))[0]
    assert (east, north) == pytest.approx((55.8, 111.4), abs=0.1)
