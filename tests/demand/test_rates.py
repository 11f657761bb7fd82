"""Expected incidents by area and urgency."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.demand.population import people_by_age
from beredt.demand.rates import shaped_by_age, yearly_incidents
from beredt.errors import StudyError
from beredt.model.edits.scale_rate import ScaleRate
from beredt.model.service import Service
from tests.demand.small_service import (
    OLD_SHARES,
    PER_1000,
    PLACES,
    RELATIVE,
    YEAR,
    YOUNG_SHARES,
    small_age_shares,
    small_population,
    small_service,
)


def yearly(service: Service) -> np.ndarray:
    return yearly_incidents(service, people_by_age(service.areas, small_population(), small_age_shares(), YEAR))


def test_a_story_by_hand() -> None:
    """Two areas of 1,000: young at need 1, old at need 3. 40 incidents per 1,000 are 80 in all, split 1 : 3."""
    people = np.array([[1000.0, 0.0], [0.0, 1000.0]])
    incidents = shaped_by_age(np.array([[40.0]]), np.array([0, 0]), people, np.array([1.0, 3.0]), np.ones(2))
    np.testing.assert_allclose(incidents, [[20.0], [60.0]])


def test_a_region_keeps_its_level_per_resident() -> None:
    incidents = yearly(small_service())
    for region, per_1000 in PER_1000.items():
        rows = [i for i, place in enumerate(PLACES) if place[3] == region]
        people = sum(PLACES[i][2] for i in rows)
        np.testing.assert_allclose(incidents[rows].sum(axis=0), np.array(per_1000) / 1000 * people)


def test_age_moves_incidents_to_the_old() -> None:
    """Area a2 is old, a1 young, both in one region: their incidents per resident are as their mean need."""
    incidents = yearly(small_service())
    need = np.array(OLD_SHARES) @ RELATIVE / sum(OLD_SHARES), np.array(YOUNG_SHARES) @ RELATIVE / sum(YOUNG_SHARES)
    np.testing.assert_allclose(
        incidents[1] / PLACES[1][2] / (incidents[0] / PLACES[0][2]), [need[0] / need[1]] * 3, rtol=1e-9
    )


def test_equal_need_means_people_alone() -> None:
    service = small_service()
    same = replace(service, age_rates=tuple(replace(rate, relative=2.5) for rate in service.age_rates))
    expected = [np.array(PER_1000[place[3]]) / 1000 * place[2] for place in PLACES]
    np.testing.assert_allclose(yearly(same), expected)


def test_the_need_factor_multiplies_its_area_alone() -> None:
    service = small_service()
    scaled = ScaleRate(urgency="*", factor=0.8, districts=("old",)).apply(service)
    ratio = yearly(scaled)[[0, 1, 7]] / yearly(service)[[0, 1, 7]]
    np.testing.assert_allclose(ratio, [[1.0] * 3, [0.8] * 3, [0.8] * 3])


def test_a_rate_scales_its_urgency_alone() -> None:
    service = small_service()
    scaled = ScaleRate(urgency="H", factor=1.5, rate_regions=("town",)).apply(service)
    np.testing.assert_allclose(yearly(scaled)[0] / yearly(service)[0], [1.0, 1.5, 1.0])
    np.testing.assert_array_equal(yearly(scaled)[3], yearly(service)[3])


@given(
    people=st.lists(st.lists(st.just(0.0) | st.floats(0.1, 1e5), min_size=3, max_size=3), min_size=1, max_size=12),
    relative=st.lists(st.just(0.0) | st.floats(0.01, 100), min_size=3, max_size=3),
    regions=st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
def test_totals_hold_for_any_ages(people: list[list[float]], relative: list[float], regions: list[int]) -> None:
    p, region = np.array(people), np.array(regions[: len(people)])
    levels = np.array([[40.0, 10.0], [30.0, 0.0], [5.0, 5.0]])
    incidents = shaped_by_age(levels, region, p, np.array(relative), np.ones(len(p)))
    assert np.all(incidents >= 0.0)
    for r in range(3):
        total = levels[r] / 1000 * p[region == r].sum()
        np.testing.assert_allclose(incidents[region == r].sum(axis=0), total, rtol=1e-9, atol=1e-300)


def test_a_region_where_nobody_lives_has_no_incidents() -> None:
    incidents = shaped_by_age(np.array([[40.0]]), np.array([0]), np.zeros((1, 2)), np.ones(2), np.ones(1))
    assert incidents.tolist() == [[0.0]]


def test_missing_rates_are_an_issue() -> None:
    service = small_service()
    with pytest.raises(StudyError, match="no rate for urgency V in rate region town"):
        yearly(replace(service, rates=tuple(r for r in service.rates if (r.rate_region, r.urgency) != ("town", "V"))))


def test_need_of_nobody_is_an_issue() -> None:
    with pytest.raises(StudyError, match="no age band needs anything"):
        yearly(replace(small_service(), age_rates=()))
