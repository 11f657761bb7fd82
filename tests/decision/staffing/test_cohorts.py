"""Staff over years, against one person after another."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.ranges import Range
from beredt.decision.staffing.cohorts import OLDEST, YEARS, by_age, intake_of, missing_figures, project


def certain(**values: float) -> dict[str, Range]:
    return {name: Range(value, value, value) for name, value in values.items()}


QUIET = {"turnover_share": 0.0, "intake": 0.0, "intake_age": 24.0, "demand_growth_share": 0.0}


def test_people_go_at_the_age_of_retirement() -> None:
    ages = np.zeros(OLDEST + 1)
    ages[[60, 61, 70]] = 4.0, 2.0, 1.0
    found = project(ages, 7.0, certain(retirement_age=62.0, **QUIET), 1.0, 1)
    # The one at 70 is past it and goes at once; those at 61 have a year left, and those at 60 two.
    assert found.staff[0, :4].tolist() == [7.0, 6.0, 4.0, 0.0]
    assert found.retired[0, :4].tolist() == [0.0, 1.0, 2.0, 4.0]


def test_nobody_takes_in_more_than_complete_their_studies() -> None:
    drawn = {name: np.array([value]) for name, value in (("intake", 20.0), ("study_places", 20.0))}
    assert intake_of(drawn | {"completion_share": np.array([0.8])})[0] == pytest.approx(16.0)
    assert intake_of({"intake": np.array([12.0]), "study_places": np.array([20.0])})[0] == 12.0
    assert intake_of({"intake": np.array([12.0])})[0] == 12.0


@given(
    people=st.lists(st.tuples(st.integers(20, 66), st.floats(0.1, 5.0)), max_size=12),
    retirement=st.integers(58, 67),
    turnover=st.floats(0.0, 0.3),
    intake=st.floats(0.0, 10.0),
)
@settings(max_examples=30, deadline=None)
def test_the_cohorts_are_one_person_after_another(
    people: list[tuple[int, float]], retirement: int, turnover: float, intake: float
) -> None:
    ages = np.zeros(OLDEST + 1)
    for age, fte in people:
        ages[age] += fte
    figures = certain(
        retirement_age=retirement, turnover_share=turnover, intake=intake, intake_age=25.0, demand_growth_share=0.02
    )
    found = project(ages, 100.0, figures, 1.0, 1)
    group = list(people)
    for year in range(1, YEARS + 1):
        group = [(age + 1, fte * (1 - turnover)) for age, fte in group if age < retirement]
        group.append((25, intake))
        assert found.staff[0, year] == pytest.approx(sum(fte for _, fte in group))
        assert found.need[0, year] == pytest.approx(100.0 * 1.02**year)
    moved = found.joined - found.retired - found.left
    assert np.diff(found.staff[0]) == pytest.approx(moved[0, 1:], abs=1e-9), "nobody appears and nobody vanishes"


def test_bands_are_spread_over_their_ages() -> None:
    bands = pl.DataFrame({"organisation": ["a", "b"], "age_from": [20, 24], "age_to": [23, 24], "fte": [8.0, 3.0]})
    assert by_age(bands, None)[19:26].tolist() == [0.0, 2.0, 2.0, 2.0, 2.0, 3.0, 0.0]
    assert by_age(bands, "b").sum() == 3.0


def test_missing_figures_are_named() -> None:
    assert missing_figures(certain(retirement_age=62.0, intake=3.0)) == (
        *("turnover_share", "intake_age", "demand_growth_share"),
    )
