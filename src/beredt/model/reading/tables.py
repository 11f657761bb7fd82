"""All tables of a study folder, typed."""

from __future__ import annotations

from collections.abc import Mapping

from beredt.model.dictionary import TableDescription
from beredt.model.issue import Issue
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.files import TABLE_ENDINGS
from beredt.model.reading.parquet_table import read_parquet_table
from beredt.model.reading.raw_table import RawTable
from beredt.model.reading.table import Table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table


def parse_tables(
    contents: Mapping[str, bytes], descriptions: Mapping[str, TableDescription]
) -> tuple[dict[str, Table], tuple[Issue, ...]]:
    """Every table that can be read at all, by name, and the issues of all of them."""
    tables: dict[str, Table] = {}
    issues: list[Issue] = []
    for name, description in descriptions.items():
        file = find_table_file(name, contents)
        if file is None:
            continue
        raw, raw_issues = _raw_table(file, contents[file])
        issues += raw_issues
        if raw is not None:
            tables[name], table_issues = type_table(description, raw)
            issues += table_issues
    return tables, tuple(issues)


def find_table_file(name: str, contents: Mapping[str, bytes]) -> str | None:
    """The file of a table among `contents`, None if there is none."""
    return next((name + ending for ending in TABLE_ENDINGS if name + ending in contents), None)


def _raw_table(file: str, content: bytes) -> tuple[RawTable | None, tuple[Issue, ...]]:
    if file.endswith(".parquet"):
        return read_parquet_table(file, content)
    text, issues = decode(file, content)
    return (None, issues) if text is None else read_csv_table(file, text)
