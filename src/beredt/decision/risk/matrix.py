"""The risk matrix: which level every pair of likelihood and consequence has, and how levels look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import floor

import polars as pl

STEPS = (1, 2, 3, 4, 5)
"""Steps of likelihood and of consequence, lowest first."""


@dataclass(frozen=True, slots=True)
class RiskLevel:
    """One level: its number from 1, its name by language, its colour (#rrggbb) and the sign that stands for it."""

    level: int
    names: Mapping[str, str]
    colour: str
    symbol: str


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """`cells` gives the level of every (likelihood, consequence), 25 in all; `levels` are in ascending order.

    `is_example` says that the study brought none and the matrix is the one that Beredt comes with: an example, of which
    nobody has decided anything.
    """

    cells: Mapping[tuple[int, int], int]
    levels: tuple[RiskLevel, ...]
    is_example: bool

    def get_level(self, likelihood: int, consequence: int) -> RiskLevel:
        """The level of a cell. Raises KeyError outside 1 to 5."""
        number = self.cells[likelihood, consequence]
        return next(one for one in self.levels if one.level == number)


def matrix_of(tables: Mapping[str, pl.DataFrame]) -> RiskMatrix:
    """The matrix of a study's tables `risk_matrix` and `risk_levels`; the example where it brings no matrix.

    A study may bring levels alone, to give the example's levels other names and colours.
    """
    own_cells, own_levels = tables.get("risk_matrix"), tables.get("risk_levels")
    example = own_cells is None or own_cells.is_empty()
    cells = _example("matrix") if own_cells is None or own_cells.is_empty() else own_cells
    levels = _example("levels") if own_levels is None or own_levels.is_empty() else own_levels
    return RiskMatrix(
        cells={(row["likelihood"], row["consequence"]): row["level"] for row in cells.iter_rows(named=True)},
        levels=tuple(_level(row) for row in levels.sort("level").iter_rows(named=True)),
        is_example=example,
    )


def step_of(median: float) -> int:
    """The step that a median is shown at: half-way between two steps, the graver of them.

    An event is never shown as less than what half of the assessors hold it to be.
    """
    return floor(median + 0.5)


def _level(row: Mapping[str, object]) -> RiskLevel:
    names = {language: str(row[f"name_{language}"]) for language in ("en", "nb", "nn") if row[f"name_{language}"]}
    return RiskLevel(int(str(row["level"])), names, str(row["colour"]), str(row["symbol"]))


@cache
def _example(name: str) -> pl.DataFrame:
    text = files("beredt.decision.risk").joinpath(f"default_{name}.csv").read_bytes()
    return pl.read_csv(text)
