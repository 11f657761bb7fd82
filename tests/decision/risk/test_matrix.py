"""The matrix: the example that Beredt brings, a study's own, and where a median between two steps is shown."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.risk.matrix import STEPS, matrix_of, step_of


def test_the_example_is_whole_and_never_sinks_where_either_step_rises() -> None:
    matrix = matrix_of({})
    assert matrix.is_example
    assert set(matrix.cells) == set(product(STEPS, STEPS))
    for likelihood, consequence in product(STEPS[:-1], STEPS):
        assert matrix.cells[likelihood, consequence] <= matrix.cells[likelihood + 1, consequence]
        assert matrix.cells[consequence, likelihood] <= matrix.cells[consequence, likelihood + 1]
    assert [matrix.get_level(step, step).level for step in (1, 5)] == [1, 3]
    assert len({level.symbol for level in matrix.levels}) == len(matrix.levels), "colour alone tells nothing"


def test_a_study_brings_its_own_cells_levels_and_colours() -> None:
    cells = pl.DataFrame([{"likelihood": a, "consequence": b, "level": 2} for a, b in product(STEPS, STEPS)])
    levels = pl.DataFrame(
        {
            "level": [2, 1],
            "name_en": ["so-so", "fine"],
            "name_nb": ["tja", "greit"],
            "name_nn": [None, "greitt"],
            "colour": ["#102030", "#ffffff"],
            "symbol": ["x", "o"],
        }
    )
    matrix = matrix_of({"risk_matrix": cells, "risk_levels": levels})
    assert not matrix.is_example
    assert [level.level for level in matrix.levels] == [1, 2]
    assert matrix.get_level(1, 1).colour == "#102030"
    assert matrix.get_level(1, 1).names == {"en": "so-so", "nb": "tja"}


@pytest.mark.parametrize(("median", "step"), [(1.0, 1), (2.5, 3), (3.0, 3), (4.5, 5), (5.0, 5)])
def test_half_way_counts_as_the_graver_step(median: float, step: int) -> None:
    assert step_of(median) == step


@given(st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_half_of_the_assessors_never_think_it_graver_than_it_is_shown(scores: list[int]) -> None:
    from statistics import median

    shown = step_of(median(scores))
    assert sum(score > shown for score in scores) <= len(scores) / 2
