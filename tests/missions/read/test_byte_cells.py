"""Cells read where they stand among their bytes, held to the same cells read as text."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from beredt.missions.profile import FileHabits
from beredt.missions.read.byte_cells import ByteCells, byte_cells
from beredt.missions.read.byte_forms import shape_of
from beredt.missions.read.columns import identity_numbers_in, numbers_in, text_in, times_in, words_in
from beredt.missions.read.csv_cells import split_cells
from beredt.missions.read.encoding import to_utf8

ZONE = "Europe/Oslo"
HABITS = [FileHabits(date_order=order, decimal=sign) for order in ("day", "month", "year") for sign in (",", ".")]

times = st.one_of(
    st.datetimes().map(lambda at: at.strftime("%d.%m.%Y %H:%M:%S")),
    st.datetimes().map(lambda at: at.strftime("%m/%d/%Y %H:%M")),
    st.datetimes().map(lambda at: at.isoformat(timespec="seconds")),
    st.from_regex(r"[0-3]?[0-9]\.[01]?[0-9]\.(19|20)?[0-9]{2} [0-2][0-9]:[0-6][0-9](:[0-6][0-9])?", fullmatch=True),
    st.sampled_from(["", "NULL", " 01.02.2024 10:11:12", "29.02.2023 00:00:00", "29.02.2024 23:59:60", "i går"]),
)
numbers = st.one_of(
    st.floats(allow_nan=False).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda one: str(one).replace(".", ",")),
    st.from_regex(r"[+-]?[0-9]{0,20}[.,]?[0-9]{0,20}", fullmatch=True),
    st.sampled_from(["", "-0", "1 234,5", "1.234,5", "NULL", "inf", "nan", "12e3", "-", "0,1", "30 %"]),
)
words = st.one_of(
    st.sampled_from(["", "A", "Å", " a ", "NULL", "Stasjon Ø", "24017012345", "010203 12345"]),
    st.text(st.characters(codec="windows-1252", exclude_characters=';"\r\n\x1e\x1f'), max_size=12),
)
rows = st.lists(st.tuples(times, numbers, words), min_size=1, max_size=40)
COLUMNS = ("t", "n", "w")


def both(told: list[tuple[str, str, str]], encoding: str) -> tuple[pl.DataFrame, ByteCells]:
    """The same cells as a frame and as bytes."""
    content = "".join(";".join(row) + "\n" for row in told).encode(encoding)
    found = byte_cells(content, COLUMNS, ";", encoding)
    assert found is not None
    assert found.height == len(told)
    return split_cells(to_utf8(content, encoding)[0], COLUMNS, ";").frame, found


@given(rows, st.sampled_from(HABITS), st.sampled_from(["cp1252", "utf-8"]))
def test_all_that_is_read_is_what_is_read_of_text(
    told: list[tuple[str, str, str]], habits: FileHabits, encoding: str
) -> None:
    frame, unread = both(told, encoding)
    cells = unread.read(COLUMNS, COLUMNS, COLUMNS, habits)
    for column in COLUMNS:
        assert_series_equal(cells[column], frame[column])
        every = pl.int_range(len(told), eager=True)
        assert_series_equal(text_in(cells, column, every), text_in(frame, column, every))
        for one in (cells, unread):
            assert identity_numbers_in(one, column) == identity_numbers_in(frame, column)
        for absent, codes in (((), None), (("", "NULL"), {"a": "A", "/^Stasjon/": "S"})):
            words, wanted = (words_in(one, column, absent, codes) for one in (cells, frame))
            assert words.dtype == wanted.dtype
            assert words.to_list() == wanted.to_list()
        for own, other in zip(
            times_in(cells, column, habits, ZONE), times_in(frame, column, habits, ZONE), strict=True
        ):
            same(own, other)
        for own, other in zip(numbers_in(cells, column, habits), numbers_in(frame, column, habits), strict=True):
            same(own, other)


def same(own: object, other: object) -> None:
    """Series to the last bit, a minus before zero included, or the same truth value."""
    if isinstance(own, pl.Series) and isinstance(other, pl.Series):
        assert own.dtype == other.dtype
        assert list(map(repr, own.to_list())) == list(map(repr, other.to_list()))
    else:
        assert own == other


@pytest.mark.parametrize(
    "content",
    [b"a;b;c\nd;e\n", b"a;b;c;d\n", b'a;"b";c\n', b"a;b;\x81\n", b"a;b;c\n\nd;e;f\n", b"a;b;c\r\n"],
    ids=["too few", "too many", "quoted", "no letter", "empty line", "carriage return"],
)
def test_what_is_not_plain_is_left_to_others(content: bytes) -> None:
    assert byte_cells(content, COLUMNS, ";", "cp1252") is None
    assert byte_cells(b"a;b;c\n", COLUMNS, ";", "shift_jis") is None
    assert byte_cells("a;b;ø\n".encode("cp1252"), COLUMNS, ";", "utf-8") is None


def test_only_forms_with_the_same_places_everywhere_have_a_shape() -> None:
    shape = shape_of("%d.%m.%Y %H:%M:%S")
    assert shape is not None
    assert shape.length == len("31.01.2024 10:11:12")
    assert shape_of("%d.%m.%Y %H:%M") is not None
    assert shape_of("%d.%m.%y %H:%M") is None
    assert shape_of("%d.%m.%Y") is None
    assert shape_of("%I:%M %p") is None


def test_more_different_words_than_there_is_room_for_are_read_all_the_same() -> None:
    told = [("", "", f"ord {number}") for number in range(40_000)]
    frame, unread = both(told, "cp1252")
    cells = unread.read((), (), ("w",), FileHabits())
    assert not cells.words_by_number
    assert words_in(cells, "w", ()).to_list() == words_in(frame, "w", ()).to_list()
