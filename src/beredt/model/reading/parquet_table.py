"""Parquet to a raw table: text is stripped as in a CSV file, numbers and booleans stay what they are."""

from __future__ import annotations

import io

import polars as pl

from beredt.model.issue import Issue, shown
from beredt.model.reading.raw_table import RawTable


def read_parquet_table(file: str, content: bytes) -> tuple[RawTable | None, tuple[Issue, ...]]:
    """The raw table in `content`. None when it is not a Parquet file or holds columns that no cell can hold."""
    try:
        frame = pl.read_parquet(io.BytesIO(content), use_pyarrow=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        reason = shown(str(error).splitlines()[0] if str(error) else type(error).__name__)
        return None, (_issue(file, None, None, f"the file cannot be read as Parquet: {reason}", "write it again"),)
    issues: list[Issue] = []
    columns: list[pl.Expr] = []
    for name, dtype in frame.schema.items():
        if dtype == pl.Boolean or dtype.is_numeric():
            columns.append(pl.col(name))
        elif dtype in {pl.String, pl.Categorical, pl.Null}:
            columns.append(pl.col(name).cast(pl.String).fill_null("").str.strip_chars())
        else:
            remedy = "write text, numbers or booleans; several ids as one text with semicolons"
            issues.append(_issue(file, name, str(dtype), f"columns of type {dtype} are not read", remedy))
    if issues:
        return None, tuple(issues)
    return RawTable(file, frame.select(columns), range(1, frame.height + 1)), ()


def _issue(file: str, field: str | None, value: str | None, message: str, remedy: str) -> Issue:
    return Issue(file, None, field, value, 1, message, remedy)
