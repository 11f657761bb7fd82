"""What must hold in the tables of the risk analysis: scores come in pairs, and the matrix is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Tables

STEPS = 5
EXAMPLE_LEVELS = frozenset({1, 2, 3})
"""Levels of the matrix and of the names that stand in where a study brings none."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_risk(tables: Tables) -> Iterator[Issue]:
    """Half answers, a matrix with holes, levels without a name, and colours that are none."""
    yield from _half_answers(tables)
    yield from _holes(tables)
    yield from _nameless_levels(tables)
    yield from _colours(tables)


def _half_answers(tables: Tables) -> Iterator[Issue]:
    if "risk_scores" not in tables:
        return
    table = tables["risk_scores"]
    for stage in ("before", "after"):
        given = [pl.col(f"{dimension}_{stage}").is_null() for dimension in ("likelihood", "consequence")]
        half = table.frame.select(given[0] != given[1]).to_series().arg_true().to_list()
        if half:
            message = f"likelihood or consequence {stage} measures is given without the other"
            yield table.issue(half, f"likelihood_{stage}", message, "give both, or neither")


def _holes(tables: Tables) -> Iterator[Issue]:
    if "risk_matrix" not in tables or tables["risk_matrix"].frame.is_empty():
        return
    table = tables["risk_matrix"]
    there = set(table.frame.select("likelihood", "consequence").iter_rows())
    steps = range(1, STEPS + 1)
    missing = [cell for cell in product(steps, steps) if cell not in there]
    if missing:
        message = f"{len(missing)} cells of the matrix have no level, the first likelihood {missing[0][0]}"
        remedy = "give all 25 cells a level, or leave the table out"
        yield table.whole_issue("level", f"{message} and consequence {missing[0][1]}", remedy)


def _nameless_levels(tables: Tables) -> Iterator[Issue]:
    """Levels of the cells that no name belongs to: the study's own, or the example's where it brings none."""
    cells, names = (tables.get(name) for name in ("risk_matrix", "risk_levels"))
    own = set() if names is None else set(names.frame["level"].drop_nulls())
    known = own or EXAMPLE_LEVELS
    if cells is not None and not cells.frame.is_empty():
        strange = cells.frame.select(~pl.col("level").is_in(sorted(known))).to_series().fill_null(False)
        if strange.any():
            remedy = "give the level a row in risk_levels, or the cell another level"
            yield cells.issue(strange.arg_true().to_list(), "level", "the level has no name", remedy)
    elif names is not None and own and not own >= EXAMPLE_LEVELS:
        remedy = "name the levels 1, 2 and 3 of the example, or bring a risk_matrix"
        yield names.whole_issue("level", "a level of the example matrix has no name", remedy)


def _colours(tables: Tables) -> Iterator[Issue]:
    if "risk_levels" not in tables:
        return
    table = tables["risk_levels"]
    colours = table.frame["colour"].to_list()
    wrong = [number for number, one in enumerate(colours) if one is not None and not _COLOUR.fullmatch(one)]
    if wrong:
        yield table.issue(wrong, "colour", "not a colour", "write # and six hexadecimal digits, such as #7fbf7b")
