"""Faults of whole files: missing, doubled, cut off, in the wrong encoding, or not what their name says."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from beredt.model.read import load_study, read_study
from tests.model.spoil import appended, issues_of, messages, only, replaced
from tests.tiny_study import ORDINARY_TABLES, tiny_files, write_files, write_tiny_study


@pytest.mark.parametrize("name", [*(f"{table}.csv" for table in ORDINARY_TABLES), "study.toml", "outlines.geojson"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    issues = issues_of(tmp_path, {name: None})
    found = [issue for issue in issues if issue.file == name]
    assert [issue.message for issue in found] == ["the file is missing"], messages(issues)


def test_a_misspelled_file_is_named_in_the_remedy(tmp_path: Path) -> None:
    files = tiny_files()
    issues = issues_of(tmp_path, {"units.csv": None, "unit.csv": files["units.csv"]})
    assert "rename unit.csv" in next(issue.remedy for issue in issues if issue.file == "units.csv")
    stray = next(issue for issue in issues if issue.file == "unit.csv")
    assert stray.severity == "warning"
    assert "units.csv" in stray.remedy


def test_a_table_given_twice(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, {"units.parquet": b"anything"}), "units.csv")
    assert "units.parquet" in issue.message


def test_a_stray_file_among_alternatives_is_a_warning(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, {"alternatives/3.yaml": "id: 3"}), "alternatives/3.yaml")
    assert issue.severity == "warning"


def test_windows_1252_is_named_with_line_and_letter(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, {"stations.csv": tiny_files()["stations.csv"].encode("cp1252")}), "stations.csv")
    assert (issue.row, issue.value) == (2, "\\xd8")
    assert "'Ø' in windows-1252" in issue.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,name\n".encode("utf-16"), "UTF-16"),
        (b"id,name\na\0b,c\n", "NUL"),
        (b"", "no header line"),
        (b"\n\n", "no header line"),
        (b"id;name\na;b\n", "semicolons"),
        (b"id,name,name\na,b,c\n", "same name"),
        (b"id,name,\na,b,\n", "without a name"),
        (b'id,name\na,"b\n', "cannot be read"),
        (b"id,name\n", "no rows"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, content: bytes, message: str) -> None:
    issues = issues_of(tmp_path, {"organisations.csv": content})
    assert any(message in issue.message for issue in issues if issue.file == "organisations.csv"), messages(issues)


def test_torn_rows_are_counted_with_their_lines(tmp_path: Path) -> None:
    changes = replaced("units.csv", "e-1,st-east,ambulance,all-day,published", "e-1,st-east,ambulance,all-day")
    text = str(changes["units.csv"]).replace("w-1,st-west", "w-1,,st-west")
    issues = issues_of(tmp_path, {"units.csv": text})
    torn = next(issue for issue in issues if "cells" in issue.message)
    assert (torn.row, torn.count) == (2, 2)


def test_a_last_line_without_end_is_a_warning(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, {"water.csv": tiny_files()["water.csv"].rstrip("\n")}), "water.csv")
    assert issue.severity == "warning"
    assert "cut off" in issue.message


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path)
    (folder / "units.csv").unlink()
    (folder / "units.csv").mkdir()
    _, issues = read_study(folder)
    assert any(issue.file == "units.csv" and "cannot be read" in issue.message for issue in issues)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "study").write_text("not a folder")
    study, issues = read_study(tmp_path / "study")
    assert study is None
    assert "cannot be read" in issues[0].message


def test_byte_order_mark_line_ends_and_blanks_change_nothing(tmp_path: Path) -> None:
    plain = load_study(write_tiny_study(tmp_path / "plain"))
    files: dict[str, str | bytes] = {}
    for name, text in tiny_files().items():
        padded = text.replace(",", " , ") if name == "units.csv" else text
        files[name] = b"\xef\xbb\xbf" + padded.replace("\n", "\r\n").encode() if name.endswith(".csv") else text
    other = load_study(write_files(tmp_path / "windows", files))
    assert other.service == plain.service
    assert other.population.equals(plain.population)


def test_row_numbers_count_blank_lines(tmp_path: Path) -> None:
    text = tiny_files()["speeds.csv"].replace("H,0.9", "\n\nH,fast")
    assert only(issues_of(tmp_path, {"speeds.csv": text}), "speeds.csv").row == 5


def _parquet(text: str) -> bytes:
    buffer = io.BytesIO()
    pl.read_csv(io.StringIO(text), schema_overrides={"number": pl.String, "start": pl.String}).write_parquet(buffer)
    return buffer.getvalue()


def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    plain = load_study(write_tiny_study(tmp_path / "csv"))
    files: dict[str, str | bytes] = {
        (name.replace(".csv", ".parquet") if name.endswith(".csv") else name): (
            _parquet(text) if name.endswith(".csv") else text
        )
        for name, text in tiny_files().items()
    }
    other = load_study(write_files(tmp_path / "parquet", files))
    assert other.service == plain.service
    assert other.age_shares.equals(plain.age_shares)
    assert other.published == plain.published


def test_parquet_booleans_and_nulls(tmp_path: Path) -> None:
    frame = pl.read_csv(io.StringIO(tiny_files()["areas.csv"])).with_columns(pl.col("urban").cast(pl.Boolean))
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    assert issues_of(tmp_path, {"areas.csv": None, "areas.parquet": buffer.getvalue()}) == ()


def test_a_fault_in_parquet_names_the_record(tmp_path: Path) -> None:
    text = tiny_files()["areas.csv"].replace("10.658", "nan", 1)
    issues = issues_of(tmp_path, {"areas.csv": None, "areas.parquet": _parquet(text)})
    issue = only(issues, "areas.parquet", "lon")
    assert (issue.row, issue.message) == (4, "not a finite number")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all", b"PAR1" + bytes(200) + b"PAR1"])
def test_what_only_claims_to_be_parquet(tmp_path: Path, content: bytes) -> None:
    issues = issues_of(tmp_path, {"units.csv": None, "units.parquet": content})
    assert any(issue.file == "units.parquet" and "Parquet" in issue.message for issue in issues), messages(issues)


def test_parquet_columns_of_odd_types(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pl.DataFrame({"id": ["all-day"], "weekdays": [["mon"]], "start": ["00:00"], "end": ["24:00"]}).write_parquet(buffer)
    issues = issues_of(tmp_path, {"rosters.csv": None, "rosters.parquet": buffer.getvalue()})
    assert any(issue.field == "weekdays" and "List" in issue.message for issue in issues), messages(issues)


def test_the_fingerprint_is_of_all_inputs_and_of_nothing_else(tmp_path: Path) -> None:
    plain = load_study(write_tiny_study(tmp_path / "a")).fingerprint
    assert load_study(write_tiny_study(tmp_path / "b")).fingerprint == plain
    stray = write_tiny_study(tmp_path / "c")
    (stray / "notes.txt").write_text("not an input")
    assert load_study(stray).fingerprint == plain
    crlf = write_files(tmp_path / "d", {name: text.replace("\n", "\r\n") for name, text in tiny_files().items()})
    assert load_study(crlf).fingerprint == plain
    for number, (name, text) in enumerate(tiny_files().items()):
        spaced = text.replace("12.0", "12.00") if name == "study.toml" else text + "\n"
        other = write_files(tmp_path / f"e{number}", tiny_files() | {name: spaced + "\n"})
        assert load_study(other).fingerprint != plain, name


def test_an_added_line_is_seen(tmp_path: Path) -> None:
    assert issues_of(tmp_path, appended("organisations.csv", "trust-north,Nordre HF")) == ()
