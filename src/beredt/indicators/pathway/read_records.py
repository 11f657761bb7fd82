"""From the logs that a link file names to records."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from beredt.errors import LogError
from beredt.indicators.pathway.link_file import LinkFile, RecordColumns, SourceLog
from beredt.indicators.pathway.records import RECORDS, records_of_store
from beredt.missions.read.columns import frame_of
from beredt.missions.read.identity import count_identity_numbers, hash_column
from beredt.missions.read.numbers import read_numbers
from beredt.missions.read.open_log import open_log
from beredt.missions.read.times import read_times
from beredt.missions.read.words import as_text, read_words
from beredt.missions.schema import STAMP
from beredt.missions.store import open_store
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue


def read_all(links: LinkFile, folder: Path, key: bytes) -> tuple[dict[str, pl.DataFrame], tuple[Issue, ...]]:
    """Read every log that a link file names.

    Args:
        links: The file.
        folder: In which it lies.
        key: For hashing patients, and keys where a log says so; the one that stores were made with.

    Returns:
        Records by name of the log, and warnings: cells that could not be read.

    Raises:
        LogError: A log cannot be read, lacks a column, or holds identity numbers where they would be kept.
        StoreError: A folder is no store.
    """
    records, warnings = {}, []
    for name, log in links.sources.items():
        if log.store is not None:
            records[name] = records_of_store(open_store(folder / log.store))
        else:
            records[name], found = _read_file(folder / str(log.file), log, links.zone, key)
            warnings += found
    return records, tuple(warnings)


def needs_key(links: LinkFile) -> bool:
    """Whether any log has something to hash."""
    return any(log.hash_key or (log.columns is not None and log.columns.patient) for log in links.sources.values())


def _read_file(path: Path, log: SourceLog, zone: str, key: bytes) -> tuple[pl.DataFrame, list[Issue]]:
    assert log.columns is not None
    file = open_log(path, log.habits)
    _check_columns(path.name, file.columns, log.columns)
    wanted = sorted(_used(log.columns).values())
    parts: list[pl.DataFrame] = []
    rows: list[pl.Series] = []
    for block in file.blocks():
        parts.append(frame_of(block.cells, wanted).select(wanted))
        rows.append(block.row)
    if not parts:
        return pl.DataFrame(schema=RECORDS), []
    cells, row = pl.concat(parts, how="vertical_relaxed"), pl.concat(rows)
    return _records(path.name, cells, row, log, zone, key)


def _records(
    file: str, cells: pl.DataFrame, row: pl.Series, log: SourceLog, zone: str, key: bytes
) -> tuple[pl.DataFrame, list[Issue]]:
    columns = _used(log.columns) if log.columns else {}
    found: dict[str, pl.Series] = {"row": pl.int_range(1, cells.height + 1, dtype=pl.Int64, eager=True)}
    issues: list[Issue] = []

    def doubt(name: str, wrong: pl.Series, what: str, remedy: str) -> None:
        at = wrong.arg_true()
        if at.len():
            value = None if name in {"patient", "key"} else str(cells[columns[name]][int(at[0])])
            where = int(row[int(at[0])])
            issues.append(Issue(file, where, columns[name], value, at.len(), what, remedy, severity="warning"))

    for name in ("start", "end"):
        if name in columns:
            times = read_times(cells[columns[name]], log.habits, zone)
            found[name] = _utc(times.at, "UTC" if log.habits.clock == "utc" else zone)
            doubt(name, times.unreadable, "not a time", "see the order of day and month in habits.date_order")
    for name in ("lat", "lon", "age"):
        if name in columns:
            numbers = read_numbers(cells[columns[name]], log.habits)
            found[name] = numbers.value
            doubt(name, numbers.unreadable, "not a number", "see the decimal sign in habits.decimal")
    if "patient" in columns:
        found["patient"] = hash_column(cells[columns["patient"]], key, log.habits.absent)
    for name in ("key", "municipality", "sex"):
        if name in columns:
            found[name] = _words(file, name, cells[columns[name]], row, log, key)
    table = pl.DataFrame({name: series.rename(name) for name, series in found.items()})
    return table.match_to_schema(RECORDS, missing_columns="insert"), issues


def _words(file: str, name: str, cells: pl.Series, row: pl.Series, log: SourceLog, key: bytes) -> pl.Series:
    if name == "key" and log.hash_key:
        return hash_column(cells, key, log.habits.absent)
    number, first = count_identity_numbers(cells)
    if number and first is not None:
        message = "the column holds national identity numbers"
        remedy = "name it as patient, or set hash_key"
        raise LogError([Issue(file, int(row[first]), cells.name, None, number, message, remedy)])
    if name == "sex":
        codes = {**_SEX_CODES, **log.sex_codes}
        words = as_text(cells).str.strip_chars().str.to_lowercase()
        return words.replace_strict(
            {code.lower(): sex for code, sex in codes.items()}, default=None, return_dtype=pl.String
        )
    text = read_words(cells, log.habits.absent).cast(pl.String)
    return pl.select(pl.when(text != "").then(text)).to_series()


_SEX_CODES = {"f": "f", "k": "f", "female": "f", "kvinne": "f", "2": "f", "m": "m", "male": "m", "mann": "m", "1": "m"}


def _utc(at: pl.Series, zone: str) -> pl.Series:
    # A clock that came twice is taken as the earlier one, one that never came is no time.
    return (
        at.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC").cast(STAMP)
    )


def _used(columns: RecordColumns) -> dict[str, str]:
    return {name: str(value) for name, value in columns.model_dump().items() if value is not None}


def _check_columns(file: str, header: tuple[str, ...], columns: RecordColumns) -> None:
    issues = []
    for name, column in _used(columns).items():
        if column not in header:
            close = find_closest(column, header)
            remedy = f"did you mean {close}?" if close else "the file has " + ", ".join(header)
            issues.append(Issue(file, 1, column, None, 1, f"there is no such column, to be read as {name}", remedy))
    if issues:
        raise LogError(issues)
