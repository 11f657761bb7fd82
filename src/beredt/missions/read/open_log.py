"""From a path to a log that can be read."""

from __future__ import annotations

from pathlib import Path

from beredt.errors import LogError
from beredt.missions.profile import FileHabits
from beredt.missions.read.block import LogFile
from beredt.missions.read.csv_file import BLOCK, CsvFile
from beredt.missions.read.disguised import check_is_text
from beredt.missions.read.table_files import ParquetFile, SheetFile
from beredt.model.issue import Issue

TEXT = (".csv", ".txt", ".tsv", ".dat")
SHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")


def open_log(path: Path, habits: FileHabits, block_bytes: int | None = None) -> LogFile:
    """Open a log by the ending of its name; text may be gzipped (.gz).

    Args:
        path: The file.
        habits: How it is written.
        block_bytes: How much text is read at a time [default: as `csv_file` does].

    Raises:
        LogError: The file is not there, is empty, or is of a kind that is not read.
    """
    name = path.name.lower()
    if not path.is_file():
        raise LogError([Issue(path.name, None, None, None, 1, "there is no such file", "give the path of a log")])
    if name.endswith(".parquet"):
        return ParquetFile(path)
    if name.endswith(SHEETS):
        return SheetFile(path, habits.sheet, habits.header)
    if name.removesuffix(".gz").endswith(TEXT):
        check_is_text(path)
        return CsvFile(path, habits, block_bytes or BLOCK)
    kinds = ", ".join((*TEXT, *SHEETS, ".parquet"))
    message = "files of this kind are not read"
    raise LogError([Issue(path.name, None, None, path.suffix, 1, message, f"give one of {kinds}; text may be gzipped")])
