"""Numbers, points, words, codes and lists of units."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.profile import FileHabits, Lists
from beredt.missions.read.numbers import read_numbers, read_points
from beredt.missions.read.unit_lists import spread_units
from beredt.missions.read.words import as_text, read_words, translator, yes_no

COMMA = FileHabits(decimal=",")


@pytest.mark.parametrize(
    ("text", "habits", "value"),
    [
        ("1.5", FileHabits(), 1.5),
        ("-1e3", FileHabits(), -1000.0),
        ("1,234.5", FileHabits(), 1234.5),
        ("1,5", COMMA, 1.5),
        ("597 500,25", COMMA, 597500.25),
        ("597\u00a0500,25", COMMA, 597500.25),
        ("1.234.567,5", COMMA, 1234567.5),
        ("+7", COMMA, 7.0),
        (" 7 ", COMMA, 7.0),
    ],
)
def test_numbers_as_people_write_them(text: str, habits: FileHabits, value: float) -> None:
    assert read_numbers(pl.Series([text]), habits).value.to_list() == [value]


def test_numbers_that_are_none() -> None:
    read = read_numbers(pl.Series(["x", "", None, "NULL", "inf", "nan", "1,2,3", "12 km"]), FileHabits(decimal=","))
    assert read.value.null_count() == 8
    assert read.unreadable.to_list() == [True, False, False, False, True, True, True, True]


@given(st.lists(st.floats(-1e7, 1e7), min_size=1), st.sampled_from([".", ","]))
def test_a_number_is_read_back_with_either_sign(numbers: list[float], sign: str) -> None:
    cells = [f"{number:.6f}".replace(".", sign) for number in numbers]
    habits = FileHabits(decimal="," if sign == "," else ".")
    found = read_numbers(pl.Series(cells), habits).value.to_list()
    assert all(math.isclose(one, other, abs_tol=1e-6) for one, other in zip(found, numbers, strict=True))


@pytest.mark.parametrize(
    "text",
    ["POINT (10.5 59.9)", "point(10.5 59.9)", "SRID=4326;POINT (10.5 59.9)", "(59.9, 10.5)", "POINT Z (10.5 59.9 3)"],
)
def test_points_as_systems_write_them(text: str) -> None:
    x, y, wrong = read_points(pl.Series([text]))
    assert (x[0], y[0], wrong[0]) == (10.5, 59.9, False)


def test_what_is_no_point() -> None:
    x, y, wrong = read_points(pl.Series(["POINT EMPTY", "here", None]))
    assert x.null_count() == y.null_count() == 3
    assert wrong.to_list() == [True, True, False]


def test_words_keep_their_letters_and_lose_the_spaces_at_their_ends() -> None:
    words = read_words(pl.Series([" Sætre ", "Sætre", None, "NULL", ""]), ["", "NULL"])
    assert words.to_list() == ["Sætre", "Sætre", "", "", ""]


def test_codes_are_translated_and_unknown_ones_stay_for_cleaning_to_find() -> None:
    codes = {"A": "A", "Akutt": "A", "/^v[0-9]$/": "V"}
    words = read_words(pl.Series(["a", "AKUTT ", "V1", "rød", None]), [""], codes)
    assert words.to_list() == ["A", "A", "V", "rød", ""]


def test_a_cell_of_spaces_is_absent_where_the_profile_says_so_and_else_a_code_like_others() -> None:
    cells = pl.Series(["  ", "\x1cA\x1f", None])
    assert read_words(cells, [""], {"*": "other", "a": "acute"}).to_list() == ["", "acute", ""]
    assert read_words(cells, ["-"], {"*": "other", "a": "acute"}).to_list() == ["other", "acute", ""]


def test_plain_codes_go_before_patterns_and_the_rest_comes_last() -> None:
    translate = translator({"*": "other", "/^M/": "ambulance", "MRED": "operations_leader"})
    assert [translate(word) for word in ("MRED", "M5", "X1")] == ["operations_leader", "ambulance", "other"]


def test_yes_and_no_and_neither() -> None:
    found = yes_no(read_words(pl.Series(["Ja", "nei", "kanskje", None]), [""], {"ja": "yes", "nei": "no"}))
    assert found.to_list() == [True, False, None, None]


def test_whole_numbers_of_a_spreadsheet_have_no_decimal_point_as_text() -> None:
    assert as_text(pl.Series([3.0, 12.0, None])).to_list() == ["3", "12", None]
    assert as_text(pl.Series([3.5])).to_list() == ["3.5"]


CELLS = {
    "alerted_t": pl.Series(["A=10:00, B=10:01, A=10:05", None, "C = 23:59"]),
    "scene_t": pl.Series(["B=10:09", None, None]),
    "free_t": pl.Series(["A=10:30, A=11:00, D=12:00", "", "C=00:10"]),
}


def test_lists_of_units_by_hand() -> None:
    rows, repeated = spread_units(CELLS, Lists())
    assert rows.rows() == [
        (0, "A", 0, "10:00", None, "11:00"),
        (0, "B", 1, "10:01", "10:09", None),
        (0, "D", 2, None, None, "12:00"),
        (2, "C", 0, "23:59", None, "00:10"),
    ]
    assert sorted(repeated.rows()) == [
        (0, 0, "alerted_t", "10:00 10:05", "10:00"),
        (0, 0, "free_t", "10:30 11:00", "11:00"),
    ]


UNITS = st.dictionaries(st.sampled_from("ABCDEF"), st.times().map(lambda at: at.strftime("%H:%M:%S")))


@given(st.lists(st.tuples(UNITS, UNITS), min_size=1, max_size=8))
def test_lists_of_units_like_the_obvious_way(rows: list[tuple[dict[str, str], dict[str, str]]]) -> None:
    stamps = ("alerted_t", "free_t")
    cells = {
        stamp: pl.Series([", ".join(f"{u}={t}" for u, t in row[i].items()) or None for row in rows], dtype=pl.String)
        for i, stamp in enumerate(stamps)
    }
    spread, repeated = spread_units(cells, Lists())
    expected = []
    for at, (alerted, free) in enumerate(rows):
        for unit in dict.fromkeys([*alerted, *free]):
            expected.append((at, unit, alerted.get(unit), free.get(unit)))
    assert spread.select("at", "unit", *stamps).rows() == expected
    assert not repeated.height
