"""Spreadsheets and Parquet: cells with types, empty rows, several sheets."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from beredt.errors import LogError
from beredt.missions.profile import FileHabits
from beredt.missions.read.likely_header import find_likely_header
from beredt.missions.read.open_log import open_log
from beredt.missions.read.table_files import ParquetFile
from beredt.missions.read.times import read_times
from tests.missions.read.frames import frame

AT = datetime(2023, 2, 1, 19, 5, 9)


def workbook(path: Path) -> Path:
    """A sheet with a title of its own beside one with a log: dates, text, numbers and an empty row."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy hh:mm:ss"}) as book:
        book.add_worksheet("Notes").write(0, 0, "nothing")
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Enhet", "varslet", "ledig", "", "km"])
        sheet.write_row(1, 0, ["A1"])
        sheet.write_datetime(1, 1, AT)
        sheet.write_row(1, 2, ["01.02.2023 20:00", "x", 12.5])
        sheet.write_row(3, 0, ["A2"])
        sheet.write_datetime(3, 1, AT)
        sheet.write_row(3, 4, [3])
    return path


def test_a_sheet_by_its_name(tmp_path: Path) -> None:
    log = open_log(workbook(tmp_path / "log.xlsx"), FileHabits(sheet="Log"))
    (block,) = log.blocks()
    assert log.columns == ("Enhet", "varslet", "ledig", "column 4", "km")
    assert frame(block)["Enhet"].to_list() == ["A1", "A2"]
    assert block.row.to_list() == [2, 4]
    assert read_times(frame(block)["varslet"], FileHabits(), "Europe/Oslo").at.to_list() == [AT, AT]
    assert frame(block)["km"].to_list() == [12.5, 3.0]


def test_the_first_sheet_when_none_is_named(tmp_path: Path) -> None:
    assert open_log(workbook(tmp_path / "log.xlsx"), FileHabits()).columns == ("nothing",)


def test_titles_may_stand_above_the_header_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(1, 0, 1, 3, "Missions of week 12")
        sheet.write_row(3, 0, ["unit", "call", "kind", "km"])
        sheet.write_row(4, 0, ["A1", "01.02.2023 20:00", "x", 12.5])
    log = open_log(path, FileHabits(header=4))
    (block,) = log.blocks()
    assert log.columns == ("unit", "call", "kind", "km")
    assert (block.row.to_list(), frame(block)["km"].to_list()) == ([5], [12.5])
    assert find_likely_header(path) == 4
    assert find_likely_header(workbook(tmp_path / "log.xlsx")) is None


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="use one of Notes, Log"):
        open_log(workbook(tmp_path / "log.xlsx"), FileHabits(sheet="Logg"))


def test_parquet_goes_on_from_any_position(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pl.DataFrame({"a": range(1_000)}).write_parquet(path)
    log = ParquetFile(path, rows=128)
    blocks = list(log.blocks())
    assert [block.row[0] for block in blocks] == list(range(1, 1_001, 128))
    assert blocks[-1].done == log.total == 1_000
    rest = pl.concat([frame(block) for block in log.blocks(blocks[4].next)])
    assert rest["a"].to_list() == list(range(640, 1_000))


@pytest.mark.parametrize("name", ["log.parquet", "log.xlsx", "log.doc"])
def test_files_of_another_kind_are_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"something else")
    with pytest.raises(LogError, match="log"):
        open_log(path, FileHabits())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="there is no such file"):
        open_log(tmp_path / "log.csv", FileHabits())
