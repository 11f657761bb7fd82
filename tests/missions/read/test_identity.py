"""Persons never enter a store: columns and numbers that name them are found; hashes tell nothing without the key."""

from __future__ import annotations

import stat
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OptionError
from beredt.missions.read.identity import (
    count_identity_numbers,
    default_key_file,
    hash_column,
    holds_identity_number,
    key_name,
    load_or_make_key,
    names_persons,
)

KEY = bytes(range(32))
FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def made_up_number(born: date, number: int, plus_day: int = 0, plus_month: int = 0) -> str | None:
    """An identity number with right check digits, as the rule says them; None where the rule gives a digit of 10."""
    digits = f"{born.day + plus_day:02}{born.month + plus_month:02}{born.year % 100:02}{number:03}"
    for weights in (FIRST, SECOND):
        check = -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return None
        digits += str(check)
    return digits


NUMBERS = st.builds(
    made_up_number,
    st.dates(date(1920, 1, 1), date(2025, 1, 1)),
    st.integers(0, 999),
    st.sampled_from([0, 40]),
    st.sampled_from([0, 40, 80]),
).filter(lambda number: number is not None)


@given(NUMBERS, st.sampled_from(["", "fnr ", "A-"]), st.sampled_from(["", ".", " Oslo"]))
def test_an_identity_number_is_found_wherever_it_stands(number: str, before: str, after: str) -> None:
    assert holds_identity_number(before + number + after)
    assert holds_identity_number(f"{before}{number[:6]} {number[6:]}{after}")
    cells = pl.Series(["Oslo", None, before + number + after, "12345678901"])
    assert count_identity_numbers(cells) == (1, 2)


@given(NUMBERS, st.integers(0, 10), st.integers(1, 9))
def test_a_number_with_a_wrong_digit_is_none(number: str, place: int, add: int) -> None:
    wrong = number[:place] + str((int(number[place]) + add) % 10) + number[place + 1 :]
    assert not holds_identity_number(wrong)


@pytest.mark.parametrize("text", ["", "20230201190509", "12345678901", "6642000,25", "2023020119", "00000000000"])
def test_other_numbers_are_none(text: str) -> None:
    assert not holds_identity_number(text)


def test_numbers_of_a_spreadsheet_are_looked_at_too() -> None:
    number = next(found for found in (made_up_number(date(1970, 12, 24), n) for n in range(100)) if found)
    assert count_identity_numbers(pl.Series([int(number), 5])) == (1, 0)
    assert count_identity_numbers(pl.Series([1.5])) == (0, None)


@pytest.mark.parametrize(
    "name", ["Fødselsnummer", "fnr", "Pasient navn", "pasientnavn", "E-post", "Date of birth", "SSN"]
)
def test_columns_that_name_persons_are_known_by_their_names(name: str) -> None:
    assert names_persons(name)


@pytest.mark.parametrize("name", ["navnerom", "kommunenavn", "stasjonsnavn", "unit name", "telefontid"])
def test_columns_that_only_look_so_are_not(name: str) -> None:
    assert not names_persons(name)


def test_a_hash_is_the_same_for_the_same_patient_and_key_only() -> None:
    hashes = hash_column(pl.Series([" 17 ", "17", "18", None, "", "NULL"]), KEY, ("NULL",))
    assert hashes[0] == hashes[1] != hashes[2]
    assert hashes.to_list()[3:] == [None, None, None]
    assert hash_column(pl.Series(["17"]), bytes(32), ())[0] != hashes[0]
    assert len(hashes[0]) == 24


def test_the_hash_is_the_one_of_the_standard() -> None:
    import hashlib

    expected = hashlib.blake2b(b"17", key=KEY, digest_size=12, person=b"beredt").hexdigest()
    assert hash_column(pl.Series([17]), KEY, ())[0] == expected


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "missions.key"
    key = load_or_make_key(file)
    assert len(key) == 32
    assert load_or_make_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key.hex() not in key_name(key)
    assert key_name(key) != key_name(KEY)


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31])
def test_a_spoilt_key_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "missions.key"
    file.write_text(text)
    with pytest.raises(OptionError, match="--key-file"):
        load_or_make_key(file)
    assert file.read_text() == text


def test_where_the_key_is_kept_can_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BEREDT_KEY_FILE", str(tmp_path / "mine"))
    assert default_key_file() == tmp_path / "mine"
    monkeypatch.delenv("BEREDT_KEY_FILE")
    assert default_key_file().name == "missions.key"


def test_no_day_is_an_identity_number_of_its_own() -> None:
    days = [(date(2023, 1, 1) + timedelta(days)).strftime("%Y%m%d") + "101" for days in range(365)]
    assert sum(holds_identity_number(day) for day in days) < 5
