"""A table as text: what CSV and Parquet have in common before types."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class RawTable:
    """All cells as stripped text, empty where nothing was given.

    `lines[i]` is the row number that issues name for row i of `cells`: the line in a CSV file, the number of the
    record in a Parquet file.
    """

    file: str
    cells: pl.DataFrame
    lines: tuple[int, ...]
