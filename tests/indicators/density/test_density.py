"""Maps of two periods: every incident in its square, and no small count to be read or worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OutOfRangeError
from beredt.indicators.density.count import SquareCounts, count_squares, grid_of_store
from beredt.indicators.density.table import density_table
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.square_grid import SquareGrid
from beredt.missions.utm import degrees_of
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store

DAYS = ServiceDays("Europe/Oslo", date(2026, 1, 1), 31)
GRID = SquareGrid(33, 1000)
Place = tuple[int, int, str]


def counts(rows: Counter[tuple[int, int, str, str]]) -> SquareCounts:
    """Counts by (east, north, counting, part)."""
    table = pl.DataFrame(
        [[*key, n] for key, n in sorted(rows.items()) if n],
        schema={"east": pl.Int32, "north": pl.Int32, "counting": pl.String, "part": pl.String, "n": pl.Int64},
        orient="row",
    )
    return SquareCounts(GRID, DAYS, table, {}, {})


def of(*rows: tuple[int, str, int]) -> SquareCounts:
    """Incidents by (square, urgency, n)."""
    return counts(Counter({(2250 + square, 6600, "incident", part): n for square, part, n in rows}))


def seen(table: pl.DataFrame, square: int, part: str, column: str = "now") -> Any:
    here = (pl.col("east_m") == (2250 + square - 2000) * 1000.0) & (pl.col("part") == part)
    found = table.filter(here)
    return found[column][0] if found.height else "no row"


def test_every_mission_and_incident_is_in_its_square(tmp_path: Path) -> None:
    lat, lon = degrees_of(np.array([250_500.0, 251_500.0]), np.array([6_640_500.0] * 2), 33)
    west, east = ({"lat": lat[i], "lon": lon[i], "call_t": 5.0, "alerted_t": 6.0, "unit": "a"} for i in (0, 1))
    store = make_store(
        tmp_path / "store",
        [
            {**west, "urgency": "A"},
            {**west, "urgency": "A", "cancelled": True},
            {**east, "urgency": "H", "unit_kind": "doctor"},
            {**east, "urgency": "H", "lat": None, "lon": None},
            {**east, "urgency": "H", "call_t": 60.0 * 24 * 40},
        ],
    )
    grid = grid_of_store(store)
    assert grid == GRID
    found = count_squares(store, DAYS, grid)
    assert sorted(found.squares.iter_rows()) == [
        (2250, 6640, "incident", "A", 2),
        (2250, 6640, "mission", "ambulance", 1),
        (2251, 6640, "incident", "H", 1),
        (2251, 6640, "mission", "doctor", 1),
    ]
    assert found.all == {"incident": 4, "mission": 3}
    assert found.placed == {"incident": 3, "mission": 2}


def test_squares_as_small_as_addresses_are_refused(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", [{"lat": 59.9, "lon": 10.7, "call_t": 5.0}])
    with pytest.raises(OutOfRangeError, match="100 m or more"):
        grid_of_store(store, 50)


def test_a_map_has_the_columns_of_its_dictionary() -> None:
    table = density_table(of((0, "A", 9)), of((0, "A", 6)))
    assert table.columns == [field.name for field in load_fields("missions_report/density")]


def test_two_periods_are_compared_where_both_may_be_shown() -> None:
    now = of((0, "A", 30), (1, "A", 9), (2, "A", 4), (4, "A", 4))
    then = of((0, "A", 10), (1, "A", 3), (3, "A", 8), (4, "A", 4))
    table = density_table(now, then)
    assert [seen(table, 0, "", name) for name in ("then", "now", "change")] == [10, 30, "more"]
    assert seen(table, 0, "", "ratio") == pytest.approx(3.0)
    assert seen(table, 0, "", "difference") == pytest.approx(20 * 365 / 31)
    assert [seen(table, 1, "", name) for name in ("then", "now", "ratio")] == [None, 9, None]
    assert [seen(table, 2, "", name) for name in ("then", "now")] == [0, None]
    assert [seen(table, 3, "", name) for name in ("then", "now", "ratio")] == [8, 0, 0.0]


def test_a_square_shows_how_it_is_made_up_only_without_a_small_part() -> None:
    mixed = ((0, "A", 20), (0, "H", 3), (1, "A", 20), (1, "H", 6), (2, "A", 10), (2, "", 2), (3, "A", 9), (3, "H", 4))
    table = density_table(of(*mixed))
    assert [seen(table, 0, part) for part in ("", "A", "H")] == [23, None, None]
    assert [seen(table, 1, part) for part in ("", "A", "H")] == [26, 20, 6]
    assert [seen(table, 2, part) for part in ("", "A")] == [12, None]


def test_one_small_square_takes_another_with_it() -> None:
    table = density_table(of((0, "A", 3), (1, "A", 8), (2, "A", 7)))
    assert [seen(table, square, "") for square in range(3)] == [None, 8, None]
    assert [seen(table, square, "A") for square in range(3)] == [None, 8, None]


def test_periods_of_different_grids_are_not_compared() -> None:
    other = SquareCounts(SquareGrid(33, 500), DAYS, of((0, "A", 9)).squares, {}, {})
    with pytest.raises(OutOfRangeError, match="count both on"):
        density_table(of((0, "A", 9)), other)


cells = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["A", "H", "V", ""]), st.integers(0, 12)), max_size=14)


@given(cells)
def test_no_small_count_can_be_taken_from_what_is_shown(rows: Sequence[tuple[int, str, int]]) -> None:
    """Who knows the sum of a map, and subtracts, finds nothing small; nor in a square what its parts leave."""
    made = of(*{(square, part): (square, part, n) for square, part, n in rows}.values())
    table = density_table(made)
    shown = table.filter(pl.col("now").is_not_null())
    assert not shown["now"].is_between(1, 4).any()
    true_sum: Counter[str] = Counter()
    for _, _, _, part, n in made.squares.iter_rows():
        true_sum[""] += n
        if part:
            true_sum[part] += n
    for part, total in true_sum.items():
        left = total - int(shown.filter(pl.col("part") == part)["now"].sum())
        maps = table.filter(pl.col("part") == part)
        if maps["now"].is_not_null().any():  # else nothing of the map is shown
            assert not 1 <= left <= 4
    for _, square in table.group_by("east_m", "north_m"):
        whole = square.filter(pl.col("part") == "")["now"][0]
        parts = square.filter((pl.col("part") != "") & pl.col("now").is_not_null())["now"]
        if whole is None:
            assert parts.is_empty()
        elif len(parts):
            assert not 1 <= whole - int(parts.sum()) <= 4


@given(cells)
def test_with_threshold_0_nothing_is_left_out(rows: Sequence[tuple[int, str, int]]) -> None:
    made = of(*{(square, part): (square, part, n) for square, part, n in rows}.values())
    table = density_table(made, threshold=0)
    assert not table["suppressed"].any()
    assert table.filter(pl.col("part") == "")["now"].sum() == made.squares["n"].sum()
