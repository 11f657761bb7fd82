"""People by area and age band."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from beredt.demand.population import AGE_BANDS, people_by_age, people_by_area
from beredt.errors import StudyError
from beredt.model.dictionary import load_tables
from tests.demand.small_service import (
    OLD,
    OLD_SHARES,
    PLACES,
    YEAR,
    YOUNG_SHARES,
    small_age_shares,
    small_areas,
    small_population,
)


def test_people_in_the_order_of_the_areas() -> None:
    shuffled = small_population().reverse()
    assert people_by_area(small_areas(), shuffled, YEAR).tolist() == [place[2] for place in PLACES]


def test_the_district_goes_before_the_municipality() -> None:
    people = people_by_age(small_areas(), small_population(), small_age_shares(), YEAR)
    for row, (name, _, total, _) in zip(people, PLACES, strict=True):
        shares = np.array(OLD_SHARES if name in OLD else YOUNG_SHARES)
        np.testing.assert_allclose(row, total * shares / shares.sum(), rtol=1e-12)


def test_rounded_shares_move_nobody_away() -> None:
    rounded = small_age_shares().with_columns(pl.col("share") * 0.97)
    people = people_by_age(small_areas(), small_population(), rounded, YEAR)
    np.testing.assert_allclose(people.sum(axis=1), [place[2] for place in PLACES], rtol=1e-12)


def test_a_band_without_a_row_is_empty() -> None:
    shares = small_age_shares().filter(pl.col("age_band") != "90+")
    people = people_by_age(small_areas(), small_population(), shares, YEAR)
    assert not people[:, AGE_BANDS.index("90+")].any()


def test_a_year_without_people_is_an_issue() -> None:
    with pytest.raises(StudyError) as caught:
        people_by_area(small_areas(), small_population(), 1999)
    [issue] = caught.value.issues
    assert issue.text().startswith("population, area: nothing for a1 in 1999")


def test_a_region_without_shares_is_an_issue() -> None:
    with pytest.raises(StudyError, match="nothing for old in 2026"):
        people_by_age(small_areas(), small_population(), small_age_shares().filter(pl.col("region") != "old"), YEAR)


def test_the_bands_are_those_of_the_field_dictionary() -> None:
    assert load_tables()["age_shares"].get_field("age_band").choices == AGE_BANDS
